"""Versions and steps are only ever added, on all stores alike."""

import pytest

from vigie.risk import RuleKind, RuleStep, RuleVersion, State
from vigie.store import Store
from vigie.terms import Moment, OfficerId

ANN, BOB = OfficerId("ann"), OfficerId("bob")
KIND = RuleKind.INDICATOR


def a_version(version: int = 1, name: str = "X1", kind: RuleKind = KIND) -> RuleVersion:
    return RuleVersion(kind, name, version, "h", b"\x00body", ANN, Moment(5), State.DRAFT, "", "why é", Moment(1), None)


def a_step(verb: str, state: State, version: int = 1) -> RuleStep:
    return RuleStep(KIND, "X1", version, verb, state, BOB, Moment(7), "because")


def test_versions_stand_where_their_steps_brought_them(store: Store) -> None:
    before = store.rules.stamp()
    store.rules.add(a_version())
    store.rules.add(a_version(2))
    store.rules.add(a_version(name="Y1"))
    store.rules.add(a_version(kind=RuleKind.MODEL))
    store.rules.step(a_step("submit", State.SUBMITTED), State.DRAFT)
    store.rules.step(a_step("approve", State.APPROVED), State.SUBMITTED)
    assert [(one.id, one.version, one.state) for one in store.rules.versions(KIND)] == [
        ("X1", 1, State.APPROVED), ("X1", 2, State.DRAFT), ("Y1", 1, State.DRAFT)]  # fmt: skip
    found = store.rules.get(KIND, "X1", 1)
    assert found is not None
    assert (found.approved_by, found.body, found.reason, found.valid_until) == ("bob", b"\x00body", "why é", None)
    assert [one.verb for one in store.rules.steps(KIND, "X1", 1)] == ["draft", "submit", "approve"]
    assert len(store.rules.steps(KIND)) == 5
    assert store.rules.stamp() == before + 6
    assert store.rules.get(KIND, "Z9", 1) is None


def test_a_version_is_made_once_and_a_step_starts_where_it_was_seen(store: Store) -> None:
    store.rules.add(a_version())
    stamp = store.rules.stamp()
    with pytest.raises(ValueError, match="there"):
        store.rules.add(a_version())
    with pytest.raises(ValueError, match="moved on"):
        store.rules.step(a_step("live", State.LIVE), State.APPROVED)
    store.rules.step(RuleStep(KIND, "C7", 1, "retire", State.RETIRED, BOB, Moment(7)), State.LIVE)
    assert store.rules.stamp() == stamp + 1


def test_a_policy_is_kept_whole_and_once(store: Store) -> None:
    assert store.rules.keep_policy("abc", b"{}", Moment(9))
    assert not store.rules.keep_policy("abc", b"other", Moment(10))
    assert store.rules.policy("abc") == b"{}"
    assert (store.rules.keeps("abc"), store.rules.keeps("nothing")) == (True, False)
    assert store.rules.policy("nothing") is None
    assert store.rules.policies() == [("abc", 9)]
