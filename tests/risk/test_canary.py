import pytest
from scipy.stats import poisson

from vigie.risk import Canary, is_canary_rare, meant_for, readers
from vigie.risk.canary import at_least


def test_who_reads_far_more_than_the_others_comes_first():
    usual = {"P1": (2, 0)}
    found = readers({"ann": usual, "bob": usual, "eve": dict.fromkeys(("P1", "P2", "D9"), (3, 0)) | {"P3": (0, 4)}}, frozenset(("D9",)))
    assert next(one.officer for one in found) == "eve"
    eve = found[0]
    assert (eve.looks, eve.profiles, eve.refused, eve.usual, eve.decoys) == (13, 4, 4, 2.0, 1)
    assert found[-1].decoys == 0


@pytest.mark.parametrize(("count", "mean"), [(0, 3.0), (1, 0.5), (7, 2.5), (40, 12.0)])
def test_the_chance_is_that_of_poisson(count, mean):
    assert at_least(count, mean) == pytest.approx(poisson.sf(count - 1, mean), abs=1e-12)


def test_nobody_stands_out_alone():
    (one,) = readers({"ann": {"P1": (3, 0)}})
    assert one.usual == 3.0
    assert readers({}) == ()


@pytest.mark.parametrize(("met", "boxes", "rare"), [(0, 999, False), (0, 1000, True), (1, 1000, True), (2, 1999, False)])
def test_a_decoy_is_rare(met, boxes, rare):
    assert is_canary_rare(met, boxes) is rare


def test_a_decoy_is_shown_to_its_readers():
    everybody, hers = (Canary(name, "", group, "eve", 0, "x") for name, group in (("D1", ()), ("D2", ("ann",))))
    assert [[one.id for one in meant_for((everybody, hers), who)] for who in ("ann", "bob")] == [["D1", "D2"], ["D1"]]
