import msgspec

from vigie.terms import AccessMark, Moment, VisitId


def test_a_mark_names_nobody_and_not_known_is_none():
    mark = AccessMark(VisitId("CSQU3054383-1"), Moment(1))
    assert {one.name for one in msgspec.structs.fields(AccessMark)} == {
        "visit", "at", "lookups_without_role", "third_party_pickup", "touched_by_uplifted"}  # fmt: skip
    assert (mark.lookups_without_role, mark.third_party_pickup, mark.touched_by_uplifted) == (None, None, None)
    assert msgspec.json.decode(msgspec.json.encode(mark), type=AccessMark) == mark
