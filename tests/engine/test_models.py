"""With models, live and batch still say the same of every row, to the last thousandth."""

import numpy as np
import pyarrow as pa
import pytest
from tests.risk.models.planted import a_policy, house_rows

from vigie.engine import scored
from vigie.engine.models import added, columns_of, voted, with_chances
from vigie.risk import COLUMNS, Calibration, Voting, assessor, house_fields, house_specs, train
from vigie.terms import Moment

TABLE, TRUTH = house_rows()
ARROW = pa.table({name: pa.array(values) for name, values in TABLE.items()})
STEPS = Calibration((-9000, -4000, 0), (5, 700, 90_000), False, 400, 20)


def bodies():
    found = {}
    for spec, weight in zip(house_specs(50), (300, 200, 150), strict=True):
        label = TRUTH if spec.channel == "seizure" else TRUTH | (np.arange(len(TRUTH)) % 9 == 0)
        found[spec.channel] = (train(spec, house_fields(), TABLE, label, range(len(TRUTH))), weight)
    return found


POLICY, MODELS = a_policy(bodies(), calibration=STEPS)


def live():
    judge = assessor(POLICY, MODELS)
    rows = zip(*(TABLE[column.name] for column in COLUMNS), strict=True)
    return [judge.assess("X-1", Moment(1), row) for row in rows]


def test_live_and_batch_are_bit_equal_with_every_channel():
    told = scored(POLICY, ARROW, models=MODELS).to_pylist()
    made = live()
    assert [(one["logodds_milli"], one["band"], one["mandatory"], one["chance_ppm"]) for one in told] == [
        (one.logodds_milli, one.band, one.mandatory, one.chance_ppm) for one in made
    ]
    for name in ("anomaly", "proxy", "seizure"):
        assert [one[f"channel_{name}"] for one in told] == [
            next(channel.milli for channel in one.channels if channel.name == name) for one in made
        ]
    assert len({one["channel_seizure"] for one in told}) > 5


def test_what_channels_add_is_what_one_vote_says():
    vote = Voting("seizure", "m", 1333, 250, 2000)
    raw = np.arange(-4000, 4000, 7)
    assert added(vote, raw).tolist() == [vote.adds(one) for one in raw.tolist()]


@pytest.mark.parametrize(("array", "want"), [
    (pa.array([True, None, False]), [1, None, 0]), (pa.array([1.5, None]), [1.5, None]),
    (pa.array(["a", None]), ["a", None]), (pa.array([1, None]), [1, None]), (pa.array([1, 2]), [1, 2]),
    (pa.array([(1 << 62) + 1, None]), [(1 << 62) + 1, None]),
])  # fmt: skip
def test_columns_become_what_models_read(array, want):
    told = list(columns_of(pa.table({"a": array}), ["a"])["a"])
    assert [None if one is None or one != one else one for one in told] == want


def test_without_models_nothing_is_added():
    from vigie.risk import Policy

    plain = Policy(POLICY.indicators)
    assert voted(plain, ARROW, {}) is ARROW
    assert with_chances(plain, ARROW) is ARROW
    assert "chance_ppm" not in scored(plain, ARROW).column_names
