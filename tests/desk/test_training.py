import pytest
from tests.desk.port import ANN, BOB, EVE, IAN

from vigie.desk import training
from vigie.terms import NotForYou, Purpose


def test_who_may_not_teach_is_refused_before_anything_begins(node):
    for act in (training.begin, training.run):
        with pytest.raises(NotForYou):
            act(IAN, node, "because")
    assert node.training.state() is None


def test_who_may_see_models_sees_how_far_it_is(node):
    assert training.progress(EVE, node, Purpose.OVERSIGHT) is None
    assert training.progress(BOB, node) is None
    with pytest.raises(NotForYou):
        training.progress(IAN, node)


def test_who_asked_and_why_is_kept(node):
    told = training.begin(ANN, node, "first year", seed=9)
    node.training.stop()
    assert (told.state, told.officer, told.reason, told.seed) == ("waiting", "ann", "first year", 9)
    assert training.progress(BOB, node).fault
