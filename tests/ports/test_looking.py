import random

import pytest

from vigie.ports import LEVEL, NO_ROLE, WITHIN, AccessEvent, Act, collected, looked_at, roleless, third_party
from vigie.terms import DAY, HOUR, Moment

AT = Moment(20_000 * DAY)


def event(user, box, act=Act.LOOK, at=AT, role="terminal", party="p-1"):
    return AccessEvent(Moment(at), user, "tos", act, box, role=role, group="planner", party=party)


def crowd(users=20):
    return [event(f"u{n}", f"B{k}", role=NO_ROLE if (n + k) % 25 == 0 else "terminal") for n in range(users) for k in range(25)]


def test_many_boxes_without_a_role_come_first_with_their_lane():
    events = crowd() + [event("bad", f"X{n}", role=NO_ROLE) for n in range(12)]
    lanes = {f"X{n}": "EC" if n < 9 else "BR" for n in range(12)}
    first, *rest = roleless(events, lanes)
    assert (first.user, first.counted, first.looked, first.lane, first.of_lane) == ("bad", 12, 12, "EC", 9)
    assert first.q <= LEVEL < min(one.q for one in rest)


def test_not_told_is_not_suspicious():
    assert roleless([event("silent", f"X{n}", role="") for n in range(30)]) == []


def test_a_wrong_number_twice_says_nothing():
    told = {one.user: one for one in roleless([*crowd(), *(event("few", f"X{n}", role=NO_ROLE) for n in range(2))])}
    assert told["few"].chance == 1.0


@pytest.mark.parametrize(
    ("pickup", "is_third"),
    [
        ({"at": AT + HOUR, "party": "p-9"}, True),
        ({"at": AT + WITHIN, "party": "p-9"}, True),
        ({"at": AT + WITHIN + 1, "party": "p-9"}, False),
        ({"at": AT - HOUR, "party": "p-9"}, False),
        ({"at": AT + HOUR, "party": "p-1"}, False),
        ({"at": AT + HOUR, "party": ""}, True),
        ({"at": AT + HOUR, "user": "me", "party": "p-9"}, False),
    ],
)
def test_a_third_party_is_another_person_of_another_firm_soon_after(pickup, is_third):
    told = {"user": "driver"} | pickup
    one = event(told.pop("user"), "B1", Act.PICKUP, **told)
    assert (third_party(event("me", "B1"), [one]) is one) is is_third


def test_early_queries_followed_by_a_pick_up_come_first():
    events = crowd() + [event("bad", f"X{n}", role=NO_ROLE) for n in range(6)]
    events += [event("driver", f"X{n}", Act.PICKUP, AT + 3 * HOUR, "haulier", "p-9") for n in range(6)]
    events += [event("driver", "B1", Act.PICKUP, AT + 3 * HOUR, "haulier", "p-9")]
    first = collected(events)[0]
    assert (first.user, first.counted, first.boxes) == ("bad", 6, tuple(f"X{n}" for n in range(6)))
    assert first.q <= LEVEL


def test_order_and_repetition_change_nothing():
    events = crowd() + [event("bad", f"X{n}", role=NO_ROLE, at=AT + n) for n in range(12)]
    mixed = events + events[:60]
    random.Random(1).shuffle(mixed)
    assert (roleless(mixed), collected(mixed)) == (roleless(events), collected(events))


def test_boxes_tell_how_many_asked():
    events = [event("a", "B1", role=NO_ROLE), event("b", "B1", role=NO_ROLE, at=AT + 5), event("c", "B1"), event("c", "B2")]
    assert looked_at(events) == {"B1": (2, AT + 5)}
