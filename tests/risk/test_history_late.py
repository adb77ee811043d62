"""Keys that a box gets on its way, the rows they give, and what an assessment reads of them."""

import msgspec
from tests.risk.visits import LANDED, NUMBER, T0, a_box, a_line, a_move, a_plan, a_visit, measured

from vigie.risk import (
    FAMILIES,
    FEATURE_SET,
    Kind,
    LiveFeatures,
    MemoryState,
    history_rows,
    late_keys,
    overlaid,
    sailing_row,
    ship_on,
)
from vigie.risk.families import ANNOUNCED_MASS, LATE
from vigie.risk.history_late import haulier_of, late_rows, verified_g, yard_place
from vigie.terms import DAY, HOUR, Depth, Detector, Found, Moment, OfficerId, Outcome, VisitId
from vigie.tracking import Controlled, ReleaseMark, ReleaseNote

LIVE = LiveFeatures(FEATURE_SET)
OUT = LANDED + DAY


def key_of(party):
    return {"Fruta Ficticia S.A.": 1, "Fruit Import NV": 2}.get(party.name)


def keys(found):
    named = dict(zip((family.name for family in FAMILIES), found, strict=True))
    return {name: key for name, key in named.items() if key is not None}


def numbered(visit, box):
    """The same visit of another box."""
    return msgspec.structs.replace(visit, id=VisitId(f"BOX{box}-1"), container=f"BOX{box}")


def told(steps):
    """Fold what visits before and after each step add; gives what the last one is told as of now."""
    state, hlc, after = MemoryState(), 0, None
    for hlc, (before, after) in enumerate(steps, start=T0):
        done = LIVE.fold(history_rows(before, after, hlc, key_of), state)
        state.keep(done.rows, done.prefix, done.taken)
    found = late_keys(after, key_of)
    assert found is not None
    return dict(zip(FEATURE_SET.names, LIVE.ask(found, hlc + 1, state), strict=True))


def test_late_families_are_the_last_and_an_announced_row_has_no_keys_but_of_the_mass_it_tells():
    names = [family.name for family in FAMILIES[-len(LATE) :]]
    assert set(names) == LATE
    assert tuple(names[: len(ANNOUNCED_MASS)]) == ANNOUNCED_MASS
    bare = history_rows(None, a_visit(a_line(equipment=a_box())), T0, key_of)
    assert not keys(bare[0].keys).keys() & LATE
    announced = history_rows(None, a_visit(a_line(equipment=a_box(vgm_g=24_000_000))), T0, key_of)
    assert [row.kind for row in announced] == [Kind.ANNOUNCED]
    assert keys(announced[0].keys).keys() & LATE == set(ANNOUNCED_MASS)


def test_a_mass_that_the_announcement_tells_is_counted_with_it_and_not_once_more_when_it_is_measured():
    line = a_line(equipment=a_box(vgm_g=24_000_000))
    first = numbered(a_visit(line), 1)
    second, weighed = numbered(a_visit(line), 2), numbered(a_visit(line, measured("vgm", 24_000_000)), 2)
    found = told([(None, first), (None, second), (second, weighed)])
    assert (found["consignor_vgm_boxes_90d"], found["weighed_boxes_90d"]) == (2, 2)
    assert late_keys(second, key_of) is None
    assert late_keys(second, key_of, {"ANOTHER SHIP"}) is None  # what befell a ship of other boxes changes nothing here


def test_a_box_without_news_has_no_late_keys():
    assert late_keys(a_visit(a_line()), key_of) is None


def test_equal_masses_of_one_consignor_are_counted_with_the_box_itself():
    steps = []
    for box, mass in enumerate((24_000_000, 24_000_000, 23_500_000, 24_000_000)):
        bare = numbered(a_visit(a_line()), box)
        steps += [(None, bare), (bare, numbered(a_visit(a_line(), measured("vgm", mass)), box))]
    found = told(steps)
    assert (found["consignor_vgm_boxes_90d"], found["weighed_boxes_90d"]) == (3, 4)


def test_a_mass_told_twice_counts_once_and_the_latest_stands():
    first, again = measured("vgm", 24_000_000), measured("vgm", 24_000_000, at=T0)
    before, after = a_visit(a_line(), first), a_visit(a_line(), first, again)
    assert list(late_rows(before, after, T0, key_of)) == []
    assert verified_g(a_visit(a_line(), first, measured("vgm", 22_000_000, at=T0))) == 22_000_000
    assert verified_g(a_visit(a_plan(equipment=a_box(vgm_g=21_000_000)))) == 21_000_000


def gone(haulier, **named):
    return a_move("GTOT", OUT, mode="TRUCK", haulier=haulier, **named)


def test_a_haulier_who_never_came_before_stands_alone():
    steps = [(None, numbered(a_visit(a_line(), gone("SIMH 1")), box)) for box in range(10)]
    found = told([*steps, (None, numbered(a_visit(a_line(), gone("Simh-9")), 99))])
    assert (found["haulier_pickups_365d"], found["collected_boxes_365d"]) == (1, 11)
    assert told(steps)["haulier_pickups_365d"] == 10


def test_a_retracted_gate_out_names_no_haulier():
    assert haulier_of(a_visit(gone("X", retracted=Moment(OUT + 1)))) == ""


def an_outcome(found=Found.COCAINE, **more):
    return Outcome(VisitId(f"{NUMBER}-1"), Moment(OUT), found, Detector.SCANNER, Depth.SCAN, OfficerId("a"), **more)


def stowed(cell, *parts):
    return a_visit(a_line(), a_plan(equipment=a_box(stow=cell)), *parts)


def test_a_find_marks_the_boxes_beside_it_on_the_same_voyage_only():
    hit = (stowed("0320382"), stowed("0320382", Controlled(Moment(OUT), an_outcome())))
    assert told([hit, (None, numbered(stowed("0320182"), 1))])["cell_hits_60d"] == 1
    assert told([hit, (None, numbered(stowed("0320982"), 1))])["cell_hits_60d"] == 0
    nothing = (stowed("0320382"), stowed("0320382", Controlled(Moment(OUT), an_outcome(Found.NOTHING))))
    assert told([nothing, (None, numbered(stowed("0320182"), 1))])["cell_hits_60d"] == 0


def test_a_corrected_find_is_taken_back():
    first = Controlled(Moment(T0), an_outcome())
    second = Controlled(Moment(T0 + 1), an_outcome(Found.NOTHING, replaces=T0))
    steps = [(stowed("0320382"), stowed("0320382", first)), (stowed("0320382", first), stowed("0320382", first, second))]
    assert told([*steps, (None, numbered(stowed("0320182"), 1))])["cell_hits_60d"] == 0


def in_yard(slot, *parts):
    return a_visit(a_line(), a_move("DROP", LANDED + HOUR, slot=slot, facility="K1700"), *parts)


def test_a_box_beside_a_chosen_one_in_the_yard_is_told():
    chosen = a_move("CUSS", LANDED + 2 * HOUR)
    target = (in_yard("A12-03-05-2"), in_yard("A12-03-05-2", chosen))
    assert told([target, (None, numbered(in_yard("A12-04-05-1"), 1))])["slot_targets_7d"] == 1
    assert told([target, (None, numbered(in_yard("A12-09-05-1"), 1))])["slot_targets_7d"] == 0
    assert told([(None, in_yard("A12-03-05-2")), (None, numbered(in_yard("A12-04-05-1"), 1))])["slot_targets_7d"] == 0


def test_a_box_that_left_stands_nowhere():
    assert yard_place(in_yard("A12-03-05-2")) == ("K1700", ("A12", 3, 5))
    assert yard_place(in_yard("A12-03-05-2", gone(""))) is None


def test_what_came_on_the_way_takes_its_places_and_leaves_the_rest():
    names = FEATURE_SET.names
    found = dict(zip(names, overlaid(tuple(range(len(names))), (None,) * len(names)), strict=True))
    assert {name for name, value in found.items() if value is None} == {
        feature.name for feature in FEATURE_SET.features if feature.family in LATE}


def righted(box, mark):
    return msgspec.structs.replace(numbered(a_visit(a_line()), box), release=ReleaseNote(Moment(T0), mark))


def through(box, vehicle, carrier, party=5):
    return righted(box, ReleaseMark(4, party=party, terminal="1742", vehicle=vehicle, carrier=carrier))


def test_a_party_counts_the_boxes_whose_right_it_got():
    steps = []
    for box, party in enumerate((5, 6, 5, 5)):
        before = numbered(a_visit(a_line()), box)
        steps += [(None, before), (before, righted(box, ReleaseMark(1, party=party, terminal="1742")))]
    found = told(steps)
    assert (found["release_party_boxes_life"], found["terminal_rights_365d"]) == (3, 4)
    more = righted(3, ReleaseMark(2, party=5, terminal="1742", refusals=1))
    assert told([*steps, (steps[-1][1], more)])["release_party_boxes_life"] == 3


def test_a_vehicle_counts_the_carriers_it_came_for_once_each():
    steps = [(numbered(a_visit(a_line()), box), through(box, 9, carrier)) for box, carrier in enumerate((1, 2, 1, 3, 3))]
    found = told(steps)
    assert (found["vehicle_carriers_365d"], found["vehicle_presented_life"]) == (3, 5)
    assert (found["vehicle_carrier_presented_365d"], found["terminal_presented_365d"]) == (2, 5)
    other = told([*steps, (numbered(a_visit(a_line()), 9), through(9, 10, 1))])
    assert (other["vehicle_carriers_365d"], other["vehicle_presented_life"]) == (1, 1)


def test_hours_lost_are_asked_of_ships_that_lost_some_and_of_no_others():
    state = MemoryState()
    rows = [sailing_row("9074729", T0 + day * DAY, hours, T0 + day * DAY) for day, hours in ((0, 9), (20, 3), (25, 2))]
    done = LIVE.fold(rows, state)
    state.keep(done.rows, done.prefix, done.taken)
    box = a_visit(a_line())
    assert ship_on(box) == "9074729"
    assert late_keys(box, key_of) is None
    assert late_keys(box, key_of, frozenset(("1111111",))) is None
    asked = late_keys(box, key_of, frozenset(("9074729",)))
    told_now = dict(zip(FEATURE_SET.names, LIVE.ask(asked, T0 + 31 * DAY, state), strict=True))
    assert (told_now["ship_lost_h_30d"], told_now["ship_stops_30d"]) == (5, 2)
