"""The outbox: every job is done, by one worker at a time."""

from vigie.store import Store
from vigie.terms import Moment


def test_jobs_are_leased_and_come_back_when_a_worker_dies(store: Store) -> None:
    first, second = (store.outbox.put("score", body) for body in (b"1", b"2"))
    assert [job.id for job in store.outbox.claim("score", 1, 30, Moment(100))] == [first]
    assert [job.id for job in store.outbox.claim("score", 5, 30, Moment(101))] == [second]
    assert store.outbox.claim("score", 5, 30, Moment(102)) == []
    back = store.outbox.claim("score", 5, 30, Moment(130))
    assert [(job.id, job.body, job.tries) for job in back] == [(first, b"1", 2)]
    assert store.outbox.done([first, first]) == 1
    store.outbox.again(second, Moment(500))
    assert store.outbox.claim("score", 5, 30, Moment(499)) == []
    assert store.outbox.waiting("score") == 1
    assert store.outbox.waiting("other") == 0
