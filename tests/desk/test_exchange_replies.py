"""A request is answered, the answer goes back under its own marking, and the box is no longer marked."""

import pytest
from tests.desk.federated import BE, NL, a_marking, exchange
from tests.desk.port import ANN, BOB, BOX, IAN, NOW
from tests.desk.test_exchange_effects import LOOK, SAW, fired, nodes, tell  # noqa: F401 - a fixture

from vigie.desk import exchange as desk
from vigie.desk import exchange_replies as replies
from vigie.desk.exchange_effects import answered, standing_thing
from vigie.exchange import Box, HandlingCode, ReplyWord, Subjects
from vigie.terms import BadRequest, Handling, NotForYou, NotFound

NOWHERE = "container--00000000-0000-4000-8000-000000000001"


def test_a_request_waits_until_it_is_answered_for_good(nodes):  # noqa: F811
    id = tell(nodes, LOOK)
    (row,) = replies.requests(ANN, nodes[BE])
    assert (row.id, row.container, row.reason, row.node, row.own, row.since) == (id, BOX, LOOK.reason, NL, False, NOW)
    assert (row.known, row.closed, row.words) == (True, False, ("will-look", "nothing", "found", "cannot"))
    replies.reply(ANN, id, "will-look", "this afternoon", nodes[BE])
    assert (replies.requests(ANN, nodes[BE])[0].closed, fired(nodes[BE])) == (False, {"X2"})
    replies.reply(ANN, id, "nothing", "opened, empty but for bananas", nodes[BE])
    assert (replies.requests(ANN, nodes[BE])[0].closed, replies.requests(ANN, nodes[BE])[0].words) == (True, ())
    assert fired(nodes[BE]) == set()
    assert answered(id, nodes[BE]).word is ReplyWord.NOTHING
    exchange(nodes, BE, NL)
    (mine,) = replies.requests(ANN, nodes[NL])
    assert (mine.own, mine.closed, mine.known) == (True, True, False)
    assert ("nothing", "opened, empty but for bananas") in {(one.word, one.text) for one in mine.answers}


def test_an_answer_is_marked_as_what_it_answers_and_goes_to_who_asked(nodes):  # noqa: F811
    id = tell(nodes, LOOK, tlp=Handling.GREEN, case="NL-3", subjects=Subjects.SUSPECT, assessment=True)
    sent = replies.reply(ANN, id, "found", "in the walls", nodes[BE])
    assert sent.to == (NL,)
    marking = standing_thing(sent.id, nodes[BE]).marking
    assert (marking.originator, marking.tlp, marking.case, marking.subjects, marking.assessment) == (
        BE, Handling.GREEN, "NL-3", Subjects.NONE, False)  # fmt: skip


def test_an_answer_to_what_is_restricted_waits_for_two(nodes):  # noqa: F811
    desk.approve(BOB, f"{desk.send(ANN, LOOK, a_marking(NL, nodes=(BE,), handling=HandlingCode.H2), nodes[NL]).id} 1",
                 nodes[NL])  # fmt: skip
    exchange(nodes, NL, BE)
    id = replies.requests(ANN, nodes[BE])[0].id
    assert replies.reply(ANN, id, "found", "in the walls", nodes[BE]).state == "waits"
    assert not replies.requests(ANN, nodes[BE])[0].closed


@pytest.mark.parametrize(("word", "text", "reason"), [
    ("accept", "yes", "exchange-no-such-answer"), ("", "yes", "exchange-no-such-answer"),
    ("found", "  ", "exchange-needs-text"), ("found", "x" * 2001, "exchange-needs-text"),
])  # fmt: skip
def test_what_is_no_answer(nodes, word, text, reason):  # noqa: F811
    id = tell(nodes, LOOK)
    with pytest.raises(BadRequest) as told:
        replies.reply(ANN, id, word, text, nodes[BE])
    assert told.value.facts["reason"] == reason


def test_what_asks_nothing_is_not_answered(nodes):  # noqa: F811
    for id in (tell(nodes, SAW), tell(nodes, Box(BOX), tlp=Handling.RED), NOWHERE):
        with pytest.raises(NotFound):
            replies.reply(ANN, id, "found", "yes", nodes[BE])
    with pytest.raises(NotForYou):
        replies.reply(IAN, NOWHERE, "found", "yes", nodes[BE])
