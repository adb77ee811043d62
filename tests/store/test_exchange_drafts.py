from vigie.store.exchange_drafts import Draft
from vigie.terms import Moment


def test_a_draft_waits_sealed_and_goes_for_ever(store):
    store.drafts.add("note--1", "ann", Moment(5), b"SECRETPAYLOAD")
    store.drafts.add("note--2", "bob", Moment(4), b"{}")
    assert [one.id for one in store.drafts.all()] == ["note--2", "note--1"]
    assert store.drafts.get("note--1") == Draft("note--1", "ann", Moment(5), b"SECRETPAYLOAD")
    assert "SECRETPAYLOAD" not in repr(store.db.rows("SELECT * FROM exchange_draft"))
    assert store.drafts.drop("note--1")
    assert not store.drafts.drop("note--1")
    assert store.drafts.get("note--1") is None
