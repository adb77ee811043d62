import msgspec
import numpy as np
import pytest
from tests.risk.models.planted import FIELDS, a_spec, a_table

from vigie.risk import load_model, model_hash, train
from vigie.risk.models.declared import BadModel, How, Input, Learner, TooFewPositives
from vigie.risk.models.train import CHECKS

LEARNERS = (Learner.BOOSTED, Learner.BAGGED, Learner.ISOLATION, Learner.RATES)


@pytest.mark.parametrize("learner", LEARNERS)
def test_the_same_rows_give_the_same_bytes(learner):
    table, planted = a_table(1200)
    one, other = (train(a_spec(learner, params={}), FIELDS, table, planted, range(1200)) for _ in range(2))
    assert model_hash(one) == model_hash(other)
    if learner is not Learner.RATES:
        assert train(a_spec(learner, seed=2), FIELDS, table, planted, range(1200)) != one


def test_the_card_says_what_it_was_taught_on():
    table, planted = a_table(900)
    looked = np.arange(900) % 3 > 0
    card = load_model(train(a_spec(), FIELDS, table, planted, range(5, 905), looked=looked)).card
    assert (card.since, card.until, card.rows, card.looked) == (5, 904, 900, 600)
    assert card.positives == int((planted & looked).sum())


def test_a_model_carries_its_proof():
    table, planted = a_table(900)
    file = load_model(train(a_spec(), FIELDS, table, planted, range(900))).file
    assert len(file.checks) == len(file.expected) == CHECKS


def test_too_few_positives_are_refused_and_the_need_is_said():
    table, planted = a_table(900)
    spec = msgspec.structs.replace(a_spec(Learner.BAGGED), needed=0)
    few = planted & (np.cumsum(planted) <= 12)
    with pytest.raises(TooFewPositives) as fault:
        train(spec, FIELDS, table, few, range(900))
    assert fault.value.facts == {"have": 12, "need": 30}
    with pytest.raises(TooFewPositives):
        train(msgspec.structs.replace(spec, needed=1), FIELDS, table, np.zeros(900, bool), range(900))


def test_a_positive_that_nobody_looked_at_is_none():
    table, planted = a_table(900)
    with pytest.raises(TooFewPositives):
        train(a_spec(), FIELDS, table, planted, range(900), looked=~planted)


def test_a_label_passed_off_as_a_column_is_refused():
    table, planted = a_table(300)
    spec = msgspec.structs.replace(a_spec(), inputs=(Input("found"),))
    with pytest.raises(BadModel) as fault:
        train(spec, FIELDS, {**table, "found": planted.tolist()}, planted, range(300))
    assert fault.value.facts["reason"] == "leak"


def test_a_label_that_an_input_names_must_be_given():
    table, planted = a_table(300)
    spec = msgspec.structs.replace(a_spec(), inputs=(Input("r", ("route",), How.RATE, label="odd"),))
    with pytest.raises(BadModel):
        train(spec, FIELDS, table, planted, range(300))
    assert train(spec, FIELDS, table, planted, range(300), labels={"odd": ~planted})


def test_later_rows_do_not_change_what_earlier_ones_see():
    """The encoded training rows of a rate before a moment are the same, whatever comes after it."""
    from vigie.risk.models.encode import learn

    table, planted = a_table(600)
    other = planted.copy()
    other[400:] = ~other[400:]
    each = (Input("r", ("route",), How.RATE, smooth=0), Input("n", ("line",), How.COUNT))
    one, two = (learn(each, table, hits, np.arange(600), np.ones(600, bool), {})[1][:401] for hits in (planted, other))
    assert np.array_equal(one, two, equal_nan=True)
