"""Rights and access logs as columns: unknown where nobody tells, and the evidence is the entry that noted them."""

import msgspec
from tests.risk.visits import NOW, T0, a_line, a_visit

from vigie.risk import COLUMNS, columns, evidence_entries, load_catalogue
from vigie.terms import AccessMark, Moment, VisitId
from vigie.tracking import AccessNote, PartnerMark, PartnerNote, PictureMark, PictureNote, ReleaseMark, ReleaseNote

NAMES = ("release_hands", "release_reissued", "release_refusals", "release_wrong_keys",
         "lookups_without_role", "third_party_pickup", "touched_by_uplifted",
         "partner_movements", "partner_requests", "partner_methods", "partner_seizures",
         "origin_pictures", "origin_pictures_missing", "picture_differences")  # fmt: skip
RIGHT = ReleaseNote(Moment(T0 + 5), ReleaseMark(9, 3, 1, 2, 4, party=7, terminal="1742", vehicle=8, carrier=7))
HEARD = PartnerNote(Moment(T0 + 7), PartnerMark(1, 2, 3, 4))
SHOWN = PictureNote(Moment(T0 + 8), PictureMark(3, 1, 2))
LOG = AccessNote(Moment(T0 + 6), AccessMark(VisitId("X-1"), Moment(1), 2, True, None))


def a_box(**notes):
    return msgspec.structs.replace(a_visit(a_line()), **notes)


def told(**notes):
    row = dict(zip((column.name for column in COLUMNS), columns(a_box(**notes), (), NOW), strict=True))
    return tuple(row[name] for name in NAMES)


def test_what_nobody_tells_is_unknown():
    assert told()[:7] == (None,) * 7
    assert told(release=RIGHT)[:7] == (3, 1, 2, 4, None, None, None)
    assert told(access=LOG)[:7] == (None,) * 4 + (2, True, None)
    assert told(release=RIGHT, access=LOG)[:7] == (3, 1, 2, 4, 2, True, None)


def test_that_no_partner_told_anything_is_known():
    assert told()[7:] == told(access=LOG)[7:] == (0,) * 7
    assert told(partner=HEARD) == (None,) * 7 + (1, 2, 3, 4, 0, 0, 0)


def test_pictures_from_elsewhere_are_counted():
    assert told(picture=SHOWN) == (None,) * 7 + (0, 0, 0, 0, 3, 1, 2)


def test_no_column_carries_a_party_or_a_vehicle():
    row = columns(a_box(release=RIGHT, access=LOG), (), NOW)
    assert not {7, 8} & {value for value in row if isinstance(value, int) and not isinstance(value, bool)}


def test_the_evidence_is_the_entry_that_noted_it():
    catalogue = load_catalogue()
    box = a_box(release=RIGHT, access=LOG)
    assert evidence_entries(box, catalogue.get("T4R")) == {"release_refusals": (T0 + 5,), "release_wrong_keys": (T0 + 5,)}
    assert evidence_entries(box, catalogue.get("I2")) == {"lookups_without_role": (T0 + 6,)}
    assert evidence_entries(a_box(picture=SHOWN), catalogue.get("S2"))["picture_differences"] == (T0 + 8,)
    assert evidence_entries(a_box(partner=HEARD), catalogue.get("X1")) == {"partner_movements": (T0 + 7,)}
    assert evidence_entries(a_box(), catalogue.get("I2")) == {"lookups_without_role": ()}
