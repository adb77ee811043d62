import pytest
from tests.desk.port import ANN, BOB, BOX, EVE, a_consignment, an_officer, discharge, manifest, numbers, take_in, trail

from vigie.desk import arrivals, officers, terminal, today
from vigie.desk.gate import ACTS, may
from vigie.terms import BadRequest, Handling, NotForYou, Purpose, Role

PIA = an_officer("pia", Role.PORT, clearance=Handling.CLEAR, purposes=(Purpose.INSPECTION,), sites=("BEANR",), terminals=("1742",))


def states(view):
    return {one.container: one.state for one in view.boxes}


def test_an_operator_sees_of_the_own_boxes_whether_customs_wants_them(node):
    first, second, third, elsewhere = numbers(4)
    take_in(node, *(manifest(a_consignment(box, box), number=n) for n, box in enumerate((first, second, third, elsewhere), 1)))
    take_in(node, discharge(first, second, third, number=9))
    arrivals.override(BOB, f"{first}-1", "select", "x", node)
    arrivals.override(BOB, f"{second}-1", "release", "x", node)
    view = terminal.boxes(PIA, node)
    assert states(view) == {first: "selected", second: "released", third: "not-selected"}
    assert elsewhere not in str(view)


def test_pages_follow_the_number_alone(node):
    boxes = numbers(5)
    take_in(node, discharge(*boxes))
    seen, after = [], ""
    for _ in range(3):
        view = terminal.boxes(PIA, node, after, 2)
        seen += [one.container for one in view.boxes]
        after = view.after
    assert seen == sorted(boxes)
    assert after == ""
    with pytest.raises(BadRequest):
        terminal.boxes(PIA, node, limit=0)


@pytest.mark.parametrize("purpose", list(Purpose))
def test_nothing_else_is_an_operators_whatever_role_was_given_besides(purpose):
    both = an_officer("pia", *Role, clearance=Handling.RED, purposes=tuple(Purpose), sites=("BEANR",), terminals=("1742",))
    assert {act for act in ACTS if may(both, act, purpose)} <= {"see-terminal", "present", "see-port-figures"}
    assert not any(may(BOB, "see-terminal", one) for one in Purpose)


def test_others_do_not_see_a_terminal_so_and_a_refusal_is_written_down(node):
    for officer in (ANN, EVE):
        with pytest.raises(NotForYou):
            terminal.boxes(officer, node, purpose=officer.purposes[0])
    terminal.boxes(PIA, node)
    assert [(one.officer, one.outcome) for one in trail(node, act="see-terminal")] == [("pia", "done"), ("eve", "refused"), ("ann", "refused")]


def test_the_frame_of_an_operators_page_tells_nothing_of_the_node(node):
    take_in(node, manifest())
    arrivals.override(ANN, f"{BOX}-1", "select", "x", node)
    take_in(node, discharge())
    frame = today.frame(PIA, node)
    assert (frame.unread, frame.live, frame.handling) == (0, 0, Handling.CLEAR)
    warned = [one.id for one in today.today(ANN, node).notices]
    today.seen(PIA, warned, node)
    assert [one.id for one in today.today(ANN, node).notices] == warned


@pytest.mark.parametrize("wrong", [{"terminals": ()}, {"sites": ()}, {"roles": (Role.PORT, Role.TARGETING)}, {"roles": (Role.TARGETING,)}])
def test_an_operator_has_a_terminal_a_site_and_no_other_role(node, wrong):
    import msgspec

    with pytest.raises(BadRequest):
        officers.add(None, msgspec.structs.replace(PIA, **wrong), node)
