import pytest

from vigie.trends import Upstream, falls, year_ratios

FIGURES = (
    Upstream(2023, 116, "government.nl", True), Upstream(2023, 45, "AFP", False), Upstream(2024, 44, "Belga", True),
    Upstream(2024, 81, "AFP", False),
)  # fmt: skip


def test_a_fall_at_the_port_is_a_smaller_fall_of_the_whole():
    (told,) = falls(FIGURES)
    assert told.at_port_low == pytest.approx(-0.6207, abs=1e-4)  # 116 to 44 t
    assert told.whole_low == pytest.approx(-0.2236, abs=1e-4)  # 161 to 125 t
    assert [one.contradicting for one in year_ratios(FIGURES)] == [False, False]


def test_every_source_counts_and_contradiction_is_told():
    first, _ = year_ratios((*FIGURES, Upstream(2023, 80, "Belga", False)))
    assert first.contradicting
    assert (first.low, first.high) == (round(116 / 196, 4), round(116 / 161, 4))


def test_a_year_told_of_on_one_side_only_is_left_out():
    assert year_ratios(FIGURES[:1]) == ()
    assert falls(FIGURES[:2]) == ()
