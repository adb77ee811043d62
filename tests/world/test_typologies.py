import pytest

from vigie.terms import Concealment
from vigie.world.chance import stream
from vigie.world.traces import TRACES
from vigie.world.typologies import BY_ID, HOTEL, TYPOLOGIES, choice_of, in_time


def test_there_are_at_least_a_dozen_each_imperfect():
    assert len(BY_ID) == len(TYPOLOGIES) >= 12
    for typology in TYPOLOGIES:
        assert set(typology.hidden.value) <= {str(one) for one in Concealment}
        assert typology.traces.value.keys() <= TRACES.keys()
        assert "that the method exists" in typology.traces.source
        sure = [trace for trace, often in typology.traces.value.items() if often >= 1]
        assert sure in ([], ["cold-route"])  # a disguised route is a route: it cannot fail to be one


@pytest.mark.parametrize("size", ["small", "middle", "large"])
def test_every_scope_has_a_method_for_every_class(size):
    for scope in ("lane", "cold", "small", "empty"):
        assert choice_of(size, (scope,)).draw(stream(1)).scope == scope


def test_reefer_compartments_hold_no_tonne():
    assert "reefer-compartment" not in {one.id for one in choice_of("large").things if one.weights.value[2] > 0}


def test_traces_that_come_too_late_do_not_count():
    assert in_time(("seal-changed", "early-pickup", "vgm-copied", "vague-goods")) == 2
    assert any(HOTEL in typology.hidden.value for typology in TYPOLOGIES)
