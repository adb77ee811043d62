from vigie.terms import DAY, HOUR, Moment
from vigie.world import day, running
from vigie.world.chance import stream
from vigie.world.consignments import voyage_for
from vigie.world.demonstration import AHEAD_DAYS
from vigie.world.emit import EARLIEST_DAYS
from vigie.world.services import SERVICES

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


def test_a_demonstration_goes_on_without_making_its_past_again():
    whole = list(day(5, NOW, scale=0.05, boxes=2500, hours=30).running)
    later = Moment(NOW + 10 * HOUR)
    again = list(running(5, NOW, later, scale=0.05, hours=20))
    expected = [emission for emission in whole if emission.at >= later]
    assert {emission.name for emission in again} == {emission.name for emission in expected}
    assert again == expected


def test_no_ship_of_the_day_is_further_away_than_is_looked_ahead():
    longest = 0
    for service in SERVICES:
        for site, _ in service.sites:
            for seed in range(5):
                voyage = voyage_for(service, site, NOW, stream(seed, service.id))
                longest = max(longest, NOW - min(voyage.departures.values()))
    assert longest / DAY + EARLIEST_DAYS.value < AHEAD_DAYS.value
