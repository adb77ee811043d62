import msgspec
import numpy as np
import pytest

from vigie.trends import Count, monitored, month_text
from vigie.trends.monitor import SINCE_DROP


def test_a_shift_is_told_with_port_month_start_and_interval(series):
    told = monitored(series(after=(5, 8, 1)))
    assert told.says == "moved"
    alarm = told.alarm
    assert (alarm.name, alarm.direction, alarm.source) == ("B", "up", "A")
    assert alarm.since_low <= "2024-01" <= alarm.since_high
    assert "2024-01" <= alarm.month <= "2024-04"
    assert alarm.ratio.low > 1


def test_more_scans_of_small_ports_alone_are_no_shift(series):
    assert monitored(series(before=(12, 2, 2), after=(12, 4, 4), looks=2)).says == "nothing"


def test_more_findings_everywhere_are_no_shift(series):
    assert monitored(series(after=(24, 2, 2))).says == "nothing"


def test_without_inspections_only_counts_are_told(series):
    told = monitored(series(after=(5, 8, 1), inspected=(None, None, None)))
    assert (told.says, told.alarm, told.standings) == ("counts-only", None, ())
    assert told.findings == {"A": 12 * 24 + 5 * 12, "B": 24 + 96, "C": 36}


def test_a_port_without_inspections_is_left_out_and_named(series):
    told = monitored(series(after=(5, 8, 1), inspected=(1000, None, 1000)))
    assert told.silent == ("B",)
    assert "B" not in told.names
    assert told.alarm is None or told.alarm.name != "B"


def test_the_order_of_rows_does_not_matter(series):
    counts = series(after=(5, 8, 1))
    assert monitored(counts[::-1]) == monitored(counts)


def test_missing_months_and_cells_are_borne(series):
    counts = [one for one in series(after=(5, 8, 1)) if one.month % 7 and not (one.month % 5 == 0 and one.port == "C")]
    told = monitored(counts)
    assert told.says == "moved"
    assert told.alarm.name == "B"


def test_a_port_that_opens_late_waits(series):
    counts = [*series(), *(Count(12 * 2024 + month, "New", "", 9.0, None, 100) for month in range(12))]
    told = monitored(counts)
    assert "New" in told.silent


@pytest.mark.parametrize(("months", "before", "says"), [(12, (12, 1, 1), "too-short"), (36, (0, 0, 0), "too-few")])
def test_too_little_is_said_to_be_too_little(series, months, before, says):
    assert monitored(series(months=months, before=before)).says == says


def test_nothing_at_all_and_one_port_alone_are_too_few(series):
    assert monitored([]).says == "too-few"
    assert monitored([one for one in series() if one.port == "A"]).says == "too-few"


def test_routes_are_compared_by_the_same_test(series):
    routes = [msgspec.structs.replace(one, port="X", route=one.port) for one in series(after=(5, 8, 1))]
    told = monitored(routes, "route")
    assert (told.says, told.alarm.name, told.by) == ("moved", "B", "route")


def test_months_are_told_as_they_are_written(series):
    told = monitored(series())
    assert (told.first, told.last, told.monitored) == ("2022-01", "2024-12", "2023-01")
    assert month_text(12 * 2022) == told.first


def test_the_width_of_an_interval_is_what_it_is_said_to_be():
    assert (1 - np.exp(-SINCE_DROP / 2)) ** 2 == pytest.approx(0.95, abs=1e-4)


@pytest.mark.parametrize(("step", "months", "most"), [(0.15, 1200, 0.965), (1.0, 60, 0.99)])
def test_walks_away_from_a_true_start_rise_above_it_by_no_more_than_that(step, months, most):
    chance = np.random.default_rng(7)
    steps = chance.normal(-(step**2) / 2, step, (2, 4000, months))  # of the log-likelihood ratio of two normal laws
    lost = 2 * np.maximum(steps.cumsum(axis=2).max(axis=2), 0).max(axis=0)
    assert 0.945 < (lost <= SINCE_DROP).mean() < most


def hidden(counts, where, value=None):
    return [msgspec.structs.replace(one, inspected=value) if where(one) else one for one in counts]


@pytest.mark.parametrize("late", [lambda one: one.month >= 12 * 2024, lambda one: one.month < 12 * 2024])
def test_a_year_or_two_without_any_inspections_leave_counts_alone(series, late):
    told = monitored(hidden(series(after=(5, 8, 1)), late))
    assert (told.says, told.alarm, told.standings) == ("counts-only", None, ())
    assert set(told.missing) == {"A", "B", "C"}


def test_a_port_whose_last_year_is_missing_is_left_out_and_its_months_are_named(series):
    told = monitored(hidden(series(after=(5, 8, 1)), lambda one: one.port == "B" and one.month >= 12 * 2024))
    assert (told.silent, told.names) == (("B",), ("A", "C"))
    assert told.missing == {"B": ("2024-01/2024-12",)}


def test_single_months_count_for_nothing_and_are_named(series):
    told = monitored(hidden(series(after=(5, 8, 1)), lambda one: one.month in (12 * 2022 + 5, 12 * 2022 + 6, 12 * 2024 + 3)))
    assert (told.says, told.alarm.name, told.silent) == ("moved", "B", ())
    assert told.missing == dict.fromkeys("ABC", ("2022-06/2022-07", "2024-04/2024-04"))


def test_no_inspection_at_all_is_no_effort_that_could_be_reckoned_with(series):
    told = monitored(hidden(series(after=(5, 8, 1)), lambda one: True, 0.0))
    assert (told.says, told.silent) == ("counts-only", ("A", "B", "C"))
    assert told.missing == dict.fromkeys("ABC", ("2022-01/2024-12",))
    assert monitored(series(after=(5, 8, 1))).missing == {}
