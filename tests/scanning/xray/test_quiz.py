"""Quizzes: drawn fairly, judged by place, added up with honest intervals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigie.scanning import Judged, QuizAnswer, QuizItem, draw_quiz, judged, place_in, record_of

SCANS = [f"scan-{n}" for n in range(12)]


def test_a_quiz_is_the_same_for_its_seed_and_half_of_it_holds_threats():
    assert draw_quiz(3, SCANS, ["a", "b"], 10) == draw_quiz(3, SCANS, ["a", "b"], 10)
    assert draw_quiz(3, SCANS, ["a", "b"], 10) != draw_quiz(4, SCANS, ["a", "b"], 10)
    share = sum(bool(item.cutout) for seed in range(100) for item in draw_quiz(seed, SCANS, ["a"], 11)) / 1100
    assert share == pytest.approx(0.5, abs=0.03)


def test_no_background_comes_twice_while_others_are_left():
    told = draw_quiz(1, SCANS, ["a"], 30)
    assert len({item.background for item in told[:12]}) == 12
    assert len({item.background for item in told[12:24]}) == 12


def test_place_of_threats_in_the_quiz_is_chance():
    first = sum(bool(draw_quiz(seed, SCANS, ["a"], 10)[0].cutout) for seed in range(300))
    assert 110 < first < 190


def test_without_backgrounds_or_threats():
    assert draw_quiz(1, [], ["a"], 5) == ()
    assert not any(item.cutout for item in draw_quiz(1, SCANS, [], 5))


@given(st.integers(0, 10_000), st.integers(1, 400), st.integers(1, 300))
def test_a_threat_is_placed_within_where_it_fits(seed, wide, high):
    x, y = place_in((50, 60, 400, 300), (wide, high), seed)
    assert 50 <= x <= 450 - wide
    assert 60 <= y <= 360 - high


WITH, WITHOUT, TRUTH = QuizItem(0, "s", "a", 1), QuizItem(0, "s", "", 1), (100, 100, 40, 30)


@pytest.mark.parametrize(
    ("item", "answer", "told"),
    [
        (WITH, QuizAnswer(True, ((110, 105, 10, 10),)), Judged.HIT),
        (WITH, QuizAnswer(True, ((5, 5, 10, 10), (135, 125, 20, 20))), Judged.HIT),
        (WITH, QuizAnswer(True, ((300, 100, 10, 10),)), Judged.MISPLACED),
        (WITH, QuizAnswer(True), Judged.MISPLACED),
        (WITH, QuizAnswer(False, ((110, 105, 10, 10),)), Judged.MISS),
        (WITHOUT, QuizAnswer(True, ((110, 105, 10, 10),)), Judged.FALSE_ALARM),
        (WITHOUT, QuizAnswer(False), Judged.REJECTION),
    ],
)
def test_an_answer_is_judged_by_word_and_place(item, answer, told):
    assert judged(item, answer, TRUTH) is told


def outcomes(hits, misses, false, clean):
    return [Judged.HIT] * hits + [Judged.MISS] * misses + [Judged.FALSE_ALARM] * false + [Judged.REJECTION] * clean


def test_a_record_counts_and_tells_its_uncertainty():
    told = record_of([*outcomes(8, 1, 1, 9), Judged.MISPLACED], [4.0, 6.0, 0.0])
    assert (told.hits, told.misses, told.misplaced, told.false_alarms, told.rejections) == (8, 1, 1, 1, 9)
    assert told.hit_rate.value == pytest.approx(0.8)
    assert (told.hit_rate.low, told.hit_rate.high) == (pytest.approx(0.4439, abs=1e-3), pytest.approx(0.9748, abs=1e-3))
    assert told.false_rate.value == pytest.approx(0.1)
    assert told.dprime.low < told.dprime.value < told.dprime.high
    assert told.seconds == 5.0


def test_guessing_has_no_dprime_and_more_pictures_narrow_it():
    assert record_of(outcomes(50, 50, 50, 50)).dprime.value == pytest.approx(0, abs=0.05)
    few, many = (record_of(outcomes(8 * k, 2 * k, k, 9 * k)).dprime for k in (1, 20))
    assert many.high - many.low < 0.4 * (few.high - few.low)
    assert many.value == pytest.approx(2.12, abs=0.05)  # z(0.8) - z(0.1)


def test_perfect_answers_stay_finite_and_nothing_asked_is_not_known():
    assert 2 < record_of(outcomes(10, 0, 0, 10)).dprime.value < 5
    empty = record_of([])
    assert empty.hit_rate.value is None
    assert empty.dprime.value is None
    assert empty.seconds is None


def test_the_interval_of_dprime_covers():
    """Simulated readers of d′ 1.5 over 60 pictures: about 95 of 100 intervals hold it."""
    from random import Random

    chance, inside = Random(4), 0
    for _ in range(300):
        said = [chance.gauss(1.5 if n % 2 else 0.0, 1.0) > 0.75 for n in range(60)]
        kinds = [
            (Judged.HIT if yes else Judged.MISS) if n % 2 else (Judged.FALSE_ALARM if yes else Judged.REJECTION)
            for n, yes in enumerate(said)
        ]
        told = record_of(kinds).dprime
        inside += told.low <= 1.5 <= told.high
    assert 0.91 <= inside / 300 <= 0.99
