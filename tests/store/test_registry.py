"""The register on all stores alike: counted once, as of any day, sealed, streamed."""

from tests.store_values import an_item

from vigie.registry import Claim, Report, Scope, Seized, Seizure, SeizureStep, Substance, Verb, stepped, summed
from vigie.store import Store
from vigie.terms import DAY, Moment, OfficerId, VisitId

ANN = OfficerId("ann")


def a_report(grams: int = 1000, at: int = DAY, service: str = "customs", country: str = "BE", **more: object) -> Report:
    told = Seized(Moment(at), "BEANR", (Substance("cocaine", net_g=grams),), **more)  # type: ignore[arg-type]
    return Report(service, country, "officer:ann", told)


def take(store: Store, step: SeizureStep, hlc: int) -> tuple[Seizure, ...]:
    unit = store.inbox.add([an_item(f"{hlc}".encode())])[0].id
    names = [name for name in (step.seizure, step.into) if name]
    changed = stepped(step, Moment(hlc), store.registry.of(names))
    store.registry.put(changed, Moment(hlc), unit)
    return changed


def record(store: Store, name: str, hlc: int, **more: object) -> None:
    take(store, SeizureStep(name, Verb.RECORD, ANN, Moment(hlc), a_report(**more)), hlc)  # type: ignore[arg-type]


def total(store: Store, as_of: int | None = None, clearance: int = 4) -> tuple[int, int]:
    told = summed(store.registry.rows(0, 9 * DAY, as_of, clearance))
    return told.findings, told.grams


def test_a_joint_seizure_counts_once_and_every_day_can_be_counted_again(store: Store) -> None:
    record(store, "S1", 10)
    record(store, "S2", 20, grams=1100, service="police", country="NL")
    assert total(store) == (2, 2100)
    take(store, SeizureStep("S2", Verb.MERGE, ANN, Moment(30), into="S1", reason="one box"), 30)
    assert (total(store), total(store, 29), total(store, 10), total(store, 9)) == ((1, 1000), (2, 2100), (1, 1000), (0, 0))
    assert store.registry.stamp() == 30
    one = store.registry.get("S1")
    assert one is not None
    assert (one.is_joint, [report.service for report in one.reports]) == (True, ["customs", "police"])
    row = next(store.registry.rows(0, 9 * DAY))
    assert (row.services, row.countries, row.is_joint) == ("customs police", "BE NL", True)
    take(store, SeizureStep("S1", Verb.SPLIT, ANN, Moment(40), into="S2", parts=(Moment(20),), reason="two boxes"), 40)
    assert (total(store), total(store, 39)) == ((2, 2100), (1, 1000))
    assert [(one.id, one.state.value) for one in store.registry.history("S2")] == [
        ("S2", "standing"), ("S2", "merged"), ("S2", "standing")]  # fmt: skip


def test_rows_stream_in_portions_and_lists_stop_at_the_clearance(store: Store, monkeypatch) -> None:
    monkeypatch.setattr("vigie.store.registry._AT_ONCE", 2)
    for number in range(5):
        record(store, f"S{number}", 10 + number, at=DAY + number % 2, handling=number)
    assert [row.id for row in store.registry.rows(0, 9 * DAY)] == ["S0", "S2", "S4", "S1", "S3"]
    assert [row.id for row in store.registry.rows(DAY + 1, 9 * DAY)] == ["S1", "S3"]
    assert total(store, clearance=1) == (2, 2000)
    page = store.registry.page(clearance=3, limit=2)
    assert [row.id for row, _ in page] == ["S3", "S1"]
    assert [row.id for row, _ in store.registry.page(clearance=3, before=(page[-1][0].at, "S1"))] == ["S2", "S0"]
    assert store.registry.page(sites=("NLRTM",)) == store.registry.page(place="NLRTM") == []
    assert (store.registry.count(), store.registry.names("S")) == (5, frozenset(("S0", "S1", "S2", "S3", "S4")))


def test_words_are_sealed_a_file_is_found_and_erasure_leaves_the_figure(store: Store) -> None:
    record(store, "S1", 10, case="AN 2019/77", modus="behind the doors", visit=VisitId("CSQU3054383-1"))
    assert [one.id for one in store.registry.of_case("an 2019/77 ")] == ["S1"]
    assert store.registry.of_case("") == store.registry.of_case("other") == []
    assert [one.id for one in store.registry.of_visit("CSQU3054383-1")] == ["S1"]
    for table in ("seizure", "seizure_row", "seizure_report"):
        assert "2019/77" not in repr(store.db.rows(f"SELECT * FROM {table}"))
        assert "behind" not in repr(store.db.rows(f"SELECT * FROM {table}"))
    units = store.erasures.units_of_acts([VisitId("CSQU3054383-1")])
    store.erase(units)
    assert (store.registry.get("S1"), total(store)) == (None, (1, 1000))


def test_claims_are_kept_once_in_their_order(store: Store) -> None:
    one = Claim("Antwerp", Scope("antwerp"), "2019-01-01", "2019-12-31", "seized", "61.8", "t", document="001")
    other = Claim("Ghent", Scope("ghent"), "2019-01-01", "2019-12-31", "seized", "1.7", "t")
    assert store.claims.add(Moment(5), [("a", one), ("b", other)]) == 2
    assert store.claims.add(Moment(6), [("b", other)]) == 0
    assert [(told.value, told.id) for told in store.claims.all()] == [("61.8", 5), ("1.7", 5)]
    assert [told.value for told in store.claims.all("")] == ["1.7"]
    assert store.claims.all(as_of=4) == []


def test_a_list_is_narrowed_alike_on_all_stores(store: Store) -> None:
    record(store, "S1", 10, at=DAY, grams=10_000, provenance="BR", cover_hs="080390")
    record(store, "S2", 20, at=DAY + 1, grams=10_001, handling=4)
    mixed = (Substance("heroin", net_g=5), Substance("cocaine", net_g=2_000_000), Substance("cocaine", net_g=1))
    report = Report("customs", "BE", "officer:ann", Seized(Moment(DAY + 2), "NLRTM", mixed, provenance="EC", cover_hs="44"))
    take(store, SeizureStep("S3", Verb.RECORD, ANN, Moment(30), report), 30)

    def ids(**asked: object) -> list[str]:
        return [row.id for row, _ in store.registry.page(**asked)]  # type: ignore[arg-type]

    assert [ids(lot=lot) for lot in ("0", "1", "2", "3", "x")] == [["S3", "S1"], ["S2"], [], [], []]
    assert [ids(lot=lot, substance="cocaine") for lot in ("0", "1", "3")] == [["S1"], ["S2"], ["S3"]]
    assert [row.grams for row, _ in store.registry.page(substance="cocaine")] == [2_000_000, 10_001, 10_000]
    assert (ids(held="yes"), ids(held="no")) == (["S2"], ["S3", "S1"])
    assert (ids(provenance="BR,EC"), ids(provenance="-"), ids(place="NLRTM,BEGNE")) == (["S3", "S1"], ["S2"], ["S3"])
    assert (ids(cover_hs="08,44"), ids(cover_hs="-,44")) == (["S3", "S1"], ["S3", "S2"])
    assert (ids(as_of=20), ids(as_of=9)) == (["S2", "S1"], [])
