import pytest
from tests.desk.port import ANN, EVE, NOW, an_officer
from tests.desk.test_ports import HEAD, look

from vigie.desk import ports, ports_figures, ports_openings
from vigie.terms import HOUR, Handling, NotForYou, Purpose, Role

CY = an_officer("cy", Role.PORT, clearance=Handling.CLEAR, purposes=(Purpose.INSPECTION,), terminals=("1742",))


def test_an_operator_sees_groups_of_five_and_no_person(node):
    lines = [look(f"P{n}", "CSQU3054383", NOW - (n + 1) * HOUR) for n in range(5)]
    lines += [look(f"Q{n}", "CSQU3054383", NOW - HOUR, system="small") for n in range(4)]
    ports.take_in(EVE, HEAD + "\n".join(lines), node)
    (one,) = ports_figures.figures(CY, node)
    assert (one.system, one.people, one.events) == ("tos", 5, 5)
    assert "u-" not in repr(one)


def test_an_operator_sees_nothing_else_of_it(node):
    for act in (ports.insiders, ports_openings.page):
        with pytest.raises(NotForYou):
            act(CY, node)
        with pytest.raises(NotForYou):
            act(CY, node, Purpose.INSPECTION)


def test_targeting_has_no_need_of_them(node):
    with pytest.raises(NotForYou):
        ports_figures.figures(ANN, node)
