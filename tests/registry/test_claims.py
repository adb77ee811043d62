from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigie.registry import Claim, is_over, read_claims
from vigie.terms import Doubt

HEAD = "place,scope,period_start,period_end,drug,measure,value,unit,approx,source_title,publisher,source_date"


def read(*rows, head=HEAD):
    return list(read_claims([head, *rows], "t.csv"))


def test_a_source_is_read_with_scope_period_and_what_its_title_says():
    first, share, change = read('Antwerp,port,2020-01-01,2020-12-31,cocaine,seized,"1,234.5",t,~,"Big year (26% BR, +5% on 2019)",P,2021-01')
    assert (first.key, first.amount, first.half, first.qualifier) == ("antwerp", Decimal("1234500000"), Decimal("50000.00"), "about")
    assert (share.measure, share.value, share.row, change.measure, change.value) == ("share-from:BR", "26", 0, "change", "5")


def test_a_figure_of_a_document_is_read_with_its_year_and_its_words():
    head = "place,year,measure,value,unit,seed_file"
    under, country, share, staff = read(
        "Gand,2019,seized,\"1,7\",t (un peu moins de),001", "Anvers,2019,from Brésil,15.9,t,001",
        "EU ports,2024,share of customs seizures,70,%,003", "Anvers,2022,new staff,108,count,000", head=head,
    )  # fmt: skip
    assert (under.key, under.value, under.unit, under.qualifier, under.start, under.document) == (
        "ghent", "1.7", "t", "under", "2019-01-01", "001")  # fmt: skip
    assert (country.measure, share.measure, share.scope.service, staff.measure) == ("from:BR", "share", "customs", "new staff")


@pytest.mark.parametrize(("row", "column"), [
    ("Antwerp,port,2020,2020-12-31,cocaine,seized,1,t,,,,", "period_start"),
    ("Antwerp,port,2020-12-31,2020-01-01,cocaine,seized,1,t,,,,", "period_end"),
    ("Antwerp,port,2020-01-01,2020-12-31,cocaine,seized,NaN,t,,,,", "value"),
    ("Antwerp,port,2020-01-01,2020-12-31,cocaine,seized,many,t,,,,", "value"),
    ("Antwerp,port,2020-01-01,2020-12-31,cocaine,seized,1,,,,,", "unit"),
    ("Antwerp,port,2020-01-01,2020-12-31,cocaine,,1,t,,,,", "measure"),
])  # fmt: skip
def test_a_bad_cell_is_a_doubt_and_the_next_row_is_read(row, column):
    doubt, claim = read(row, "Antwerp,port,2020-01-01,2020-12-31,cocaine,seized,1,t,,,,")
    assert (doubt.place.path, doubt.place.segment, claim.row) == (column, 2, 3)


def test_no_table_is_one_doubt_and_a_running_year_is_not_over():
    assert [one.code for one in read(head="a,b")] == ["claim-header"]
    assert is_over("2025-12-31", "2026-01-01")
    assert not is_over("2026-12-31", "2026-03-01")


@given(st.lists(st.text(max_size=20), max_size=12))
def test_any_row_is_read_or_doubted(cells):
    for one in read(",".join(cells)):
        assert isinstance(one, Claim | Doubt)
