import pytest
from tests.desk.port import ANN, BOB, BOX, EVE, SHIP, VISIT, manifest, take_in, told

from vigie.desk import risk
from vigie.terms import DAY, BadRequest, Handling, Moment, NotForYou, PartyRole


def a_list(node, officer=BOB, handling=Handling.AMBER, effect="mandatory", **rest):
    return risk.create_watch_list(officer, "Cold case", "a tip", Moment(node.now() + DAY), handling, effect, node, **rest)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("container", "csqu 305438-3"), ("document", "abc123"), ("seal", f"S-{BOX[-4:]}"), ("vessel", SHIP.name.lower()),
        ("imo", SHIP.imo), ("voyage", "001e"), ("party", "Fruit NV"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("before", [True, False], ids=["listed-first", "announced-first"])
def test_a_box_meets_a_list_whichever_came_first(kind, value, before, node):
    name = a_list(node)
    if kind == "party" and before:
        return  # a party can be named once a message has named it
    if before:
        risk.watch(BOB, name, [(kind, value, "n")], node)
        take_in(node, manifest())
    else:
        take_in(node, manifest())
        assert risk.watch(BOB, name, [(kind, value, "n")], node) == 1
    view = told(node)
    assert (view.row.watched, view.row.mandatory) == (True, True)


def test_taken_off_or_ended_it_no_longer_acts(node):
    take_in(node, manifest())
    name = a_list(node)
    risk.watch(BOB, name, [("container", BOX, ""), ("document", "ABC123", "")], node)
    risk.unwatch(BOB, name, "container", BOX, node)
    assert told(node).row.watched
    risk.expire(BOB, name, node)
    assert (told(node).row.watched, told(node).row.mandatory) == (False, False)
    assert risk.watch_list(BOB, name, node).expired


def test_a_party_is_kept_as_a_pseudonym_and_shown_by_name(node):
    take_in(node, manifest())
    name = a_list(node)
    risk.watch(BOB, name, [("party", "Fruit NV", "see file 12")], node)
    (entry,) = node.store.watchlists.entries(name)
    assert entry.value == node.pseudonyms.key(next(
        party for party in told(node).visit.lines[0].parties if party.role is PartyRole.CONSIGNEE
    ))  # fmt: skip
    (shown,) = risk.watch_list(BOB, name, node).entries
    assert (shown.kind, shown.term, shown.note) == ("party", "Fruit NV", "see file 12")
    risk.unwatch(BOB, name, "party", "Fruit NV", node)
    assert risk.watch_list(BOB, name, node).entries == ()


def test_a_weighted_list_adds_its_weight(node):
    take_in(node, manifest())
    before = told(node).row.score_milli
    name = a_list(node, effect="weighted", weight_milli=1500)
    risk.watch(BOB, name, [("container", BOX, "")], node)
    assert told(node).row.score_milli - before == 1500
    assert not told(node).row.mandatory


def test_a_table_is_read_row_by_row(node):
    name = a_list(node)
    table = "kind;value;note\ncontainer;CSQU3054383;x\ncolour;red;\nseal;NA;\nvessel;Ever Fictive;\n"
    added, doubts = risk.watch_csv(BOB, name, table, node)
    assert (added, [doubt.place.segment for doubt in doubts]) == (2, [3, 4])
    with pytest.raises(BadRequest):
        risk.watch_csv(BOB, name, "a,b\n1,2\n", node)


@pytest.mark.parametrize(
    "wrong",
    [{"effect": "ignore"}, {"effect": "weighted"}, {"effect": "weighted", "weight_milli": 7000},
     {"officer": ANN, "handling": Handling.RED}],
)  # fmt: skip
def test_lists_that_cannot_be(wrong, node):
    with pytest.raises(BadRequest):
        a_list(node, **wrong)


def test_a_list_needs_an_end_in_the_future(node):
    with pytest.raises(BadRequest):
        risk.create_watch_list(BOB, "L", "why", node.now(), Handling.AMBER, "mandatory", node)


def test_a_list_above_the_clearance_does_not_exist_for_the_officer(node):
    name = a_list(node, handling=Handling.RED)
    assert risk.watch_lists(ANN, node) == ()
    for act in (lambda: risk.watch_list(ANN, name, node), lambda: risk.watch_list(ANN, "none", node),
                lambda: risk.watch(ANN, name, [("container", BOX, "")], node)):  # fmt: skip
        with pytest.raises(NotForYou):
            act()
    assert [one.id for one in risk.watch_lists(EVE, node, EVE.purposes[0])] == [name]
    assert VISIT


@pytest.mark.parametrize("entry", [("colour", "red"), ("container", " "), ("seal", "NONE"), ("party", "Nobody Ltd")])
def test_what_cannot_be_watched(entry, node):
    with pytest.raises(BadRequest):
        risk.watch(BOB, a_list(node), [(*entry, "")], node)
