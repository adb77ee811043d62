from vigie.arrivals import Level
from vigie.arrivals.ics2.fields import DOCUMENT_TYPES, FORMS


def test_every_level_has_its_document_and_the_forms_are_those_by_sea() -> None:
    assert set(DOCUMENT_TYPES) == set(Level)
    assert sorted(FORMS) == [f"F{number}" for number in range(10, 18)]
