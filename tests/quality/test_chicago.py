"""Chicago: nothing looks ahead, who inspects stays out where it should, and the peer is fair."""

import msgspec
import numpy as np
import pytest
from benchmarks.quality import chicago
from benchmarks.quality.chicago_history import HISTORY, past_of
from benchmarks.quality.risk_figures import Run
from benchmarks.quality.risk_table import BadTable, rows_of
from tests.quality.tables import chicago_rows, written

from vigie.risk import BadModel, train


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    folder = tmp_path_factory.mktemp("chicago")
    late = chicago_rows(400, 2, "2014-07-01", 60, first=10_000, learnt="False")
    return tuple(chicago.read_chicago(written(folder / name, rows)) for name, rows in (
        ("train.csv", chicago_rows()), ("test.csv", late),
    ))  # fmt: skip


@pytest.mark.parametrize("place", [1, 300, 900])
def test_history_knows_earlier_days_alone(tables, place):
    """Whatever happens from a day on is turned round: nothing up to that day may notice."""
    before, _ = tables
    day = before["Inspection_Date"][place]
    turned = before | {
        "criticalFound": [1.0 - found if when >= day else found
                          for when, found in zip(before["Inspection_Date"], before["criticalFound"], strict=True)],
        "Inspector_Assigned": ["another" if when >= day else who
                               for when, who in zip(before["Inspection_Date"], before["Inspector_Assigned"], strict=True)],
    }  # fmt: skip
    early = np.array(before["Inspection_Date"]) <= day
    kept, seen = (rows_of(past_of(one, one), early) for one in (before, turned))
    assert kept == seen
    if place > 1:
        assert past_of(before, before) != past_of(turned, turned)


def test_history_by_hand():
    known = {
        "License": ["a", "a", "b", "b"], "Inspection_Date": [1, 5, 1, 5], "Inspector_Assigned": ["red", "red", "blue", "blue"],
        "criticalFound": [1.0, 0.0, 0.0, 1.0], "seriousCount": [0.0] * 4, "minorCount": [0.0] * 4, "fail_flag": [0.0] * 4,
    }  # fmt: skip
    told = past_of(known, {"License": ["a", "a", "a", "c"], "Inspection_Date": [1, 5, 6, 9]})
    assert told["visits before"] == pytest.approx([0.0, np.log(2), np.log(3), 0.0])
    # Day 1: usual is 0, a finding is 1 above it. Day 5: usual is 1/2, none is 1/2 below it. One visit of doubt.
    assert told["critical before"] == pytest.approx([0.0, 1 / 2, (1 - 1 / 2) / 3, 0.0])
    # Red found 1 of 1, with 20 visits as everybody: (1 + 20 * 1/2) / 21.
    assert told["critical before, own group"] == pytest.approx([0.0, 1 / 2, (1 - 11 / 21) / 3, 0.0])


def test_no_outcome_of_the_test_reaches_its_score(tables):
    before, test = tables
    said = chicago.scores(before, test, inspector=True, quick=True)
    turned = test | {"criticalFound": [1.0 - value for value in test["criticalFound"]],
                     "fail_flag": [9.0] * len(said), "score": [0.0] * len(said)}  # fmt: skip
    assert chicago.scores(before, turned, inspector=True, quick=True).tolist() == said.tolist()


def test_without_inspector_who_inspects_changes_nothing(tables):
    before, test = tables
    turned = test | {"Inspector_Assigned": list(reversed(test["Inspector_Assigned"]))}
    blind = [chicago.scores(before, one, inspector=False, quick=True).tolist() for one in (test, turned)]
    assert blind[0] == blind[1]
    others = before | {"Inspector_Assigned": list(reversed(before["Inspector_Assigned"]))}
    assert chicago.scores(others, test, inspector=False, quick=True).tolist() == blind[0]
    assert chicago.scores(before, turned, inspector=True, quick=True).tolist() != blind[0]


def test_a_model_that_selects_may_not_see_who_inspects():
    spec = msgspec.structs.replace(chicago.specs(inspector=True, quick=True)[0], detector=False)
    with pytest.raises(BadModel) as fault:
        train(spec, chicago.FIELDS, {}, [], [])
    assert fault.value.facts["reason"] == "detector"


def test_no_outcome_and_no_score_of_the_city_is_an_input():
    for spec in (*chicago.specs(True, True), *chicago.specs(False, False)):
        assert not set(spec.reads) & {"criticalFound", "seriousCount", "minorCount", "fail_flag", "score"}
        assert set(HISTORY) & {name.removesuffix(", own group") for name in spec.reads}


def test_figures_tell_what_was_planted(tables):
    told = {one["name"]: one for one in chicago.figures(*tables, Run(quick=True))}
    knowing, blind = (told[f"Chicago, {word} inspector: days earlier"] for word in ("with", "without"))
    assert knowing["value"] > 3
    assert knowing["low"] > 0
    assert knowing["peer"].startswith("the City")
    assert abs(knowing["peer_value"]) < 6
    assert told["Chicago, with inspector: first half"]["value"] > 0.6
    assert blind["value"] < knowing["value"]
    assert blind["target"] is None


def test_the_city_is_no_peer_on_rows_it_learnt_from(tables):
    before, test = tables
    learnt = test | {"Train": ["True"] * len(test["Train"])}
    told = chicago.figures(before, learnt, Run(quick=True))
    assert {one["peer_value"] for one in told if "days" in one["name"]} == {None}


def test_rows_that_are_judged_are_not_learnt_from(tables):
    before, test = tables
    both = {name: before[name] + test[name] for name in before}
    alone, together = (chicago.figures(one, test, Run(quick=True)) for one in (before, both))
    assert [one["value"] for one in alone] == [one["value"] for one in together]


def test_an_outcome_that_is_none_is_refused(tmp_path):
    rows = chicago_rows(5)
    rows[3]["criticalFound"] = "2.0"
    with pytest.raises(BadTable, match="row 4, column 'criticalFound'"):
        chicago.read_chicago(written(tmp_path / "bad.csv", rows))
