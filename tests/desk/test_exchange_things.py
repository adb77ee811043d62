"""One thing with all that is known of it, and why a box is marked: no more than an officer needs to know."""

import pytest
from tests.desk.federated import BE, BR, NL, exchange
from tests.desk.port import ANN, BOB, BOX, IAN, NOW, an_officer, told, trail
from tests.desk.test_exchange_effects import FOUND, LOOK, METHOD, SAW, from_nl, nodes, tell  # noqa: F401 - a fixture
from tests.desk.test_exchange_holding import END, SUE

from vigie.desk import exchange as desk
from vigie.desk import exchange_holding as holding
from vigie.desk import exchange_replies as replies
from vigie.desk import exchange_things as things
from vigie.exchange import Desk, Movement
from vigie.terms import Handling, NotForYou, NotFound, Role

CLERK = an_officer("cleo", Role.PORT)


def test_why_a_box_is_marked_in_the_partners_words(nodes):  # noqa: F811
    id = tell(nodes, SAW)
    (row,) = told(nodes[BE], ANN).because
    assert (row.id, row.thing, row.node, row.name, row.country) == (id, "movement", NL, "NL-CUSTOMS", "NL")
    assert (row.what, row.place, row.when, row.since) == ("left the row at night: no order for it", "NLRTM", NOW, NOW)
    assert (row.tlp, row.handling, row.evaluation, row.counts) == ("AMBER", "H0", "A1", True)
    desk.retract(ANN, id, "wrong", nodes[NL])
    exchange(nodes, NL, BE)
    assert told(nodes[BE], ANN).because == ()


def test_who_needs_not_know_sees_nothing_of_it(nodes):  # noqa: F811
    tell(nodes, SAW, tlp=Handling.RED)
    tell(nodes, FOUND, desks=(Desk.PROSECUTOR,))
    assert told(nodes[BE], ANN).because == ()
    assert {row.thing for row in told(nodes[BE], BOB).because} == {"movement", "seizure"}
    assert not any(row.counts for row in told(nodes[BE], BOB).because)


def test_each_look_at_it_leaves_a_line(nodes):  # noqa: F811
    id = tell(nodes, METHOD)
    told(nodes[BE], ANN)
    seen = [one for one in trail(nodes[BE], act="see-exchange") if one.subject == f"exchange {id}"]
    assert [(one.officer, one.facts) for one in seen] == [("ann", {"step": "box"})]


def test_a_node_that_has_not_joined_shows_nothing(tmp_path):
    from tests.desk.port import a_node, manifest, take_in

    with a_node(tmp_path) as node:
        take_in(node, manifest())
        assert told(node, ANN).because == ()


def test_a_thing_with_its_marking_and_fields(nodes):  # noqa: F811
    id = tell(nodes, SAW, case="NL-9")
    view = things.one(ANN, id, nodes[BE])
    assert (view.row.thing, view.row.case, view.own, view.desks, view.boxes) == (
        "movement", "NL-9", False, ("targeting",), (BOX,))  # fmt: skip
    found = {one.name: one.text or one.at for one in view.fields}
    assert found == {"container": BOX, "what": SAW.what, "where": "NLRTM", "when": NOW, "why": SAW.why}
    assert things.one(ANN, id, nodes[NL]).own
    desk.revise(ANN, id, Movement(BOX, "left twice", "NLRTM", NOW, "no order"), from_nl(), nodes[NL])
    exchange(nodes, NL, BE)
    view = things.one(ANN, id, nodes[BE])
    assert [row.version for row in view.versions] == [1, 2]
    assert {one.name: one.text for one in view.fields}["what"] == "left twice"
    assert [one.outcome for one in things.one(ANN, id, nodes[NL]).answers] == ["erased"]


def test_what_is_not_for_an_officer_is_not_there(nodes):  # noqa: F811
    id = tell(nodes, SAW, tlp=Handling.RED)
    for officer, wanted in ((ANN, id), (IAN, id), (ANN, "movement-event--nothing")):
        with pytest.raises(NotFound):
            things.one(officer, wanted, nodes[BE], officer.purposes[0])
    with pytest.raises(NotForYou):
        things.one(CLERK, id, nodes[BE])
    assert {one.outcome for one in trail(nodes[BE], act="see-exchange")} == {"refused"}


def test_a_hold_that_waits_is_shown_to_who_may_confirm(nodes):  # noqa: F811
    id = tell(nodes, SAW)
    holding.ask_hold(BOB, id, "court", "BE-7", "art. 9", END, nodes[BE])
    assert things.one(ANN, id, nodes[BE]).hold is None
    assert (things.one(BOB, id, nodes[BE]).hold.mine, things.one(SUE, id, nodes[BE]).hold.mine) == (True, False)
    holding.confirm_hold(SUE, id, nodes[BE])
    held = things.one(ANN, id, nodes[BE]).hold
    assert (held.waits, held.asked_by, held.confirmed_by, held.until) == (False, "bob", "sue", END)


def test_a_wish_to_pass_on_is_shown_with_its_answer(nodes):  # noqa: F811
    id = tell(nodes, SAW)
    holding.ask_release(ANN, id, (BR,), "their ship", nodes[BE])
    exchange(nodes, BE, NL)
    (wish,) = things.one(ANN, id, nodes[NL]).asked
    assert (wish.node, wish.nodes, wish.reason, wish.answered) == (BE, (BR,), "their ship", "")
    holding.answer_release(ANN, id, BE, False, END, "not now", nodes[NL])
    exchange(nodes, NL, BE)
    assert things.one(ANN, id, nodes[NL]).asked[0].answered == "refused"
    assert things.one(ANN, id, nodes[BE]).grant == "refused"


def test_answers_are_shown_at_both_ends(nodes):  # noqa: F811
    id = tell(nodes, LOOK)
    assert things.one(ANN, id, nodes[BE]).words == ("will-look", "nothing", "found", "cannot")
    replies.reply(ANN, id, "will-look", "this afternoon", nodes[BE])
    exchange(nodes, BE, NL)
    for name in (BE, NL):
        assert [(one.node, one.word, one.text) for one in things.one(ANN, id, nodes[name]).replies] == [
            (BE, "will-look", "this afternoon")]  # fmt: skip
    assert told(nodes[BE], ANN).because[0].answered == ("will-look",)
