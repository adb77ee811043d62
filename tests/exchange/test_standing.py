"""What becomes of a thing that partners tell, change and take back, in whatever order it comes."""

import itertools

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.exchange.values import BE, BR, NOW, a_header, an_id

from vigie.exchange import ExchangeRefused
from vigie.exchange.envelope import Kind
from vigie.exchange.notes import Outcome
from vigie.exchange.standing import (
    Answer,
    Erase,
    Forward,
    Hold,
    Life,
    heard,
    held,
    lifted,
    passed,
    passed_on,
)
from vigie.terms import DAY, Moment

LATER = Moment(NOW + 30 * DAY)
HOLD = Hold("court of Antwerp", "BE-2026-17", "art. 39bis CCP", Moment(NOW + DAY), "ann", "bob")


def said(kind=Kind.PUT, version=1, origin=BE, **more):
    return a_header(0, kind=kind, version=version, origin=origin, id=an_id(), **more)


def told(*headers, start=None, originator=BE):
    step = None
    for header in headers:
        step = heard(step.standing if step else start, header, originator, NOW)
    return step


def refused(act, *args):
    with pytest.raises(ExchangeRefused) as wrong:
        act(*args)
    return wrong.value.facts["reason"]


def test_a_thing_is_told_and_kept():
    step = told(said())
    assert step.store
    assert (step.standing.version, step.standing.bodies, step.deeds) == (1, (1,), ())


def test_a_revision_erases_what_was_before_and_says_so():
    step = told(said(), said(Kind.REVISE, 2))
    assert step.store
    assert step.standing.bodies == (2,)
    assert step.deeds == (Erase((1,)), Answer((BE,), 2, Outcome.ERASED))


def test_a_retraction_erases_says_so_and_goes_on_to_whom_it_was_passed():
    start = passed_on(told(said()).standing, (BR,))
    step = told(said(Kind.RETRACT, 2), start=start)
    assert step.standing.life is Life.RETRACTED
    assert step.deeds == (Erase((1,)), Answer((BE,), 2, Outcome.ERASED), Forward((BR,), Kind.RETRACT, 2))
    assert not step.store


def test_a_retraction_that_comes_first_keeps_the_thing_out():
    step = told(said(Kind.RETRACT, 2), said())
    assert not step.store
    assert step.standing.bodies == ()
    assert step.deeds == (Answer((BE,), 1, Outcome.NEVER),)


def test_a_revision_that_comes_first_makes_the_older_version_superfluous():
    step = told(said(Kind.REVISE, 2), said())
    assert (step.store, step.standing.bodies, step.standing.version) == (False, (2,), 2)


def test_only_who_told_it_may_take_it_back():
    assert refused(told, said(), said(Kind.RETRACT, 2, BR)) == "exchange-not-originator"
    known = told(said()).standing
    assert refused(heard, known, said(version=2, origin=BR), BR, NOW) == "exchange-not-originator"
    assert refused(told, said(), said(Kind.REVISE, 1)) == "exchange-version-taken"


def test_two_roads_for_one_thing():
    """Belgium told it, Brazil passed it on as well: Brazil can only take back its own road."""
    both = told(said(), said(origin=BR)).standing
    assert both.senders == (BE, BR)
    one = told(said(Kind.RETRACT, 2, BR), start=both)
    assert one.standing.bodies == (1,)
    assert one.deeds == (Answer((BR,), 2, Outcome.KEPT),)
    none = told(said(Kind.RETRACT, 2), start=both)
    assert none.standing.bodies == ()


def test_time_runs_out_without_anybody_saying_so():
    standing = told(said(retain_until=LATER)).standing
    assert passed(standing, Moment(LATER - 1)).deeds == ()
    step = passed(standing, LATER)
    assert step.standing.life is Life.EXPIRED
    assert step.deeds == (Erase((1,)), Answer((BE,), 1, Outcome.ERASED))
    assert passed(step.standing, LATER).deeds == ()


def test_a_hold_keeps_and_lifting_erases_at_once():
    standing = held(told(said()).standing, HOLD, NOW).standing
    step = told(said(Kind.RETRACT, 2), start=standing)
    assert step.deeds == (Answer((BE,), 2, Outcome.KEPT, HOLD),)
    assert (step.standing.bodies, step.standing.due) == ((1,), (1,))
    free = lifted(step.standing)
    assert free.deeds == (Erase((1,)), Answer((BE,), 2, Outcome.ERASED))
    assert free.standing.bodies == ()


def test_a_hold_ends_by_itself():
    standing = told(said(Kind.RETRACT, 2), start=held(told(said()).standing, HOLD, NOW).standing).standing
    assert passed(standing, Moment(HOLD.until - 1)).deeds == ()
    assert passed(standing, HOLD.until).deeds[0] == Erase((1,))


def test_a_hold_on_what_nobody_takes_back_leaves_it():
    standing = held(told(said()).standing, HOLD, NOW).standing
    step = lifted(standing)
    assert (step.standing.bodies, step.deeds, step.standing.hold) == ((1,), (), None)
    assert lifted(step.standing).deeds == ()


@pytest.mark.parametrize(
    ("field", "value"),
    [("authority", " "), ("case", ""), ("ground", ""), ("until", NOW), ("confirmed_by", "ann"), ("asked_by", "")],
)
def test_a_hold_takes_an_authority_a_case_a_ground_an_end_and_two_officers(field, value):
    standing = told(said()).standing
    wrong = msgspec.structs.replace(HOLD, **{field: value})
    assert refused(held, standing, wrong, NOW) == "exchange-bad-hold"


def test_one_hold_at_a_time():
    assert refused(held, held(told(said()).standing, HOLD, NOW).standing, HOLD, NOW) == "exchange-held"


ENTRIES = [said(), said(Kind.REVISE, 2), said(Kind.REVISE, 3), said(Kind.RETRACT, 4)]


@pytest.mark.parametrize("order", list(itertools.permutations(range(4))))
def test_in_whatever_order_they_come_nothing_is_left_of_what_was_taken_back(order):
    standing, kept = None, set()
    for place in order:
        step = heard(standing, ENTRIES[place], BE, NOW)
        standing = step.standing
        kept |= {ENTRIES[place].version} if step.store else set()
        for deed in step.deeds:
            kept -= set(deed.versions) if isinstance(deed, Erase) else set()
        assert set(standing.bodies) == kept
    assert (standing.life, kept) == (Life.RETRACTED, set())


@given(st.lists(st.sampled_from(["put", "revise", "retract", "expire", "hold", "lift", "time"]), max_size=12))
def test_what_is_kept_is_always_known_and_what_is_due_is_always_held(acts):
    standing, kept, now = None, set(), NOW
    for version, act in enumerate(acts, 1):
        now = Moment(now + DAY // 2)
        if act in ("put", "revise", "retract", "expire"):
            step = heard(standing, said(Kind(act), version, retain_until=LATER), BE, now)
            kept |= {version} if step.store else set()
        elif standing is None:
            continue
        elif act == "hold" and standing.hold is None:
            step = held(standing, msgspec.structs.replace(HOLD, until=Moment(now + DAY)), now)
        else:
            step = lifted(standing) if act == "lift" else passed(standing, now)
        standing = step.standing
        for deed in step.deeds:
            kept -= set(deed.versions) if isinstance(deed, Erase) else set()
        assert set(standing.bodies) == kept
        assert set(standing.due) <= kept
        assert not standing.due or standing.hold is not None
        assert standing.life is Life.LIVE or set(standing.due) == kept
