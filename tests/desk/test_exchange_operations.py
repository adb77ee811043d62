"""A joint operation from proposal to report, told through the desks of two nodes."""

import datetime

import msgspec
import pytest
from tests.desk.federated import BE, BR, NL, a_marking, exchange, federate
from tests.desk.port import ANN, BOX, IAN, NOW, manifest, take_in

from vigie.desk import exchange_operations as desk
from vigie.exchange import JointOperation
from vigie.node import FixedClock
from vigie.registry import html_of
from vigie.terms import DAY, HOUR, BadRequest, Handling, Moment, NotForYou, NotFound

WORK = JointOperation(
    "north sea", "two weeks", ("BE", "NL"), Moment(NOW + DAY), Moment(NOW + 3 * DAY), (BOX,), ("scan", "visit")
)


@pytest.fixture
def nodes(tmp_path):
    made = federate(tmp_path)
    take_in(made[NL], manifest())
    yield made
    for node in made.values():
        node.close()


def proposed(nodes, to=(NL, BR), **said):
    id = desk.propose(ANN, WORK, a_marking(nodes=to, **said), nodes[BE]).id
    share(nodes)
    return id


def share(nodes):
    for one in nodes:
        for other in nodes:
            if one != other:
                exchange(nodes, one, other)


def later(nodes, at):
    for node in nodes.values():
        node.clock = FixedClock(Moment(at))


def test_from_proposal_to_report(nodes):
    id = proposed(nodes)
    view = desk.show(ANN, id, nodes[NL])
    assert (view.stage, view.originator, view.own, view.words) == ("proposed", BE, False, ("accept", "decline"))
    assert (view.containers, view.units) == (((BOX, True),), ((BE, "BE"), (BE, "NL")))
    desk.step(ANN, id, "accept", "two teams", nodes[NL])
    desk.step(ANN, id, "decline", "no scanner that week", nodes[BR])
    share(nodes)
    for name in nodes:
        assert dict(desk.show(ANN, id, nodes[name]).answers) == {NL: "accept", BR: "decline"}
    later(nodes, NOW + DAY + HOUR)
    assert desk.show(ANN, id, nodes[BE]).stage == "running"
    desk.step(ANN, id, "unit", "HARC team", nodes[NL])
    desk.step(ANN, id, "begun", "scanner booked", nodes[NL], item=1)
    later(nodes, NOW + DAY + 2 * HOUR)
    desk.step(ANN, id, "done", "no find", nodes[NL], item=1)
    share(nodes)
    view = desk.show(ANN, id, nodes[BE])
    assert (view.tasks[0].state, view.tasks[0].node, view.units[-1]) == ("done", NL, (NL, "HARC team"))
    assert desk.step(ANN, id, "close", "one find in 40 boxes", nodes[BE]).stage == "closed"
    share(nodes)
    view = desk.show(ANN, id, nodes[NL])
    assert (view.stage, view.closing, view.words) == ("closed", "one find in 40 boxes", ())
    day = datetime.date(2026, 3, 4)
    pages = {language: html_of(desk.report(ANN, id, nodes[NL], language, day=day)) for language in ["fr", "nl", "en", "pt", "es"]}
    for text in ("one find in 40 boxes", "HARC team", BOX, "no find", "TLP:AMBER"):
        assert all(text in page for page in pages.values()), text
    assert "Gezamenlijke actie north sea: eindverslag" in pages["nl"]
    assert len(set(pages.values())) == 5


@pytest.mark.parametrize(("said", "field"), [({"ends": NOW}, "ends"), ({"containers": ()}, "containers")])
def test_what_is_no_operation(nodes, said, field):
    with pytest.raises(BadRequest) as told:
        desk.propose(ANN, msgspec.structs.replace(WORK, **said), a_marking(), nodes[BE])
    assert told.value.facts["field"] == field


def test_nobody_says_what_is_not_theirs_to_say(nodes):
    id = proposed(nodes)
    for name, word, item in ((BE, "accept", 0), (NL, "close", 0), (NL, "done", 1), (BE, "done", 3), (BE, "done", 0),
                             (BE, "nothing", 0)):  # fmt: skip
        with pytest.raises(BadRequest):
            desk.step(ANN, id, word, "so", nodes[name], item=item)
    with pytest.raises(NotForYou):
        desk.step(IAN, id, "log", "so", nodes[BE])


def test_what_is_above_an_officer_is_not_there(nodes):
    id = proposed(nodes, (NL,), tlp=Handling.RED)
    assert desk.page(ANN, nodes[NL]) == ()
    for act in (desk.show, desk.report):
        with pytest.raises(NotFound):
            act(ANN, id, nodes[NL])
    with pytest.raises(NotFound):
        desk.step(ANN, id, "accept", "yes", nodes[NL])


def test_closed_ones_stand_last(nodes):
    first, second = proposed(nodes), proposed(nodes)
    desk.step(ANN, first, "close", "given up", nodes[BE])
    assert [one.id for one in desk.page(ANN, nodes[BE])] == [second, first]
