"""Two parties are one: told with a reason, counted from then on, shown on every page, taken back by a new entry."""

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.desk.port import ANN, BOB, EVE, IAN, NOW, VISIT, a_consignment, a_node, manifest, numbers, take_in, told

from vigie.arrivals import Consignment
from vigie.desk import audit, parties, risk, search
from vigie.engine import fold_columns, history_of
from vigie.risk import FEATURE_SET, FRESH, HistoryRow, Kind, history_rows, line_number
from vigie.terms import DAY, BadRequest, Conflict, EntryKind, Handling, NotForYou, NotFound, Purpose, VisitId, visit_id
from vigie.tracking import announcements, apply, main_line

NAMES = ("Fruit Noord", "Fruit Zuid", "Fruit Oost")
BOXES = numbers(8, "TGHU")


def keys_of(node, *names):
    return [parties.find(BOB, name, node)[0].key for name in names]


def two(node):
    take_in(node, manifest(a_consignment("A1", consignee=NAMES[0]), a_consignment("B2", BOXES[0], consignee=NAMES[1])))
    return keys_of(node, *NAMES[:2])


def test_two_are_one_from_then_on_and_the_past_stays(node):
    north, south = two(node)
    before = node.store.db.rows("SELECT hlc, line, kind, body FROM history ORDER BY hlc, line, kind")
    page = parties.merge(BOB, north, south, "same warehouse", node)
    assert page.party.counts_as == south
    assert [one.name for one in page.names] == [NAMES[1]]
    assert [(one.name, one.into_name, one.officer, one.reason, one.undone) for one in page.merges] == [
        (NAMES[0], NAMES[1], "bob", "same warehouse", False)]  # fmt: skip
    assert node.store.db.rows("SELECT hlc, line, kind, body FROM history ORDER BY hlc, line, kind") == before
    take_in(node, manifest(a_consignment("C3", BOXES[1], consignee=NAMES[0]), number=7))
    known = told(node, visit=VisitId(f"{BOXES[1]}-1"))
    features = node.store.assessments.latest([known.visit.id])[known.visit.id].features
    assert features[FEATURE_SET.names.index("consignee_boxes_life")] == 1  # the one of the other name, none of its own
    (entry,) = [one for one in node.store.log.after(0, 99) if one.kind is EntryKind.MERGE]
    assert b"same warehouse" in entry.body
    assert all(check.whole for check in audit.verify(EVE, node))


def test_both_names_are_one_in_search_and_on_the_container_page(node):
    north, south = two(node)
    assert [hit.row.container for hit in search.find(BOB, "fruit noord", node).hits] == [VISIT.partition("-")[0]]
    parties.merge(BOB, north, south, "same warehouse", node)
    assert len(search.find(BOB, "fruit noord", node).hits) == 2
    shown = next(one for one in told(node).documents[0].parties if one.role == "consignee")
    assert (shown.name, shown.also, shown.key) == (NAMES[0], (NAMES[1],), north)
    parties.part(BOB, north, "they were two after all", node)
    assert len(search.find(BOB, "fruit noord", node).hits) == 1
    assert [(one.reason, one.undone) for one in parties.merges(BOB, node)] == [
        ("they were two after all", True), ("same warehouse", True)]  # fmt: skip


def test_a_watch_on_one_name_meets_boxes_of_the_other(node):
    north, south = two(node)
    parties.merge(BOB, north, south, "same warehouse", node)
    name = risk.create_watch_list(BOB, "noord", "case 7", NOW + DAY, Handling.AMBER, "mandatory", node)
    risk.watch(BOB, name, [("party", NAMES[0], "")], node)
    take_in(node, manifest(a_consignment("C3", BOXES[1], consignee=NAMES[1]), number=7))
    assert told(node, visit=VisitId(f"{BOXES[1]}-1")).row.watched


def test_what_makes_no_sense_is_refused(node):
    north, south = two(node)
    for officer, act in ((IAN, parties.merge), (EVE, parties.merge)):
        with pytest.raises(NotForYou):
            act(officer, north, south, "why", node, officer.purposes[0])
    with pytest.raises(BadRequest):
        parties.merge(ANN, north, south, " ", node)
    with pytest.raises(BadRequest):
        parties.merge(ANN, north, north, "why", node)
    with pytest.raises(BadRequest):
        parties.page(ANN, "no key", node)
    with pytest.raises(NotFound):
        parties.merge(ANN, north, "00000000000000ff", "why", node)
    with pytest.raises(NotFound):
        parties.page(ANN, "00000000000000ff", node)
    with pytest.raises(Conflict):
        parties.part(ANN, north, "why", node)
    with pytest.raises(BadRequest):
        parties.part(ANN, north, "", node)
    parties.merge(ANN, north, south, "why", node)
    with pytest.raises(Conflict):
        parties.merge(ANN, south, north, "the other way round", node)
    assert parties.find(ANN, "fr", node) == ()
    assert parties.page(ANN, south, node).names[0].key == north
    assert parties.page(EVE, south, node, Purpose.OVERSIGHT).visits


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("box"), st.integers(0, 7), st.integers(0, 2)),
        st.tuples(st.just("merge"), st.integers(0, 2), st.integers(0, 2)),
        st.tuples(st.just("part"), st.integers(0, 2), st.just(0)),
    ),
    max_size=12,
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_live_equals_batch_whatever_is_merged_in_between(tmp_path_factory, steps):
    with a_node(tmp_path_factory.mktemp("node")) as node:
        play(node, steps)
        told_again, rows = replayed(node), live(node)
        assert [(row.hlc, row.line, row.kind, row.keys) for row in told_again] == [
            (row.hlc, row.line, row.kind, row.keys) for row in rows]
        if rows:
            history = history_of(rows, FEATURE_SET)
            columns = {column.name: column for column in fold_columns(FEATURE_SET, history)}
            check(node, rows, columns)


def play(node, steps):
    for number, (what, one, other) in enumerate(steps):
        if what == "box":
            said = a_consignment(f"D{number}", BOXES[one], consignee=NAMES[other])
            take_in(node, manifest(said, number=100 + number))
            continue
        found = [parties.find(BOB, NAMES[place], node) for place in (one, other)]
        if not all(found):
            continue
        try:
            if what == "merge":
                parties.merge(BOB, found[0][0].key, found[1][0].key, f"step {number}", node)
            else:
                parties.part(BOB, found[0][0].key, f"step {number}", node)
        except (BadRequest, Conflict):
            continue


def live(node):
    found = node.store.db.rows("SELECT hlc, line, kind, body FROM history ORDER BY hlc, line, kind")
    decoded = [(hlc, line, Kind(kind), *msgspec.msgpack.decode(body)) for hlc, line, kind, body in found]
    return [HistoryRow(hlc, line, kind, tuple(keys), tuple(said)) for hlc, line, kind, keys, said in decoded]


def replayed(node) -> list[HistoryRow]:
    """The history as the log alone tells it: every party under the key it had when its entry was written."""
    visits, rows = {}, []
    for entry in node.store.log.after(0, 1000):
        if entry.kind is EntryKind.CONSIGNMENT:
            told_then = msgspec.json.decode(entry.body, type=Consignment)
            for said in announcements(told_then):
                before = visits.get(said.container)
                after = apply(before, entry.hlc, said, said.container)
                key_of = node.pseudonyms.key_at(entry.hlc, node.store.parties)
                rows += history_rows(before, after, entry.hlc, key_of)
                visits[said.container] = after
    return sorted(rows, key=lambda row: (row.hlc, row.line, row.kind))


def check(node, rows, columns):
    """What was known when each box was first judged is what the batch says of its row."""
    for place, row in enumerate(rows):
        for container in BOXES:
            kept = node.store.visits.get([visit_id(container, 1)]).get(visit_id(container, 1))
            line = main_line(kept.visit) if kept else None
            if line is None or (line_number(kept.visit, line), line.first) != (row.line, row.hlc):
                continue
            features = node.store.assessments.latest([kept.visit.id])[kept.visit.id].features
            for name, value in zip(FEATURE_SET.names, features, strict=True):
                column = columns[name]
                if name not in FRESH:
                    assert value == (int(column.values[place]) if column.known[place] else None), name


def test_the_replay_of_the_law_sees_boxes(node):
    two(node)
    assert len(replayed(node)) == 2
