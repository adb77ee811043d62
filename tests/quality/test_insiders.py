"""Insiders: what is planted is counted as planted, and the figures carry their intervals."""

from benchmarks.quality import insiders

from vigie.world import Behaviour


def test_a_log_tells_of_each_behaviour_whether_it_was_named():
    told, others = insiders.named(0)
    assert 0.0 < others < 1.0
    assert set(told) == set(Behaviour)
    assert all(named or not flagged for named, flagged in told.values())


def test_without_planted_people_every_flag_is_false():
    false, found = insiders.discoveries(1, 0)
    assert found is None
    assert false in (0.0, 1.0)


def test_logs_without_and_with_planted_people_differ_in_them_alone():
    events, checked, bad = insiders.touched(1, 3)
    assert bad == {"u0", "u1", "u2"}
    positive = {one.container for one in checked if one.positive}
    assert all(sum(e.user == user and e.container in positive for e in events) >= 10 for user in bad)
