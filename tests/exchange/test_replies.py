"""How a joint operation stands is counted from what was said in it."""

import pytest
from tests.exchange.told import THINGS
from tests.exchange.values import BE, BR, NL, NOW, an_id

from vigie.exchange.replies import Given, Stage, stands, words_for
from vigie.exchange.things import JointOperation, Reply, ReplyWord
from vigie.terms import DAY, HOUR, Moment

WORK = JointOperation(
    "north sea", "two weeks", ("BE", "NL"), Moment(NOW + DAY), Moment(NOW + 3 * DAY), ("CSQU3054383",), ("scan", "visit")
)
ABOUT = an_id(1, "grouping")
W = ReplyWord


def said(node, word, at=0, text="so it is", item=0):
    return Given(node, Reply(ABOUT, word, text, Moment(NOW + at), item))


def stage(*given, now=NOW):
    return stands(WORK, BE, (NL, BR), given, Moment(now)).stage


def test_who_is_asked_and_silent_is_told():
    found = stands(WORK, BE, (NL, BR), (), NOW)
    assert (found.stage, found.answers) == (Stage.PROPOSED, {NL: "", BR: ""})
    assert [one.state for one in found.tasks] == ["open", "open"]


@pytest.mark.parametrize(("given", "now", "expected"), [
    ((said(NL, W.ACCEPT),), NOW, Stage.AGREED),
    ((said(NL, W.ACCEPT),), NOW + 2 * DAY, Stage.RUNNING),
    ((said(NL, W.ACCEPT),), NOW + 4 * DAY, Stage.OVER),
    ((said(NL, W.DECLINE),), NOW + 2 * DAY, Stage.PROPOSED),
    ((said(NL, W.DECLINE), said(BR, W.DECLINE)), NOW, Stage.DECLINED),
    ((said(NL, W.ACCEPT), said(NL, W.DECLINE, HOUR), said(BR, W.DECLINE)), NOW, Stage.DECLINED),
    ((said("xx-node", W.ACCEPT),), NOW, Stage.PROPOSED),
    ((said(NL, W.CLOSE),), NOW, Stage.PROPOSED),
    ((said(NL, W.ACCEPT), said(BE, W.CLOSE, HOUR)), NOW + 2 * DAY, Stage.CLOSED),
])  # fmt: skip
def test_stages(given, now, expected):
    assert stage(*given, now=now) is expected


def test_tasks_and_units_are_of_those_who_take_part():
    given = (said(NL, W.ACCEPT), said(NL, W.UNIT, 1, "HARC"), said(NL, W.UNIT, 2, "HARC"), said(BE, W.BEGUN, 3, item=1),
             said(NL, W.DONE, 4, item=1), said(BR, W.DONE, 5, item=2), said(NL, W.DONE, 6, item=9))  # fmt: skip
    found = stands(WORK, BE, (NL, BR), reversed(given), NOW)
    assert [(one.state, one.node) for one in found.tasks] == [("done", NL), ("open", "")]
    assert found.units == ((NL, "HARC"),)
    assert found.log == given


def test_only_some_things_ask_for_an_answer():
    asking = {type(one).__name__: set(words_for(one)) for one in THINGS if words_for(one)}
    assert asking.keys() == {"Box", "JointOperation", "Training"}
    assert set().union(*asking.values()) == set(ReplyWord)
