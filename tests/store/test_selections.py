"""Plans, draws and commitments."""

from vigie.store import Draw, Store
from vigie.terms import Moment, VisitId

BOX = VisitId("MSCU1234566-1")


def test_plans_draws_and_commitments(store: Store) -> None:
    assert store.selections.publish("BEANR", "2026-01-20", "abc", Moment(1))
    assert not store.selections.publish("BEANR", "2026-01-20", "xyz", Moment(2))
    store.selections.reveal("BEANR", "2026-01-20", b"\x01\x02")
    told = store.selections.commitment("BEANR", "2026-01-20")
    assert told is not None
    assert (told.commitment, told.published, told.revealed) == ("abc", 1, "0102")
    draws = [Draw("p1", BOX, "tilted", 0.1, 2, "S1", Moment(5)), Draw("p1", VisitId("B-1"), "score", 1.0, 1, "S1", Moment(5))]
    store.selections.keep("p1", "BEANR", "2026-01-20", "early", Moment(5), b"{1}", draws)
    store.selections.keep("p2", "BEANR", "2026-01-20", "early", Moment(6), b"{2}", [])
    assert store.selections.latest("BEANR", "2026-01-20", "early") == b"{2}"
    assert store.selections.latest("BEANR", "2026-01-20", "late") is None
    assert [plan[0] for plan in store.selections.plans("BEANR", "2026-01-20")] == ["p1", "p2"]
    assert store.selections.of(BOX) == draws[:1]
    assert store.selections.draws("p1") == draws[::-1]


def test_the_plans_of_a_site_are_told_by_the_entries_that_made_them(store: Store) -> None:
    for entry in (1000, 90):
        store.selections.keep(str(entry), "BEANR", "2026-01-20", "early", Moment(entry), b"{%d}" % entry, [])
    store.selections.keep("95", "NLRTM", "2026-01-20", "early", Moment(95), b"{}", [])
    assert store.selections.made("BEANR") == [90, 1000]
    assert store.selections.plan(Moment(90)) == b"{90}"
    assert store.selections.plan(Moment(91)) is None
