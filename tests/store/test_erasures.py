"""Erasures and the stones they leave, on all stores."""

from tests.store_values import a_party, a_visit, an_entry, an_item, listed

from vigie.store import Store
from vigie.terms import Moment, PartyKey, VisitId
from vigie.tracking import Act, Described, Erasing, Stone

ASKED = Erasing(Moment(7), "asked", "box", "MSCU1234566-1", "ada", Moment(7), Moment(7))


def test_an_erasure_goes_its_way_step_by_step(store: Store) -> None:
    store.erasures.ask(ASKED)
    assert store.erasures.get(Moment(7)) == ASKED
    assert store.erasures.confirmed() == []
    store.erasures.step(Moment(7), "confirmed", Moment(9), "bea", Moment(8))
    assert [one.id for one in store.erasures.confirmed()] == [7]
    store.erasures.done(Moment(7), 3, 1, 20)
    store.erasures.done(Moment(7), 3, 1, 0)  # tidied up once more after a crash
    found = store.erasures.page()[0]
    assert (found.state, found.decided_by, found.units, found.boxes, found.removed) == ("done", "bea", 3, 1, 20)
    assert store.erasures.get(Moment(8)) is None


def test_stones_stand_and_segments_are_not_given_twice(store: Store) -> None:
    assert store.erasures.segments(["MSCU1234566"]) == {}
    stones = [Stone(VisitId(f"MSCU1234566-{n}"), "BEANR", 2, Moment(7), Moment(9)) for n in (1, 2)]
    store.erasures.lay(stones)
    store.erasures.lay(stones[:1])
    assert store.erasures.stone(stones[1].visit) == stones[1]
    assert store.erasures.stone(VisitId("MSCU1234566-9")) is None
    assert store.erasures.stone(VisitId("no visit")) is None
    assert store.erasures.stones(["MSCU1234566"]) == stones
    assert store.erasures.segments(["MSCU1234566", "CSQU3054383"]) == {"MSCU1234566": 2}


def test_what_hangs_together_is_found(store: Store) -> None:
    part = store.inbox.add([an_item(b"m")])[0].id
    units = store.units(2)
    one, two = a_visit(), a_visit("CSQU3054383")
    store.log.append([an_entry(1, part, subject=one.container), an_entry(2, units[0], subject=one.id)])
    store.parts.add([Described(part, Moment(1), "M", 0, "edifact", "CODECO")])
    store.visits.put([(one, listed(one), units[0]), (two, listed(two), units[1])])
    shared, alone = PartyKey("00000000000000aa"), PartyKey("00000000000000bb")
    store.parties.add([(shared, a_party("BOTH")), (alone, a_party("ONE"))])
    store.parties.link([(shared, "consignee", one.id), (shared, "consignee", two.id), (alone, "consignor", one.id)])
    store.overrides.add([Act(Moment(3), one.id, "ann", Moment(3), "hold", units[1], b"{}")])
    told = store.erasures
    assert told.units_of_message("M") == [part]
    assert told.entries_of_units([part]) == [(1, one.container, part)]
    assert told.units_of_entries([one.id, one.container]) == [(1, one.container, part), (2, one.id, units[0])]
    assert told.units_of_acts([one.id]) == {units[1]}
    assert told.visits_of_parties([0xAA]) == sorted([one.id, two.id])
    assert [key for key, _ in told.parties_only_of([one.id])] == [0xBB]
    assert [key for key, _ in told.parties_only_of([one.id, two.id])] == [0xAA, 0xBB]
    assert [key for key, _ in told.units_of_parties([0xAA, 0xCC])] == [0xAA]
    assert told.opened(Moment(1), Moment(2)) == [one.id, two.id]
    assert told.opened(Moment(2), Moment(3)) == []


def test_the_vault_tells_what_is_gone(store: Store) -> None:
    first, second = store.units(2)
    store.erase([first])
    assert store.vault.gone([first, second]) == {first}
