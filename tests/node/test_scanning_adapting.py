"""A model goes on to another scanner with clean pictures alone, in the smallest."""

from hashlib import sha256

import msgspec
import pytest

pytest.importorskip("torch")

from vigie.node.scanning_adapting import adapt, harmless, simulated_scans
from vigie.scanning import RECIPES, backgrounds_of, shipped_full


def test_a_model_goes_on_with_clean_pictures_of_another_scanner():
    heard = []
    scans = list(simulated_scans(3, lambda *told: heard.append(told)))
    assert {scan.facts.scanner for scan in scans} == {"SIM-B"}
    site, blocks = backgrounds_of(scans), harmless(1)
    assert blocks
    tiny = msgspec.structs.replace(RECIPES["adapt"], pictures=2, steps=1, batch=2, drawn=2)
    made = adapt(shipped_full(), site, tiny, blocks=blocks)
    assert made.full != shipped_full()
    assert made.card.full == sha256(made.full).hexdigest()
    assert made.card.pictures == 3
    assert made.card.measured["pictures"] == 2  # one of three was learnt from, and counts for nothing
    assert not made.card.thresholds.values  # fewer than 100: no alarm could tell how often it is wrong
