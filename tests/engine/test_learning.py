"""Channels are taught on the past, earn their votes on what came later, and are judged on what came last."""

import numpy as np
import pyarrow as pa
import pytest
from tests.desk.taught import decisions

from vigie.engine import decision_table, judge_channels, teach_channels
from vigie.engine.learning import rows_of
from vigie.risk import Policy, TooFewPositives, load_catalogue, load_model
from vigie.terms import Moment

RULES = Policy(load_catalogue().in_force(Moment(1_800_000_000_000_000)))
ROWS = decisions(3300)


@pytest.fixture(scope="module")
def taught():
    return teach_channels(decision_table(ROWS), RULES)


def test_labels_are_read_as_they_are_known():
    rows = rows_of(decision_table(list(reversed(ROWS))))
    assert (np.diff(rows.at) > 0).all()
    assert rows.looked.sum() == sum("found" in row for row in ROWS)
    assert rows.positive.sum() == sum(row.get("found") == "cocaine" for row in ROWS)
    assert np.isfinite(rows.propensity).sum() == sum(row["propensity"] is not None for row in ROWS)


def test_a_late_outcome_does_not_teach_models_of_before(taught):
    cut = taught.channels.measured.taught_until
    later = [row | {"outcome_at": cut + 1} if row.get("found") and row["at"] < cut else row for row in ROWS]
    told = teach_channels(decision_table(later), RULES).channels
    assert "seizure" not in {one.name for one in told.members}  # nothing was known when the models were taught


def test_what_comes_after_the_cut_changes_no_model(taught):
    cut = taught.channels.measured.taught_until
    turned = [row | ({"found": "nothing"} if row.get("found") == "cocaine" and row["at"] > cut + 10**12 else {})
              for row in ROWS]  # fmt: skip
    try:
        again = teach_channels(decision_table(turned), RULES)
    except TooFewPositives:
        pytest.fail("the past alone holds enough")
    assert {one.name: one.model for one in again.channels.members} == {
        one.name: one.model for one in taught.channels.members
    }
    assert again.channels.fusion != taught.channels.fusion


def test_every_way_is_judged_and_the_planted_truth_is_found(taught):
    told = {one.name: one.worth for one in taught.channels.measured.worth}
    assert told["all"].auc[1] > told["rules"].auc[2]
    voters = {vote.name for vote in taught.channels.fusion.votes}
    assert {"proxy", "seizure"} & voters  # both learn from the same finds: one may leave the other nothing to earn
    assert {f"without {name}" for name in voters} <= told.keys()
    assert taught.channels.measured.random_positives > 0


def test_who_looked_is_measured_and_never_votes(taught):
    inputs = {name for one in taught.channels.members for name in one.inputs}
    assert not inputs & {"scanner", "team", "detector", "detector_id", "depth", "site"}
    assert {"irregular", "irregular with who looked"} <= {one.name for one in taught.channels.measured.worth}


def test_later_decisions_judge_it_without_teaching(taught):
    models = {name: load_model(body) for name, body in taught.bodies.items()}
    later = decision_table(decisions(600, seed=12))
    told = judge_channels(later, RULES, taught.channels, models)
    assert told[0].worth.positives > 0
    assert judge_channels(later.slice(0, 0), RULES, taught.channels, models) == ()


def test_too_few_finds_are_refused_with_what_is_needed():
    with pytest.raises(TooFewPositives) as fault:
        teach_channels(decision_table(decisions(150)), RULES)
    assert fault.value.facts["need"] == 30


def gang(keyed):
    """Finds without any pattern, one in twelve controls; and one gang of 150 boxes under a heading of its own."""
    draw, rows = np.random.default_rng(8), []
    for place, row in enumerate(ROWS):
        told = {**row, "consignee_key": place, "consignor_key": 100_000 + place}
        if place % 22 == 0:
            told |= {"hs4": "2936", "chosen": True, "consignee_key": 7, "outcome_at": row["at"] + 1, "found": "cocaine"}
        elif row.get("found"):
            told["found"] = "cocaine" if draw.random() < 0.08 else "nothing"
        rows.append(told if keyed else {**told, "consignee_key": None, "consignor_key": None})
    return decision_table(rows)


def test_a_gang_does_not_praise_the_model_that_has_met_it():
    """Case leakage (reference page risk, pitfalls): one gang is many boxes; what taught must not judge."""
    leaked, apart = (teach_channels(gang(keyed), RULES).channels.measured for keyed in (False, True))
    auc = [next(one.worth.auc for one in told.worth if one.name == "only seizure") for told in (leaked, apart)]
    assert auc[0][1] > 0.6  # without keys the leak is there, and would be reported as worth
    assert auc[1][1] < 0.5 < auc[1][2]  # chance alone, as planted
    assert (leaked.together, apart.rows) == (0, leaked.rows)
    assert apart.together == sum(place % 22 == 0 for place in range(int(3300 * 0.6), 3300))


def test_later_judging_leaves_the_cases_of_before_out(taught):
    later, known = decision_table(decisions(1200, seed=99)), decision_table([{"found": "cocaine", "consignee_key": 7}])
    models = {name: load_model(body) for name, body in taught.bodies.items()}
    keys = pa.array([7] * 200 + [8] * 1000, pa.int64())
    marked = later.set_column(later.column_names.index("consignee_key"), "consignee_key", keys)
    told = judge_channels(marked, RULES, taught.channels, models, known)
    alone = judge_channels(later.slice(200), RULES, taught.channels, models)
    assert told == alone


def test_where_one_case_is_all_there_is_nothing_is_taught():
    rows = [{**row, "consignor_key": 7} for row in ROWS]
    with pytest.raises(TooFewPositives):
        teach_channels(decision_table(rows), RULES)
