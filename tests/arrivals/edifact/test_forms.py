"""Every form that is cut into groups has a reader, and no other."""

from vigie.arrivals.edifact.forms import FORMS, RUN
from vigie.arrivals.edifact.rows import FORMS_READ


def test_every_form_is_read():
    assert set(FORMS) == set(FORMS_READ)


def test_consignments_stand_alone_and_lists_run():
    assert FORMS["CUSCAR"].groups == 1
    assert FORMS["BAPLIE"].groups == RUN == 50
