from itertools import pairwise
from pathlib import Path

import msgspec
import pytest

from vigie.world.xray_goods import DRAWN, TRAVELS
from vigie.world.xray_settings import XrayParameters, xray_parameters

ROOT = Path(__file__).parents[2]
COMMITTED = ROOT / "benchmarks" / "quality" / "scanning" / "parameters.toml"


def test_the_package_draws_by_the_committed_parameters():
    assert (ROOT / "src" / "vigie" / "world" / "xray.toml").read_bytes() == COMMITTED.read_bytes()


def test_an_unknown_parameter_is_refused():
    with pytest.raises(msgspec.ValidationError):
        msgspec.toml.decode(COMMITTED.read_bytes() + b"\n[odd]\na = 1\n", type=XrayParameters)


def test_all_that_is_weighed_can_be_drawn():
    given = xray_parameters()
    assert set(given.commodities) == set(DRAWN) == set(TRAVELS)
    assert set(given.threats.weights) == set(given.threats.kg)
    assert sum(given.threats.weights.values()) == pytest.approx(1)
    assert all(
        split.scanner in given.scanners and split.pair in {"", *given.scanners} for split in given.splits.values()
    )


def test_splits_share_no_seed():
    spans = sorted((split.seed, split.seed + split.count) for split in xray_parameters().splits.values())
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
