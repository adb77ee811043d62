import pytest
from tests.desk.port import ANN, NOW

from vigie.desk.shown import row_of, rows_of, tell
from vigie.terms import Handling, Moment, Texts
from vigie.tracking import Listed


class Titles:
    def title(self, indicator, language):
        return f"{indicator} in {language}"

    def handling(self, indicator):
        return Handling.AMBER_STRICT if indicator == "P7" else Handling.AMBER


@pytest.mark.parametrize(
    ("status", "due", "late"),
    [("new", NOW - 1, True), ("selected", NOW - 1, True), ("held", NOW - 1, False), ("new", NOW + 1, False), ("new", None, False)],
)
def test_late_is_what_nobody_decided_in_time(status, due, late):
    row = row_of(Listed("A-1", "A", status=status, due=due), ANN, Moment(NOW), Titles())
    assert row.late is late


def test_reasons_are_told_and_their_codes_kept():
    (row,) = rows_of([Listed("A-1", "A", reasons=("P1", "C7"))], ANN, NOW, Titles())
    assert (row.reasons, row.codes) == (("P1 in en", "C7 in en"), ("P1", "C7"))


def test_a_code_without_a_text_is_shown_as_it_is():
    texts = Texts({"known": {"en": "it is {x}"}})
    assert tell(texts, "known", "en", {"x": 1}) == "it is 1"
    assert tell(texts, "newer", "en", {}) == "newer"


def test_a_reason_above_the_clearance_is_not_named_on_a_list():
    assert ANN.clearance < Handling.AMBER_STRICT
    (row,) = rows_of([Listed("A-1", "A", reasons=("P7", "C7"), fired=2)], ANN, NOW, Titles())
    assert (row.codes, row.reasons, row.fired) == (("C7",), ("C7 in en",), 2)


def test_doubts_about_tables_are_told_with_their_reason():
    from vigie.desk.shown import doubt_text
    from vigie.terms import Doubt, Place

    wrong = Doubt("watch-row", Place(segment=2), {"reason": "unknown-kind", "kind": "ship"})
    assert doubt_text(wrong, "nl") == "De rij is onbruikbaar: deze soort is onbekend."
    assert "conteneur" in doubt_text(Doubt("outcome-unknown-box", Place(segment=2)), "fr")
    assert doubt_text(Doubt("outcome-row", Place(segment=2)), "en").startswith("The row is not")
    assert doubt_text(Doubt("foreign", Place()), "en") == "foreign"
