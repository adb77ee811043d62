"""Release rights, presentations and events, on all stores alike."""

from tests.store_values import an_item

from vigie.store import Store
from vigie.terms import Moment, VisitId
from vigie.tracking import ReleaseAttempt, ReleaseRight, ReleaseState, ReleaseStep, ReleaseVerb

BOX = "MSCU1234566"


def a_right(name: str = "R1", state: ReleaseState = ReleaseState.ISSUED, at: int = 5, site: str = "BEANR") -> ReleaseRight:
    step = ReleaseStep(ReleaseVerb.ISSUE, state, "ann", Moment(at))
    return ReleaseRight(name, VisitId(f"{BOX}-1"), BOX, site, "1742", state, Moment(99), holder="LINE", steps=(step,))


def unit_of(store: Store, body: bytes = b"act") -> int:
    return store.inbox.add([an_item(body)])[0].id


def test_a_right_is_kept_as_it_stands_now(store: Store) -> None:
    unit = unit_of(store)
    assert not store.releases.any()
    store.releases.put(a_right(), unit)
    store.releases.put(a_right(state=ReleaseState.REVOKED, at=6), unit)
    store.releases.put(a_right("R2", at=7, site="NLRTM"), unit)
    assert store.releases.any()
    found = store.releases.get("R1")
    assert found is not None
    assert (found.state, found.changed, store.releases.get("R9")) == (ReleaseState.REVOKED, 6, None)
    assert [one.id for one in store.releases.of_containers([BOX, "X"])[BOX]] == ["R1", "R2"]
    assert [one.id for one in store.releases.page()] == ["R2", "R1"]
    assert [one.id for one in store.releases.page(["BEANR"])] == ["R1"]
    assert [one.id for one in store.releases.page(state="issued")] == ["R2"]
    assert [one.id for one in store.releases.page(before=7)] == ["R1"]


def test_parties_are_sealed_and_an_erased_right_is_gone(store: Store) -> None:
    unit = unit_of(store)
    store.releases.put(a_right(), unit)
    row = store.db.one("SELECT body FROM release_right")
    assert row is not None
    assert b"LINE" not in bytes(row[0])
    store.releases.attempted(Moment(3), an_attempt(), unit)
    store.erase([unit])
    assert (store.releases.get("R1"), store.releases.attempts(BOX)) == (None, [])


def an_attempt(nonce: str = "n", code: str = "wrong-key", at: int = 5) -> ReleaseAttempt:
    return ReleaseAttempt(nonce, BOX, "1742", "G1", "R1", code, "plate", "pia", Moment(at))


def test_presentations_are_counted_per_gate_and_vehicle(store: Store) -> None:
    unit = unit_of(store)
    told = (("a", "wrong-key", 5), ("b", "no-right", 6), ("c", "used-key", 7))
    for place, (nonce, code, at) in enumerate(told):
        store.releases.attempted(Moment(place), an_attempt(nonce, code, at), unit)
    assert (store.releases.wrong_at("1742", "G1", Moment(0)), store.releases.wrong_at("1742", "G1", Moment(5))) == (2, 1)
    assert store.releases.wrong_at("1742", "G2", Moment(0)) == 0
    assert not store.releases.collected("1742", "plate")
    store.releases.attempted(Moment(9), an_attempt("d", "allowed", 9), unit)
    assert store.releases.collected("1742", "plate")
    assert [one.nonce for one in store.releases.attempts(BOX, 2)] == ["d", "c"]
    found = store.releases.attempt("c")
    assert found is not None
    assert (found.code, store.releases.attempt("z")) == ("used-key", None)


def test_an_event_is_new_once(store: Store) -> None:
    assert not store.releases.taken("portal", "e1")
    assert store.releases.first_time("portal", "e1", Moment(1))
    assert not store.releases.first_time("portal", "e1", Moment(2))
    assert store.releases.first_time("other", "e1", Moment(1))
    assert store.releases.taken("portal", "e1")
