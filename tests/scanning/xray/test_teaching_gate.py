"""A challenger passes where it is as good, and is stopped by a single class that it detects less often."""

import msgspec
import numpy as np
import pytest

from vigie.scanning.xray.teaching_gate import Frozen, area_of, gate


def frozen(better=0.0, worse_in=""):
    draw = np.random.default_rng(4)
    made = [Frozen("", float(x), float(x)) for x in draw.normal(0, 1, 200)]
    for kind in ("doors", "floor", "roof"):
        for x in draw.normal(1.5, 1, 40):
            new = x + better - (2.0 if kind == worse_in else 0.0)
            made.append(Frozen(kind, float(x), float(new)))
    return made


def test_the_same_model_passes_and_a_better_one_too():
    same = gate(frozen())
    assert same.passed
    assert same.rows[0].old == same.rows[0].new
    better = gate(frozen(better=0.7))
    assert better.passed
    assert better.rows[0].low > 0


def test_one_class_below_the_old_model_stops_it_though_the_whole_is_better():
    found = gate(frozen(better=0.7, worse_in="floor"))
    assert not found.passed
    assert found.against == ("floor",)


def test_a_model_that_is_surely_worse_is_stopped():
    assert "auc" in gate(frozen(better=-1.0)).against


def test_too_few_pictures_decide_nothing():
    assert gate(frozen()[:60]).against == ("too-few-pictures",)


def test_small_classes_are_told_but_do_not_decide():
    made = frozen(better=0.7)
    rare = [msgspec.structs.replace(one, kind="reefer", new=-5.0) for one in made if one.kind][:5]
    found = gate([*made, *rare])
    assert found.passed
    assert next(row for row in found.rows if row.name == "reefer").new == 0


def test_area_counts_pairs():
    assert area_of({True: np.array([2.0, 1.0]), False: np.array([0.0, 1.0])}) == pytest.approx(0.875)
