"""Notices reach whom they are for."""

from vigie.store import Store
from vigie.terms import Moment, VisitId
from vigie.tracking import Notice

BOX = VisitId("MSCU1234566-1")


def test_notices_reach_one_officer_or_all_of_a_site(store: Store) -> None:
    store.notices.add([
        Notice(BOX, "moved", Moment(1), "ana", facts={"to": "BEGNE"}), Notice(BOX, "deadline", Moment(2), "", "BEANR"),
        Notice(BOX, "moved", Moment(3), "ben", "BEANR"),
    ])  # fmt: skip
    assert [notice.code for notice in store.notices.page("ana", ["BEANR"])] == ["deadline", "moved"]
    assert [notice.code for notice in store.notices.page("ana", ["BEGNE"])] == ["moved"]
    first = store.notices.page("ana", limit=1)[0]
    assert [notice.facts for notice in store.notices.page("ana", before=first.id)] == [{"to": "BEGNE"}]
    assert store.notices.unseen("ana") == 2
    assert store.notices.seen([first.id, first.id], Moment(9)) == 1
    assert store.notices.seen([first.id], Moment(10)) == 0
    assert store.notices.unseen("ana") == 1
    assert store.notices.told(BOX, "deadline")
    assert not store.notices.told(BOX, "amended")
