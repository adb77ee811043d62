"""The address of a list: read and written back, it says the same."""

from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import QueryParams

from vigie.console.arrivals_query import LISTS, TICKS, WORDS, address, filters_in_use, read_query, written
from vigie.desk.views import ArrivalsQuery
from vigie.terms import HOUR, Moment

NOW = Moment(1_800_000_000_000_000)
WORD = st.text("ABCDEFGHIJ0123456789", min_size=1, max_size=12)
QUERIES = st.builds(
    ArrivalsQuery,
    **{name: st.one_of(st.just(""), WORD) for name in WORDS},
    **{name: st.lists(WORD, max_size=3).map(tuple) for name in LISTS},
    **{name: st.one_of(st.none(), st.booleans()) for name in TICKS},
    sort=st.sampled_from(["score", "due", "vessel"]),
    descending=st.booleans(),
    limit=st.sampled_from([10, 50, 200]),
)


@given(QUERIES)
def test_an_address_says_what_the_query_says(query: ArrivalsQuery) -> None:
    assert read_query(QueryParams(written(query)), NOW) == query


@given(st.dictionaries(st.sampled_from([*WORDS, *LISTS, *TICKS, "due", "sort", "order", "limit", "after"]), st.text(max_size=80)))
def test_any_address_is_a_query(params: dict[str, str]) -> None:
    query = read_query(QueryParams(params), NOW)
    assert 1 <= query.limit <= 200


def test_due_within_hours_counts_from_the_clock_of_the_node() -> None:
    assert read_query(QueryParams("due=12"), NOW).due_to == NOW + 12 * HOUR
    assert read_query(QueryParams("due=13"), NOW).due_to is None


def test_the_plain_list_has_the_plain_address() -> None:
    assert address(ArrivalsQuery()) == "/arrivals"
    assert address(ArrivalsQuery(), sort="due", descending=False) == "/arrivals?sort=due&order=up"
    assert filters_in_use(ArrivalsQuery(hs2="08", sort="due")) == {"hs2": "08"}
