import pytest
from tests.desk.port import BOB, VISIT, manifest, take_in

from vigie.desk.acts import Override, item_of
from vigie.desk.work import hand_in
from vigie.terms import BadRequest, InboxItem


def test_when_it_returns_lists_show_it(node):
    take_in(node, manifest())
    hand_in([item_of(Override(VISIT, "hold", "why", BOB.id, node.now()), BOB.id, node.now())], node)
    assert node.store.visits.get([VISIT])[VISIT].listed.status == "held"


def test_nothing_handed_in_is_done_at_once(node):
    hand_in([], node)
    assert node.store.inbox.waiting() == 0


def test_an_act_that_was_set_aside_is_told(node):
    with pytest.raises(BadRequest):
        hand_in([InboxItem("act", "00" * 32, b"{}", node.now())], node)
