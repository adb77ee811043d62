import msgspec
import pytest
from tests.desk.port import ANN, BOB, EVE, NOW, an_officer, trail
from tests.desk.test_ports import HEAD, look

from vigie.desk import ports, ports_openings
from vigie.ports import pseudonym
from vigie.terms import BadRequest, Conflict, EntryKind, Handling, Moment, NotForYou, NotFound, OwnWork, Purpose, Role

EVA = an_officer("eva", Role.AUDITOR, clearance=Handling.RED, purposes=(Purpose.OVERSIGHT,))
WHY = "twelve boxes of one lane at night"


@pytest.fixture
def who(node):
    ports.take_in(EVE, HEAD + look("Mallory Fictief", "CSQU3054383", NOW), node)
    return pseudonym("Mallory Fictief", node.store.secret("access"))


def test_two_people_open_a_name_and_nobody_else_sees_it(node, who):
    made = ports_openings.ask(EVE, who, WHY, node)
    assert (made.state, made.identity, made.mine) == ("asked", "", True)
    with pytest.raises(OwnWork):
        ports_openings.decide(EVE, made.id, "opened", node)
    assert ports_openings.decide(BOB, made.id, "opened", node).identity == "Mallory Fictief"
    assert ports_openings.show(EVE, made.id, node).identity == "Mallory Fictief"
    assert ports_openings.show(EVA, made.id, node).identity == ""
    assert all(one.identity == "" for one in ports_openings.page(BOB, node))


def test_every_step_and_every_look_is_on_the_trail_without_the_name(node, who):
    made = ports_openings.ask(EVE, who, WHY, node)
    ports_openings.decide(BOB, made.id, "opened", node)
    ports_openings.show(EVE, made.id, node)
    told = trail(node, act="open-identity")
    assert [(one.officer, one.facts["step"]) for one in told] == [("eve", "show"), ("bob", "opened"), ("eve", "asked")]
    assert "Mallory" not in repr(told)


def test_refused_and_withdrawn_open_nothing(node, who):
    for officer, decision in ((BOB, "refused"), (EVE, "withdrawn")):
        made = ports_openings.ask(EVE, who, WHY, node)
        done = ports_openings.decide(officer, made.id, decision, node, "the roster explains it")
        assert (done.state, done.identity) == (decision, "")
        with pytest.raises(Conflict):
            ports_openings.decide(BOB, made.id, "opened", node)
    with pytest.raises(OwnWork):
        ports_openings.decide(BOB, ports_openings.ask(EVE, who, WHY, node).id, "withdrawn", node)


def test_what_cannot_be_asked(node, who):
    with pytest.raises(BadRequest):
        ports_openings.ask(EVE, "Mallory Fictief", WHY, node)
    with pytest.raises(BadRequest):
        ports_openings.ask(EVE, who, "hm", node)
    with pytest.raises(NotFound):
        ports_openings.ask(EVE, "u-0000000000000000", WHY, node)
    with pytest.raises(NotFound):
        ports_openings.show(EVE, 99, node)
    made = ports_openings.ask(EVE, who, WHY, node)
    with pytest.raises(Conflict):
        ports_openings.ask(BOB, who, WHY, node)
    with pytest.raises(BadRequest):
        ports_openings.decide(BOB, made.id, "sacked", node)
    with pytest.raises(BadRequest):
        ports_openings.decide(BOB, made.id, "refused", node)


def test_who_targets_boxes_opens_nobody(node, who):
    with pytest.raises(NotForYou):
        ports_openings.ask(ANN, who, WHY, node)
    with pytest.raises(NotForYou):
        ports_openings.page(BOB, node, Purpose.TARGETING)


def test_asking_and_deciding_stand_in_the_log_without_the_name(node, who):
    made = ports_openings.ask(EVE, who, WHY, node)
    ports_openings.decide(BOB, made.id, "opened", node)
    told = [entry for entry in node.store.log.after(Moment(0), 100) if entry.kind is EntryKind.OPENING]
    assert [msgspec.json.decode(entry.body)["act"] for entry in told] == ["name-asked", "name-decided"]
    assert [entry.source for entry in told] == ["officer:eve", "officer:bob"]
    assert b"Mallory" not in b"".join(entry.body for entry in told)
