"""Whatever one typing error does to a term, the box is found."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.store_values import a_party, a_visit, listed

from vigie.store import Store, open_store
from vigie.store.lookup import _ENDINGS, _STARTS
from vigie.terms import PartyKey, PartyRole, VisitId
from vigie.tracking import Reach

ALL = Reach(4)


def put(store: Store, *containers: str, site: str = "BEANR", handling: int = 0) -> list[VisitId]:
    visits = [a_visit(container) for container in containers]
    store.visits.put([(visit, listed(visit, site=site, handling=handling), 1) for visit in visits])
    return [visit.id for visit in visits]


@st.composite
def typed(draw: st.DrawFn) -> tuple[str, str]:
    """A term, and what one typing error makes of it."""
    term = draw(st.text("ABCD0123", min_size=6, max_size=12))
    place = draw(st.integers(0, len(term) - 1))
    letter = draw(st.sampled_from("ABCD0123"))
    swapped = term[:place] + term[place : place + 2][::-1] + term[place + 2 :]
    return term, draw(st.sampled_from((
        term, term[:place] + letter + term[place + 1 :], term[:place] + term[place + 1 :],
        term[:place] + letter + term[place:], term + letter, swapped,
    )))  # fmt: skip


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed())
def test_one_typing_error_never_hides_a_term(store: Store, given: tuple[str, str]) -> None:
    term, asked = given
    visit = put(store, "MSCU1234566")[0]
    store.lookup.add([("seal", term, visit), ("seal", term, visit)])
    if len(asked) >= 5:
        assert visit in {hit.visit for hit in store.lookup.near(asked, ALL) if hit.term == term}


def test_both_ends_are_range_scans() -> None:
    with open_store("sqlite://", None) as store:
        for sql in (_STARTS, _ENDINGS):
            plan = " | ".join(row[3] for row in store.db.rows("EXPLAIN QUERY PLAN " + sql, ("seal", "A", "B", 9)))
            assert ("term>?" in plan or "back>?" in plan), plan
            assert "TEMP B-TREE" not in plan, plan


def test_exact_and_short_terms(store: Store) -> None:
    one, two = put(store, "MSCU1234566", "TCLU7654321")
    store.lookup.add([("bl", "AB1", one), ("bl", "AB1", two), ("bl", "AB2", two), ("mrn", "AB1", two)])
    assert store.lookup.exact("bl", ["AB1", "AB2"]) == [("AB1", one), ("AB1", two), ("AB2", two)]
    assert [(hit.kind, hit.visit) for hit in store.lookup.near("AB1", ALL)] == [("bl", two), ("bl", one), ("mrn", two)]
    assert [hit.visit for hit in store.lookup.near("AB1", ALL, kinds=("mrn",))] == [two]
    assert len(store.lookup.near("AB1", ALL, limit=2)) == 2
    store.lookup.remove(two, "bl", "AB1")
    assert store.lookup.exact("bl", ["AB1"]) == [("AB1", one)]


def test_a_beginning_finds_and_nearest_come_first(store: Store) -> None:
    one, two, three = put(store, "MSCU1234566", "MSCU1234567", "MSCU9999999")
    store.lookup.add([("container", visit.rpartition("-")[0], visit) for visit in (one, two, three)])
    found = store.lookup.near("MSCU1234567", ALL)
    assert [(hit.visit, hit.distance) for hit in found] == [(two, 0), (one, 1)]
    assert {hit.visit for hit in store.lookup.near("MSCU12", ALL)} == {one, two}


def test_search_stays_in_reach(store: Store) -> None:
    here = put(store, "MSCU1234566")[0]
    there = put(store, "MSCU1234567", site="BEGNE")[0]
    secret = put(store, "MSCU1234568", handling=4)[0]
    store.lookup.add([("vessel", "ALMA MATER", visit) for visit in (here, there, secret)])
    key = PartyKey("00000000000000aa")
    store.parties.add([(key, a_party())])
    store.parties.link([(key, PartyRole.CONSIGNOR, visit) for visit in (here, there, secret)])
    reach = Reach(2, ("BEANR",))
    assert [hit.visit for hit in store.lookup.near("ALMA MATTER", reach)] == [here]
    assert [hit.visit for hit in store.parties.near("fruta", reach)] == [here]
    assert store.parties.near("fruta", Reach(none=True)) == []
    assert store.lookup.near("ALMA MATER", Reach(none=True)) == []
