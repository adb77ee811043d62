import numpy as np
import pytest
from sklearn.metrics import average_precision_score, roc_auc_score

from vigie.risk.models.evaluate import SHARES, worth


def scored(seed=1, rows=2000):
    draw = np.random.default_rng(seed)
    score = draw.integers(-500, 500, rows)
    return score, draw.random(rows) < 0.05 + 0.1 * (score > 300)


@pytest.mark.parametrize("seed", range(5))
def test_order_is_judged_as_by_scikit_learn(seed):
    score, hit = scored(seed)
    told = worth(score, hit)
    assert told.auc[0] == pytest.approx(roc_auc_score(hit, score))
    assert told.auc[1] < told.auc[0] < told.auc[2]
    distinct = score * 10_000 + np.arange(len(score))
    assert worth(distinct, hit).ap == pytest.approx(average_precision_score(hit, distinct))


def test_capacity_is_counted_with_exact_intervals():
    told = worth(np.arange(100, 0, -1), np.arange(100) < 3)
    at = {one.share: one for one in told.at}
    assert tuple(at) == SHARES
    assert (at[50].scanned, at[50].found) == (5, 3)
    assert at[50].precision[0] == 0.6
    assert at[50].precision[1:] == pytest.approx((0.1466, 0.9473), abs=1e-4)
    assert at[50].recall == pytest.approx((1.0, 0.2924, 1.0), abs=1e-4)


def test_nothing_found_says_nothing():
    told = worth([1, 2, 3], [False, False, False])
    assert (told.rows, told.positives, told.auc, told.ap, told.at) == (3, 0, None, None, ())
