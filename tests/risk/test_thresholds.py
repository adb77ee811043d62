import pytest

from vigie.risk import BadExpression, Policy, load_catalogue
from vigie.risk.thresholds import policy_of, read_thresholds
from vigie.terms import BadRequest, Moment

INDICATORS = load_catalogue().in_force(Moment(1_800_000_000_000_000))


def test_nothing_set_is_the_policy_as_shipped():
    assert policy_of(INDICATORS) == Policy(INDICATORS)
    assert policy_of(INDICATORS).hash == Policy(INDICATORS).hash


def test_what_is_set_changes_the_policy_and_its_hash():
    made = policy_of(INDICATORS, b'{"most_evidence_milli":5000}')
    assert made.most_evidence_milli == 5000
    assert made.hash != Policy(INDICATORS).hash


@pytest.mark.parametrize("body", [b"x", b'{"shares":1}', b'{"most_evidence_milli":0}', b'{"bands":[]}',
                                  b'{"priors":[{"when":"empty","milli":1,"source":"x"}]}'])  # fmt: skip
def test_what_cannot_decide_is_refused(body):
    with pytest.raises(BadRequest):
        read_thresholds(body)


def test_a_prior_without_meaning_is_refused():
    body = b'{"priors":[{"when":"nothing = 1","milli":1,"source":"x"},{"when":"","milli":1,"source":"x"}]}'
    with pytest.raises(BadExpression):
        read_thresholds(body)
