import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.arrivals.building import a_consignment, a_part, consignments

from vigie.arrivals import Consignment, Level
from vigie.arrivals.ics2 import read, write_ics2
from vigie.arrivals.ics2.fields import FORMS
from vigie.terms import BadRequest


@given(st.sampled_from(sorted(FORMS)).flatmap(
    lambda form: st.tuples(st.just(form), consignments(FORMS[form], form))))
def test_what_is_written_is_read_back_the_same(told: tuple[str, Consignment]) -> None:
    form, consignment = told
    reading = read(a_part(write_ics2(consignment, form), "ics2"))
    assert not reading.doubts
    assert reading.rows == (consignment,)


def test_a_complete_filing_gives_the_master_and_its_houses() -> None:
    master = a_consignment(level=Level.MASTER, form="F11")
    houses = [a_consignment(document=number, level=Level.HOUSE) for number in ("H1", "H2")]
    reading = read(a_part(write_ics2(master, "F11", houses), "ics2"))
    first, *below = reading.rows
    assert first == master
    assert [(row.document, row.parent, row.level, row.form, row.call) for row in below  # type: ignore[union-attr]
            ] == [(number, "ABC123", Level.HOUSE, "F11", master.call) for number in ("H1", "H2")]


def test_an_unknown_form_is_refused() -> None:
    with pytest.raises(BadRequest):
        write_ics2(a_consignment(), "F99")
