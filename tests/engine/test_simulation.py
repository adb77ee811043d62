"""The list of a day under other rules: what sorting by hand gives, from columns that are kept up to date."""

from itertools import count
from threading import Event, Thread

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.risk.rows import ROWS, given_row

from vigie.engine import Open, OpenBoxes, row_table, scored, simulated
from vigie.risk import WORD_BITS, Calibration, Fusion, Policy, Slots, assessor, load_catalogue
from vigie.terms import Handling, Moment

ALL = load_catalogue().in_force(Moment(1_800_000_000_000_000))
POLICY = Policy(ALL)
SHIFTS = [Slots("BEANR", "early", 0, 100, {"S1": 3, "S2": 1}, by_chance=1), Slots("BEANR", "late", 100, 200, {"S1": 2})]


def edited(name, **changes):
    return Policy(tuple(msgspec.structs.replace(one, **changes) if one.id == name else one for one in ALL))


def a_box(visit, row, due=50, site="BEANR", handling=0, votes=0, unit=1):
    return Open(visit, unit, site, due, handling, votes, row)


def boxes_of(*rows, path=None):
    boxes = OpenBoxes(path)
    boxes.take(rows, (), 1)
    return boxes


@settings(max_examples=settings.default.max_examples // 10)  # every case compiles the rules three times
@given(st.lists(ROWS, max_size=30))
def test_boxes_are_judged_as_the_batch_judges_them_also_after_an_edit(rows):
    boxes = boxes_of(*(a_box(f"V-{place}", row) for place, row in enumerate(rows)))
    after = edited("T4", expression="pick_ups >= 1 and landed")
    for policy in (POLICY, after, POLICY):
        judged, told = boxes.judged(policy), scored(policy, row_table(rows))
        assert judged.score.tolist() == told["logodds_milli"].to_pylist()
        assert judged.mandatory.tolist() == told["mandatory"].to_pylist()
        masks = [sum(1 << place for place, one in enumerate(policy.indicators) if one.id in fired)
                 for fired in judged.fired(np.arange(len(rows)))]  # fmt: skip
        words = [told[f"mask_{word}"].to_pylist() for word in range(-(-len(ALL) // WORD_BITS))]
        assert masks == [sum(bits << WORD_BITS * word for word, bits in enumerate(row)) for row in zip(*words, strict=True)]


def by_hand(rows, policy, shifts, clearance=4):
    judge, listed = assessor(policy), {}
    told = {box.visit: judge.assess(box.visit, Moment(1), box.row) for box in rows}
    for shift in shifts:
        fit = [box for box in rows if box.visit not in listed and box.site == shift.site and box.handling <= clearance
               and box.due is not None and box.due < shift.end]  # fmt: skip
        fit.sort(key=lambda box: (not told[box.visit].mandatory, -told[box.visit].logodds_milli - box.votes_milli,
                                  box.visit))  # fmt: skip
        must = sum(told[box.visit].mandatory for box in fit)
        for box in fit[: max(shift.slots - shift.by_chance, must)]:
            listed[box.visit] = shift.shift
    return listed


BOXES = st.lists(
    st.tuples(ROWS, st.sampled_from([None, 10, 50, 150, 250]), st.sampled_from(["BEANR", "NLRTM"]), st.integers(0, 4),
              st.sampled_from([0, 0, 700])),
    max_size=25,
)  # fmt: skip


@settings(max_examples=settings.default.max_examples // 8)
@given(BOXES)
def test_the_lists_are_what_sorting_by_hand_gives(told):
    rows = [a_box(f"V-{place:02}", *more) for place, (row, due, site, handling, votes) in enumerate(told)
            for more in [(row, due, site, handling, votes)]]  # fmt: skip
    after = edited("C7", expression="seals >= 0", weight=msgspec.structs.replace(ALL[0].weight, milli=2303, high=2303))
    found = simulated(boxes_of(*rows), POLICY, after, SHIFTS, clearance=3)
    before, other = by_hand(rows, POLICY, SHIFTS, 3), by_hand(rows, after, SHIFTS, 3)
    assert (found.listed_before, found.listed_after) == (len(before), len(other))
    assert found.both == len(before.keys() & other.keys())
    assert {one.visit: one.shift for one in found.came} == {name: other[name] for name in other.keys() - before.keys()}
    assert {one.visit: one.shift for one in found.dropped} == {
        name: before[name] for name in before.keys() - other.keys()
    }
    shifts = [one for one in found.loads if one.shift and not one.scanner]
    assert sum(one.after for one in shifts) == len(other)
    assert sum(one.before for one in found.loads if one.origin or not (one.site or one.shift)) == len(before)


WATCHED, SEALED = given_row(watch_mandatory=1, loading_country="EC"), given_row(seals=0, empty=False)
CALM = given_row(loading_country="NL")


def test_a_box_comes_with_the_reason_that_brought_it():
    rows = [a_box(f"CALM-{place}", CALM) for place in range(9)] + [a_box("SEAL-1", SEALED), a_box("MUST-1", WATCHED)]
    silent = edited("C7", expression="seals > 99")
    shifts = [Slots("BEANR", "early", 0, 100, {"S1": 2})]
    told = simulated(boxes_of(*rows), silent, POLICY, shifts)
    assert [(one.visit, one.gained, one.lost, one.pushed) for one in told.came] == [("SEAL-1", ("C7",), (), False)]
    assert [one.pushed for one in told.dropped] == [True]
    assert (told.mandatory_before, told.mandatory_after, told.both) == (1, 1, 1)
    assert [(one.indicator, one.before, one.after) for one in told.fires] == [("C7", 0, 1)]
    assert told.expected_after is None


def test_scanners_are_dealt_round_and_never_beyond_their_slots():
    rows = [a_box(f"V-{place:02}", CALM) for place in range(20)]
    told = simulated(boxes_of(*rows), POLICY, POLICY, [Slots("BEANR", "early", 0, 100, {"S1": 7, "S2": 2, "S3": 0})])
    loads = {one.scanner: (one.before, one.after, one.slots) for one in told.loads if one.scanner}
    assert loads == {"S1": (7, 7, 7), "S2": (2, 2, 2), "S3": (0, 0, 0)}
    assert (told.came_count, told.dropped_count, told.both) == (0, 0, 9)


def test_what_is_judged_again_is_only_what_was_edited(monkeypatch):
    import vigie.engine.simulation as engine

    asked = []
    plain = engine.flags_sql
    monkeypatch.setattr(engine, "flags_sql", lambda some, rows: asked.append([one.id for one in some]) or plain(some, rows))
    boxes = boxes_of(a_box("V-1", CALM))
    boxes.judged(POLICY)
    boxes.judged(edited("T4", expression="pick_ups >= 9"))
    assert asked[1:] == [["T4"]]
    boxes.take([a_box("V-2", CALM)], (), 2)
    boxes.judged(POLICY)
    assert len(asked[2]) == len(ALL)


def test_boxes_come_and_go_and_a_restart_begins_where_it_ended(tmp_path):
    path = tmp_path / "deep" / "open.parquet"
    boxes = boxes_of(a_box("A-1", CALM), a_box("B-1", SEALED, unit=7), path=path)
    boxes.take([a_box("A-1", WATCHED)], ["C-1"], 5)
    boxes.save()
    again = OpenBoxes(path)
    assert (again.cursor, sorted(again.table["open_visit"].to_pylist())) == (5, ["A-1", "B-1"])
    assert again.judged(POLICY).mandatory.sum() == 1
    assert again.erase([7]) == 1
    again.save()
    assert OpenBoxes(path).table["open_visit"].to_pylist() == ["A-1"]
    path.write_bytes(b"torn")
    assert OpenBoxes(path).cursor == 0


def test_nothing_open_gives_an_empty_list():
    told = simulated(OpenBoxes(), POLICY, edited("T4", expression="pick_ups >= 9"), SHIFTS)
    assert (told.boxes, told.listed_after, told.came) == (0, 0, ())


def test_it_is_told_at_how_many_boxes_an_indicator_fires():
    judged = boxes_of(a_box("A-1", SEALED), a_box("B-1", CALM)).judged(POLICY)
    assert (judged.count("C7"), judged.count("NONE")) == (1, 0)


@pytest.mark.parametrize("clearance", [Handling.CLEAR, Handling.RED])
def test_boxes_held_more_closely_are_left_out(clearance):
    boxes = boxes_of(a_box("A-1", CALM, handling=int(Handling.AMBER)), a_box("B-1", CALM))
    told = simulated(boxes, POLICY, POLICY, SHIFTS, clearance=int(clearance))
    assert told.boxes == (2 if clearance is Handling.RED else 1)


def test_bands_chance_and_expected_hits_are_those_of_the_boxes_counted_by_hand():
    rows = [a_box(f"V-{place:02}", given_row(containers=1), due=50, votes=1000 * place) for place in range(8)]
    boxes = boxes_of(*rows)
    scores = boxes.judged(POLICY).score.tolist()
    steps = Calibration((-20_000, scores[4]), (1_000, 50_000), True, 100, 40)
    before = msgspec.structs.replace(POLICY, fusion=Fusion((), steps))
    bands = tuple(msgspec.structs.replace(one, from_milli=one.from_milli + 500) if place else one
                  for place, one in enumerate(POLICY.bands))  # fmt: skip
    after = msgspec.structs.replace(before, bands=bands)
    later = [msgspec.structs.replace(one, by_chance=2) for one in SHIFTS[:1]]
    told = simulated(boxes, before, after, SHIFTS[:1], later=later)
    assert (told.listed_before, told.listed_after, told.chance_before, told.chance_after) == (3, 2, 1, 2)
    assert (told.expected_before, told.expected_after) == (pytest.approx(0.15), pytest.approx(0.1))
    assert [(one.name, one.before, one.after) for one in told.bands] == [
        (one.name, sum(before.band(score) == one.name for score in scores),
         sum(after.band(score) == one.name for score in scores)) for one in POLICY.bands
    ]  # fmt: skip
    assert sum(one.before for one in told.bands) == told.considered == 8
    chosen = Fusion((), msgspec.structs.replace(steps, calibrated=False))
    plain = simulated(boxes, msgspec.structs.replace(POLICY, fusion=chosen), after, SHIFTS[:1])
    assert (plain.expected_before, plain.expected_after) == (None, None)


def test_boxes_that_come_and_go_meanwhile_are_on_both_lists_or_on_none():
    rows = [a_box(f"V-{place}", given_row()) for place in range(40)]
    boxes, stop = boxes_of(*rows), Event()

    def come_and_go():
        for turn in count():
            if stop.is_set():
                return
            boxes.take(rows[20:] if turn % 2 else (), () if turn % 2 else [box.visit for box in rows[20:]], turn)

    thread = Thread(target=come_and_go)
    thread.start()
    try:
        for hours in range(8):
            told = simulated(boxes, POLICY, edited("T1", expression=f"dwell_h > {hours}"), SHIFTS)
            assert told.boxes in (20, 40)
    finally:
        stop.set()
        thread.join()
