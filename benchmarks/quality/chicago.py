"""Food inspections of Chicago, 2011 to 2014: real inspections with outcomes, and how much earlier critical ones come.

The only public data of inspections that a risk score put in order. Half of what a model knows here is who inspects, so
every figure is made twice: with the inspector's group, and without.
"""

import math
import sys
from pathlib import Path
from typing import Any

import numpy as np
from benchmarks.quality import metrics
from benchmarks.quality.chicago_history import HISTORY, past_of
from benchmarks.quality.learnt import learnt
from benchmarks.quality.risk_figures import Run, figure, share
from benchmarks.quality.risk_table import BadTable, Cell, Table, day, number, read_table, rows_of, text, without

from vigie.risk import Field, How, Input, Label, Learner, ModelSpec, Role, Type, chances, ece, isotonic

_FLAGS = (
    "firstRecord", "consumption_on_premises_incidental_activity", "tobacco_retail_over_counter", "package_goods",
    "limited_business_license", "outdoor_patio", "public_place_of_amusement", "childrens_services_facility_license",
    "tavern", "regulated_business_license", "filling_station", "caterers_liquor_license", "mobile_food_license",
)  # fmt: skip
_NUMBERS = (
    "pastFail", "pastCritical", "pastSerious", "pastMinor", "timeSinceLast", "ageAtInspection", "heat_burglary",
    "heat_garbage", "heat_sanitation", "precipIntensity", "temperatureMax", "windSpeed", "humidity",
)  # fmt: skip
_OUTCOMES = ("criticalFound", "seriousCount", "minorCount", "fail_flag")
CELLS: dict[str, Cell] = {
    "Inspection_Date": day, "License": text, "Inspection_ID": text, "Facility_Type": text, "Inspector_Assigned": text,
    **dict.fromkeys((*_FLAGS, *_NUMBERS, *_OUTCOMES, "score"), number), "Train": text,
}  # fmt: skip
"""`score` is the City's own; it is no input, only the peer. `Train` says whether the City taught it on that row."""

_SHAPED = (
    "any critical", "any serious", "any fail", "some minor", "old", "log age", "burglary", "garbage", "sanitation", "rain",
)  # fmt: skip
FIELDS = (
    *(Field(name, Type.FLOAT) for name in (*_FLAGS, *_NUMBERS, *_SHAPED)), Field("Facility_Type", Type.TEXT),
    Field("Inspector_Assigned", Type.TEXT, Role.DETECTOR),
    *(Field(f"{name}, own group", Type.FLOAT, Role.DETECTOR) for name in HISTORY),
    *(Field(name, Type.FLOAT) for name in HISTORY), *(Field(name, Type.FLOAT, Role.OUTCOME) for name in _OUTCOMES),
)  # fmt: skip
_LINEAR = tuple(Input(name, step=0.001) for name in (
    *_SHAPED, *_FLAGS, "timeSinceLast", "temperatureMax", "humidity", "windSpeed",
))  # fmt: skip
_TREES = tuple(Input(name, step=0.001) for name in (*_FLAGS, *_NUMBERS))
_PLACE, _WHO = Input("Facility_Type", how=How.CODE), Input("Inspector_Assigned", how=How.CODE)

WEIGHTS = (1.0, 1.0)
"""Of the straight model and of the trees: the sum of their log-odds. Chosen on windows inside the training part."""

CONFIGURATIONS = 70
"""Models and blends that were compared on eight windows of two months inside the training part (2013-01 to 2014-04)."""

GOALS = {"days": 8.1, "half": 0.72}
"""Source: issue 3, for the acceptance part and with the inspector's group."""
PUBLISHED = {"days": 7.79, "half": 0.686, "whole days": 0.682}
"""The City's own score on the acceptance part: 31_xgboost_model_evaluation.R, and the reference page."""

_CALIBRATION_DAYS = 120
_CALIBRATIONS = 3
"""Calibrated on three later windows of four months, each judged by what came before it."""


def specs(inspector: bool, quick: bool) -> tuple[ModelSpec, ...]:
    """The straight model and the trees, with or without who inspects."""
    told = tuple(Input(f"{name}, own group" if inspector else name, step=0.001) for name in HISTORY)
    who = (_WHO,) if inspector else ()
    trees = {"trees": 100, "leaves": 7, "rate": 0.05, "least": 150, "columns": 0.6, "rows": 0.7, "l2": 5.0,
             "seeds": 1 if quick else 5}  # fmt: skip
    return (
        ModelSpec("critical", Label.POSITIVE, Learner.LOGISTIC, (*_LINEAR, _PLACE, *who, *told), {"l2": 10.0},
                  detector=inspector, needed=1),
        ModelSpec("critical", Label.POSITIVE, Learner.BOOSTED, (*_TREES, _PLACE, *who, *told), trees,
                  detector=inspector, needed=1),
    )  # fmt: skip


def read_chicago(path: Path) -> Table:
    """Read a file and shape its numbers.

    Raises:
        BadTable: As `read_table`; or an outcome that is neither 0 nor 1.
    """
    table = read_table(path, CELLS)
    wrong = next((place for place, value in enumerate(table["criticalFound"]) if value not in (0.0, 1.0)), None)
    if wrong is not None:
        raise BadTable(f"{path}, row {wrong + 1}, column 'criticalFound': {table['criticalFound'][wrong]} is no outcome")
    for name, column, most in (
        ("any critical", "pastCritical", 1), ("any serious", "pastSerious", 1), ("any fail", "pastFail", 1),
        ("some minor", "pastMinor", 4), ("burglary", "heat_burglary", 70), ("garbage", "heat_garbage", 50),
        ("sanitation", "heat_sanitation", 70), ("rain", "precipIntensity", 0.05),
    ):  # fmt: skip
        table[name] = [None if value is None else min(value, most) for value in table[column]]
    table["old"] = [None if age is None else float(age > 4) for age in table["ageAtInspection"]]
    table["log age"] = [None if age is None else math.log1p(max(age, 0.0)) for age in table["ageAtInspection"]]
    return table


def scores(before: Table, test: Table, inspector: bool, quick: bool = False) -> Any:
    """Teach on a table and score another, in thousandths of log-odds; no outcome of the other is read."""
    taught = before | past_of(before, before)
    asked = {name: values for name, values in test.items() if name not in _OUTCOMES} | past_of(before, test)
    total: Any = np.zeros(len(test["License"]))
    for spec, weight in zip(specs(inspector, quick), WEIGHTS, strict=True):
        model = learnt(spec, FIELDS, taught, np.array(before["criticalFound"]) == 1, "Inspection_Date")
        total += weight * model.many(asked)
    return np.rint(total / sum(WEIGHTS)).astype(np.int64)


def _calibrated(before: Table, said: Any, inspector: bool, quick: bool) -> Any:
    """Chances, in millionths, from what earlier rows said of later ones inside the training part."""
    when = np.array(before["Inspection_Date"])
    told, found = [], []
    for back in range(1 if quick else _CALIBRATIONS, 0, -1):
        start = when.max() + 1 - back * _CALIBRATION_DAYS
        early, late = when < start, (when >= start) & (when < start + _CALIBRATION_DAYS)
        if not (early.any() and late.any()):
            raise BadTable(f"TRAIN spans fewer than {(back + 1) * _CALIBRATION_DAYS} days: too short to calibrate")
        told.append(scores(rows_of(before, early), rows_of(before, late), inspector, quick))
        found.append(np.array(before["criticalFound"])[late] == 1)
    return chances(*isotonic(np.concatenate(told), np.concatenate(found)), said)


def figures(before: Table, test: Table, run: Run) -> list[dict[str, Any]]:
    """Teach on the first table, judge on the second: with the inspector's group and without."""
    before = without(before, test, "Inspection_ID")
    hit = np.array(test["criticalFound"]) == 1
    if not 0 < hit.sum() < len(hit):
        raise BadTable("TEST: its column 'criticalFound' holds one value only: nothing can be judged")
    told = []
    for inspector in (True, False):
        print(f"chicago: {'with' if inspector else 'without'} inspector", file=sys.stderr)
        said = scores(before, test, inspector, run.quick)
        name = f"Chicago, {'with' if inspector else 'without'} inspector"
        told += _order(name, said, test, hit, inspector, run)
        chance = _calibrated(before, said, inspector, run.quick)
        told.append(_calibration(name, chance, hit, run))
    return told


def _peer(test: Table, judge: Any) -> dict[str, Any]:
    """The City's score, where it did not learn from these very rows."""
    learnt = any(str(value).lower() == "true" for value in test["Train"])
    if learnt or any(value is None for value in test["score"]):
        return {"peer": "none: the City's score learnt from these rows", "peer_value": None}
    return {"peer": "the City's own score, same rows", "peer_value": round(judge(np.array(test["score"])), 5)}


def _order(name: str, said: Any, test: Table, hit: Any, inspector: bool, run: Run) -> list[dict[str, Any]]:
    when = np.array(test["Inspection_Date"])
    more: dict[str, Any] = {"configurations": CONFIGURATIONS}
    asked = {key: {"target": f">= {goal}", "floor": goal} if inspector else {} for key, goal in GOALS.items()}

    def mean_days(score: Any) -> float:
        return float(metrics.days_earlier(when, score, hit, run.seed).mean())

    days = metrics.days_earlier(when, said, hit, run.seed)
    bounds = metrics.drawn_again(lambda places: float(days[places].mean()), len(days), run.seed)
    told = [figure(run, f"{name}: days earlier", float(days.mean()), bounds, len(days), unit="days",
                   published=PUBLISHED["days"], **asked["days"], **_peer(test, mean_days), **more)]  # fmt: skip
    usual = metrics.as_visited(when, hit)
    for title, judge, key in (("first half", metrics.first_half, "half"), ("first half, whole days", metrics.first_days, "whole days")):
        def part(score: Any, judge: Any = judge) -> float:
            found, of = judge(when, score, hit, run.seed)
            return float(found / of)

        told.append(share(run, f"{name}: {title}", *judge(when, said, hit, run.seed), published=PUBLISHED[key],
                          as_visited=round(usual[0] / usual[1], 5), **asked.get(key, {}), **_peer(test, part), **more))
    bounds = metrics.drawn_again(lambda places: metrics.area(said[places], hit[places]), len(hit), run.seed)
    told.append(figure(run, f"{name}: AUC", metrics.area(said, hit), bounds, len(hit),
                       **_peer(test, lambda score: metrics.area(score, hit)), **more))  # fmt: skip
    return told


def _calibration(name: str, chance: Any, hit: Any, run: Run) -> dict[str, Any]:
    bounds = metrics.drawn_again(lambda places: ece(chance[places], hit[places]), len(hit), run.seed)
    alone = metrics.by_chance_alone(lambda said, drawn: ece(said * 1e6, drawn), chance / 1e6, run.seed)
    return figure(run, f"{name}: ECE, 10 bins of equal mass", ece(chance, hit), bounds, len(hit), faultless=round(alone, 5),
                  equal_width=round(metrics.ece_of_width(chance / 1e6, hit), 5),
                  calibration="isotonic, from three later windows inside TRAIN", configurations=CONFIGURATIONS)  # fmt: skip
