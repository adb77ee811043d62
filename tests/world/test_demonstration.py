from vigie.terms import DAY, HOUR, Moment
from vigie.world import day

NOW = Moment(20_700 * DAY + 6 * HOUR)


def test_a_day_has_a_past_and_runs():
    simulated = day(5, NOW, scale=0.1, boxes=1500, hours=6)
    assert all(emission.at < NOW for emission in simulated.history)
    running = list(simulated.running)
    assert running
    assert all(NOW <= emission.at < NOW + 6 * HOUR for emission in running)
    assert [emission.at for emission in running] == sorted(emission.at for emission in running)
    kinds = {emission.kind for emission in simulated.history}
    assert kinds >= {"cuscar", "controls", "ics2", "coarri", "codeco"}
    assert simulated.book.boxes > 1000


def test_the_same_seed_gives_the_same_day():
    one, other = (day(5, NOW, scale=0.05, boxes=200, hours=2) for _ in range(2))
    assert one.history == other.history
    assert list(one.running) == list(other.running)
