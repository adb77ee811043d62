import msgspec
import pytest

from vigie.risk import WEEK, Controls, Counted, Drawn, bound_of_none, chance, needed, proposal, strata_rows, week_rows
from vigie.terms import BadRequest

WEEKS = tuple(range(0, 30 * WEEK, WEEK))


def a_year(score=(0.02, 100), random=(0.0, 10), pool=1000):
    rate, n = score
    rows = [Controls(n, round(rate * n))] * len(WEEKS)
    hits = round(random[0] * random[1])
    drawn = [Drawn(week, place < hits, random[1] / pool) for week in WEEKS for place in range(random[1])]
    total = {"score": Controls(n * len(WEEKS), round(rate * n) * len(WEEKS)),
             "uniform": Controls(random[1] * len(WEEKS), hits * len(WEEKS))}  # fmt: skip
    return Counted(
        WEEKS, {name: one.n for name, one in total.items()}, total, tuple(rows), tuple([Controls(random[1], hits)] * len(WEEKS)),
        tuple(drawn), tuple([pool] * len(WEEKS)), {}, {}, (), (), rows=pool * len(WEEKS),
    )  # fmt: skip


@pytest.mark.parametrize(("rate", "n"), [(1e-4, 29_956), (3e-3, 998), (0.5, 5)])
def test_so_many_scans_are_needed_and_one_less_is_not_enough(rate, n):
    assert needed(rate) == n
    assert 1 - (1 - rate) ** n >= 0.95 > 1 - (1 - rate) ** (n - 1)
    assert bound_of_none(n) <= rate


@pytest.mark.parametrize("rate", [0.0, 1.0, -1.0, float("nan")])
def test_no_rate_is_no_question(rate):
    with pytest.raises(BadRequest):
        needed(rate)


def test_every_rate_stands_with_its_interval():
    for row in strata_rows(a_year()):
        assert row.low <= row.rate <= row.high
    assert [row.stratum for row in strata_rows(a_year())] == ["score", "uniform"]


def test_a_score_better_than_chance_raises_no_alarm_and_one_no_better_does():
    assert not any(row.alarm for row in week_rows(a_year(score=(0.20, 100), random=(0.0, 20)))[13:])
    assert week_rows(a_year(score=(0.01, 100), random=(0.1, 10)))[-1].alarm


def test_where_nobody_was_drawn_nothing_is_claimed():
    empty = msgspec.structs.replace(a_year(), drawn=(), random=tuple([Controls()] * len(WEEKS)))
    assert (chance(empty).low, chance(empty).high) == (0.0, 1.0)
    assert not any(row.alarm for row in week_rows(empty))


def test_a_proposal_follows_alarm_change_and_quiet():
    good, bad = week_rows(a_year(score=(0.2, 100), random=(0.0, 20))), week_rows(a_year(score=(0.0, 100), random=(0.1, 10)))
    quiet = [msgspec.structs.replace(row, alarm=False) for row in good]
    assert [proposal(100, *asked).proposed for asked in ((bad, 0), (good, 3), (quiet, 0), ((), 0))] == [150, 150, 80, 100]
    assert proposal(190, bad, 0).proposed == 200
    assert proposal(50, quiet, 0).proposed == 50
