from vigie.trends import delays


def test_larger_shifts_are_seen_more_often_and_sooner(series):
    told = delays(series(before=(12, 1, 1)), series=60)
    assert [one.moving for one in told] == [0.1, 0.15, 0.25, 0.35, 0.5]
    assert told[0].found <= told[2].found <= told[-1].found
    assert told[-1].months <= told[1].months
    assert told[-1].found > 0.9


def test_without_a_small_port_nothing_is_told(series):
    assert delays(series(before=(5, 5, 5))) == ()
    assert delays([]) == ()
