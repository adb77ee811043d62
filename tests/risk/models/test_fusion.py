import numpy as np

from vigie.risk.models.fusion import earn
from vigie.risk.models.voting import MOST_MILLI, MOST_WEIGHT_MILLI

HASHES = {"seizure": "s", "proxy": "p", "anomaly": "a"}


def a_world(rows=20_000, seed=1, share=0.02):
    """Rules see a part of the truth, the seizure model another, the proxy and the anomaly nothing."""
    draw = np.random.default_rng(seed)
    one, other = draw.normal(size=rows), draw.normal(size=rows)
    chance = 1 / (1 + np.exp(-(np.log(share) + 1.2 * one + 1.0 * other - 1.2)))
    rules = (1000 * (np.log(share) + one)).astype(int)
    raws = {"seizure": (1000 * other).astype(int), "proxy": draw.integers(-2000, 2000, rows),
            "anomaly": draw.integers(-2000, 2000, rows)}  # fmt: skip
    return rules, raws, draw.random(rows) < chance, np.arange(rows)


def test_only_the_channel_that_tells_later_finds_earns_a_vote():
    told = earn(*a_world(), HASHES)
    assert told.reason == "earned"
    assert [vote.name for vote in told.votes] == ["seizure"]
    vote = told.votes[0]
    assert (vote.model, vote.most_milli) == ("s", MOST_MILLI["seizure"])
    assert 400 < vote.weight_milli <= MOST_WEIGHT_MILLI
    gains = {gain.name: gain for gain in told.gains}
    assert gains["seizure"].low > 0 >= gains["proxy"].low
    assert gains["proxy"].weight_milli == 0


def test_with_too_few_positives_the_rules_alone_decide():
    rules, raws, hit, at = a_world()
    few = hit & (np.cumsum(hit) <= 25)
    told = earn(rules, raws, few, at, HASHES)
    assert (told.votes, told.reason) == ((), "few")
    assert {gain.name for gain in told.gains} == set(raws)


def test_channels_that_know_nothing_stay_silent():
    rules, _, hit, at = a_world(seed=4)
    draw = np.random.default_rng(4)
    silent = 0
    for seed in range(8):
        told = earn(rules, {"proxy": draw.integers(-2000, 2000, len(hit))}, hit, at, HASHES, seed=seed)
        silent += told.votes == ()
    assert silent >= 7


def test_a_channel_against_the_truth_gets_no_negative_vote():
    rules, raws, hit, at = a_world()
    told = earn(rules, {"seizure": -raws["seizure"]}, hit, at, HASHES)
    assert told.votes == ()


def test_the_vote_of_what_was_skill_once_is_not_earned():
    rules, raws, hit, at = a_world()
    faded = raws["seizure"].copy()
    faded[len(at) // 2 :] = np.random.default_rng(2).integers(-2000, 2000, len(at) - len(at) // 2)
    assert earn(rules, {"seizure": faded}, hit, at, HASHES).votes == ()


def test_the_same_rows_earn_the_same_votes():
    assert earn(*a_world(), HASHES) == earn(*a_world(), HASHES)
