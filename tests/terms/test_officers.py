import msgspec

from vigie.terms import AuditEntry, Handling, Moment, Officer, OfficerId, Purpose, Role


def test_an_officer_of_an_older_version_is_read_with_what_was_added_since():
    old = b'{"id":"a","name":"A","roles":["auditor"],"clearance":2,"purposes":["oversight"]}'
    officer = msgspec.json.decode(old, type=Officer)
    assert officer == Officer(OfficerId("a"), "A", (Role.AUDITOR,), Handling.AMBER, (Purpose.OVERSIGHT,))
    assert officer.active
    assert officer.sites == ()


def test_an_audit_entry_is_a_value_and_reads_back():
    entry = AuditEntry(OfficerId("a"), Purpose.TARGETING, "see", "CSQU3054383-1", "refused", Moment(7), {"n": 1})
    assert msgspec.json.decode(msgspec.json.encode(entry), type=AuditEntry) == entry
