import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.desk.port import (
    ADA,
    ALL,
    ANN,
    BOB,
    EVE,
    VISIT,
    a_consignment,
    a_node,
    an_officer,
    manifest,
    numbers,
    take_in,
    trail,
)

from vigie.arrivals import Route
from vigie.desk.gate import ACTS, four_eyes, may, reach, sift, visit_for, visits_for
from vigie.terms import Handling, NotForYou, OwnWork, Purpose, Role
from vigie.tracking import Query

SITES = ("BEANR", "NLRTM", "FRLEH")


@pytest.mark.parametrize(
    ("officer", "act", "purpose", "allowed"),
    [
        (ANN, "see", Purpose.TARGETING, True),
        (ANN, "see", Purpose.INVESTIGATION, False),
        (ANN, "release", Purpose.TARGETING, False),
        (BOB, "release", Purpose.TARGETING, True),
        (EVE, "see-trail", Purpose.OVERSIGHT, True),
        (ANN, "see-trail", Purpose.TARGETING, False),
        (BOB, "see", Purpose.ADMINISTRATION, False),
        (ADA, "change-officers", Purpose.ADMINISTRATION, True),
        (ADA, "list", Purpose.ADMINISTRATION, False),
        (msgspec.structs.replace(ANN, active=False), "see", Purpose.TARGETING, False),
        (an_officer("nobody", Role.TARGETING, purposes=()), "see", Purpose.TARGETING, False),
    ],
)
def test_who_may_do_what_and_what_for(officer, act, purpose, allowed):
    assert may(officer, act, purpose) is allowed


def test_every_role_can_do_something_and_no_act_is_for_nobody():
    assert all(roles for roles in ACTS.values())
    assert set().union(*ACTS.values()) == set(Role)


def test_permission_is_asked_before_existence(node):
    """Who may not look at all causes no question to the store: the refusal cannot depend on the answer."""
    take_in(node, manifest())
    for wanted in (VISIT, "XXXX0000000-1"):
        with pytest.raises(NotForYou):
            visit_for(ADA, wanted, Purpose.TARGETING, node)
    assert [one.outcome for one in trail(node, officer="ada")] == ["refused", "refused"]


def test_all_or_none(node):
    take_in(node, manifest())
    with pytest.raises(NotForYou):
        visits_for(BOB, [VISIT, "XXXX0000000-1"], Purpose.TARGETING, node)
    found, refused = sift(BOB, [VISIT, "XXXX0000000-1"], Purpose.TARGETING, node, "see")
    assert (list(found), refused) == ([VISIT], ("XXXX0000000-1",))


def test_an_inspection_team_reaches_boxes_for_inspection_only():
    ian = an_officer("ian", Role.INSPECTOR, purposes=ALL)
    assert reach(ian, Purpose.INSPECTION).none is False
    assert reach(ian, Purpose.STATISTICS).none is True


@pytest.fixture(scope="module")
def port(tmp_path_factory):
    """Boxes at three sites under every handling code."""
    boxes = numbers(15)
    with a_node(tmp_path_factory.mktemp("port")) as made:
        bills = [a_consignment(box, box, route=Route(loading="ECGYE", unloading=SITES[place % 3]))
                 for place, box in enumerate(boxes)]  # fmt: skip
        take_in(made, manifest(*bills))
        for place, box in enumerate(boxes):
            made.store.visits.mark([f"{box}-1"], handling=place % 5)
        yield made, [f"{box}-1" for box in boxes]


_OFFICERS = st.builds(
    an_officer,
    st.just("any"),
    st.sampled_from(Role),
    clearance=st.sampled_from(Handling),
    purposes=st.lists(st.sampled_from(Purpose), unique=True).map(tuple),
    sites=st.lists(st.sampled_from(SITES), unique=True).map(tuple),
    active=st.booleans(),
)


@settings(max_examples=80)
@given(officer=_OFFICERS, purpose=st.sampled_from(Purpose))
def test_every_listed_box_would_pass_the_gate_and_no_other(port, officer, purpose):
    node, boxes = port
    within = reach(officer, purpose)
    listed = {row.visit for row in node.store.visits.page(Query(limit=100), within).rows}
    passed, _ = sift(officer, boxes, purpose, node, "list")
    assert listed == set(passed)
    assert node.store.visits.count(Query(), within) == len(listed)


@pytest.mark.parametrize(
    ("officer", "decision", "allowed"),
    [(BOB, "opened", True), (BOB, "refused", True), (BOB, "withdrawn", False), (EVE, "withdrawn", True),
     (EVE, "opened", False), (EVE, "refused", False)],
)  # fmt: skip
def test_who_asked_takes_back_and_others_decide(node, officer, decision, allowed):
    def act():
        four_eyes(officer, EVE.id, decision, "erase", Purpose.OVERSIGHT, "erasure 7", node)

    if allowed:
        act()
        assert trail(node, act="erase") == []
    else:
        with pytest.raises(OwnWork):
            act()
        (told,) = trail(node, act="erase")
        assert (told.outcome, told.facts) == ("refused", {"step": decision})
