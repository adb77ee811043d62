"""The worklist row, and how far an officer reaches."""

import msgspec
import pytest

from vigie.arrivals import Part
from vigie.terms import Doubt, Moment, Place, VisitId
from vigie.tracking import SORTS, Listed, Query, Reach, described


@pytest.mark.parametrize(("reach", "site", "handling", "seen"), [
    (Reach(2), "BEANR", 2, True), (Reach(2), "BEANR", 3, False), (Reach(2, ("BEANR",)), "BEANR", 0, True),
    (Reach(4, ("BEGNE", "NLRTM")), "BEANR", 0, False), (Reach(4, none=True), "BEANR", 0, False), (Reach(), "", 0, True),
])  # fmt: skip
def test_reach(reach: Reach, site: str, handling: int, seen: bool) -> None:
    assert reach.covers(Listed(VisitId("A-1"), "A", site=site, handling=handling)) is seen


def test_every_sort_is_a_column_of_the_row() -> None:
    assert set(SORTS) <= set(Listed.__struct_fields__)
    assert Query().sort in SORTS


def test_a_row_survives_a_round_trip() -> None:
    row = Listed(VisitId("A-1"), "A", due=Moment(5), reefer=False, reasons=("X",))
    assert msgspec.json.decode(msgspec.json.encode(row), type=Listed) == row


def test_a_part_is_described_without_its_bytes() -> None:
    doubt = Doubt("x", Place())
    part = Part("edifact", "BAPLIE", "M1", 3, b"head", b"body", 77, 9, sent_at=Moment(4))
    told = described(part, 12, Moment(5), 2, (doubt,))
    assert (told.unit, told.hlc, told.message, told.number, told.form) == (12, 5, "M1", 3, "BAPLIE")
    assert (told.offset, told.segment, told.sent_at, told.rows, told.doubts) == (77, 9, 4, 2, (doubt,))
