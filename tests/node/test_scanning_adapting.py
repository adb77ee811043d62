"""A model goes on to another scanner with clean pictures alone, in the smallest."""

from hashlib import sha256

import msgspec
import pytest

pytest.importorskip("torch")

from vigie.node.scanning_adapting import adapt, harmless, moved, simulated_scans
from vigie.scanning import RECIPES, FindingKind, HeatModel, backgrounds_of, parts_on, shipped_files, shipped_full


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


def test_thresholds_alone_are_moved_by_what_is_usual_on_the_scanner_and_count_there_alone():
    held, blocks = shipped_files(), harmless(1)
    site = backgrounds_of(simulated_scans(2))
    home = site[:1]
    made = moved(held, site, 1, blocks=blocks, scanner="SIM-B", home=home)
    assert (made.full, made.small) == held[:2]
    before, after = (held[2].thresholds, made.card.thresholds)
    model = HeatModel(made.small or made.full)
    told = [[each[0]["interior"] for each in parts_on([model], some, 1, blocks)] for some in (home, site)]
    up = sum(told[1]) / 2 > told[0][0]
    old, new = (one.of(FindingKind.BRICK_LATTICE, "interior", "", "SIM-B") for one in (before, after))
    assert (new.look > old.look) is up
    assert new.against == "site"
    assert after.of(FindingKind.BRICK_LATTICE, "interior", "", "SIM-A") == before.of(FindingKind.BRICK_LATTICE, "interior")
    blocked = after.of(FindingKind.FOREIGN_BLOCK, "interior", "", "SIM-B")
    assert not blocked.negatives
    assert made.card.measured["pictures"] == 2
