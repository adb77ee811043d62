"""Pieces of a site: half with bricks laid over, the others clean or with a harmless block."""

import numpy as np
import pytest
from tests.scanning.xray.test_teaching_lessons import lessons

from vigie.scanning.xray import teaching_site
from vigie.scanning.xray.teaching_projecting import patches_of
from vigie.scanning.xray.teaching_site import SiteShow, blocked, half_way


def test_a_block_adds_matter_where_it_says_and_nowhere_else():
    clean = lessons()[1]
    made = blocked(clean, np.random.default_rng(4))
    ((left, top, width, height),) = made.blocks
    more = made.density.astype(int) - clean.density
    assert more[top : top + height, left : left + width].mean() > 400  # 1 g/cm² and more, in steps of 0.0025
    more[top : top + height, left : left + width] = 0
    assert not more.any()
    assert made.bricks == ()


def test_half_of_a_batch_holds_bricks_and_the_seed_gives_it_again():
    home = lessons()
    deal = [SiteShow(home, home[1:2], 3, patches_of(home)).batch(8) for _ in range(2)]
    assert np.array_equal(deal[0][0], deal[1][0])
    assert (deal[0][1][:, 0].max((1, 2)) > 0).tolist() == [True, False] * 4


def test_blocks_of_the_site_are_told_as_blocks_and_not_as_bricks(monkeypatch):
    monkeypatch.setattr(teaching_site, "SITE", 1.0)
    monkeypatch.setattr(teaching_site, "BLOCKED", 1.0)
    home = lessons()
    _, truth = SiteShow(home, home[1:2], 3, patches_of(home)).batch(8)
    assert (truth[1::2, 1].max((1, 2)) > 0).all()
    assert not truth[1::2, 0].any()


def test_half_way_lies_between_both_nets():
    torch = pytest.importorskip("torch")
    from vigie.scanning.xray.teaching_net import Net, folded

    old, new = folded(Net()), folded(Net())
    with torch.no_grad():
        for one, value in ((old, 1.0), (new, 3.0)):
            for weights in one.parameters():
                weights.fill_(value)
    assert {float(weights.detach().mean()) for weights in half_way(old, new).parameters()} == {2.0}
