import random

from vigie.ports import AccessEvent, Act, Habits, surprises
from vigie.terms import DAY, HOUR, Moment

DAY_0 = 20_000
TODAY = DAY_0 + 14


def badge(user, zone, day, hour, group="planner", act=Act.BADGE):
    return AccessEvent(Moment(day * DAY + round(hour * HOUR)), user, "doors", act, zone=zone, group=group)


def history():
    return [badge(f"u{n}", f"zone-{n % 2}", DAY_0 + day, 7 + n % 5 + k / 9) for n in range(20) for day in range(15) for k in range(3)]


def test_a_foreign_zone_at_night_is_the_most_surprising_day():
    night = [badge("u3", "zone-x", TODAY, 2 + n / 9) for n in range(3)]
    first, second, *_ = surprises([*history(), badge("u9", "zone-x", DAY_0, 12), *night], TODAY)
    assert first.user == "u3"
    assert first.bits > second.bits
    assert first.chance < 0.01
    assert {zone for _, zone in first.places} == {"zone-x"}


def test_what_peers_do_is_less_surprising_than_what_nobody_does():
    events = history()
    bits = {one.user: one.bits for one in surprises([*events, badge("u3", "zone-0", TODAY, 8), badge("u5", "zone-q", TODAY, 8)], TODAY)}
    assert bits["u3"] < bits["u5"]


def test_the_own_habit_is_learnt_but_not_counted_among_the_peers():
    odd = [badge("u1", "zone-odd", DAY_0 + day, 2 + k / 9) for day in range(14) for k in range(8)]
    events = history() + odd
    habits = Habits()
    habits.learn(events)
    assert habits.bits(badge("u1", "zone-odd", TODAY, 2)) < 2
    usual = badge("u3", "zone-1", TODAY, 9)
    assert habits.bits(badge("u3", "zone-odd", TODAY, 2)) > habits.bits(usual) + 3


def test_without_a_past_nobody_is_judged():
    assert surprises([badge("u1", "zone-0", TODAY, 2)], TODAY) == []
    assert surprises([], TODAY) == []


def test_nothing_after_the_day_counts_and_order_changes_nothing():
    events = history()
    wanted = surprises(events, TODAY - 3)
    mixed = [*events, *events[:50], *(badge("u2", "zone-z", TODAY + 5, 3 + k / 9) for k in range(9))]
    random.Random(2).shuffle(mixed)
    assert surprises(mixed, TODAY - 3) == wanted


def test_look_ups_are_judged_by_hours_alike():
    looks = [badge(f"u{n}", "", DAY_0 + day, 9, act=Act.LOOK) for n in range(20) for day in range(15)]
    first = surprises([*looks, *(badge("u4", "", TODAY, 3 + k / 9, act=Act.LOOK) for k in range(3))], TODAY, Act.LOOK)[0]
    assert first.user == "u4"


def test_chances_of_an_ordinary_day_are_spread_evenly():
    """A day like all others: about one person in ten lies in the worst tenth."""
    chance = random.Random(5)
    events = [badge(f"u{n}", f"zone-{chance.randrange(6)}", DAY_0 + day, chance.randrange(24)) for n in range(60) for day in range(30) for _ in range(5)]
    told = surprises(events, DAY_0 + 29)
    assert len(told) == 60
    assert sum(one.chance <= 0.1 for one in told) <= 14
