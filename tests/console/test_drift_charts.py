import re

from hypothesis import given
from hypothesis import strategies as st

from vigie.console.charts import HEIGHT, WIDTH
from vigie.console.drift_charts import area, chart, path, precision
from vigie.risk import Controls, Point, WeekRow

RATES = st.lists(st.one_of(st.none(), st.floats(0, 1)), max_size=20)


@given(RATES)
def test_every_line_stays_within_its_box(values):
    told = path(values, 1.0)
    numbers = [tuple(map(float, pair)) for pair in re.findall(r"[ML]([\d.]+) ([\d.]+)", told)]
    assert len(numbers) == sum(value is not None for value in values)
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in numbers)


def test_a_week_without_controls_is_a_gap():
    assert path([0.1, None, 0.2], 1.0).count("M") == 2
    assert area([None, 0.1], [None, 0.2], 1.0).startswith("M")
    assert area([None], [None], 1.0) == ""


def test_marks_stand_where_weeks_alarm():
    points = (Point(1, 10, 0.1), Point(5, 10, 0.5, 0.0, 0.3, alarm="up"))
    assert len(chart(points).alarms) == 1
    weeks = [WeekRow(0, Controls(10, 1), Controls(5, 0), 0.1, 0.0, 0.4, 0.6, True)]
    assert len(precision(weeks).alarms) == 1
    assert precision([]).rate == ""
