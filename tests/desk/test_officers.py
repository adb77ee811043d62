import msgspec
import pytest
from tests.desk.port import ADA, ANN, BOB, a_node, an_officer

from vigie.desk import officers
from vigie.desk.views import Preferences
from vigie.terms import HOUR, BadRequest, Handling, Language, NotForYou, NotFound, Role


@pytest.fixture
def staffed(node):
    for one in (ADA, ANN):
        officers.add(None, one, node)
    return node


def test_a_link_is_good_once(node):
    given = officers.add(None, ANN, node)
    session = officers.sign_in(given.token, node)
    assert officers.session(session.token, node).officer.id == "ann"
    with pytest.raises(NotForYou):
        officers.sign_in(given.token, node)
    officers.sign_out(session.token, node)
    assert officers.session(session.token, node) is None


def test_links_and_sessions_end_by_the_machines_clock(node, monkeypatch):
    given = officers.add(None, ANN, node)
    later = node.wall() + 2 * HOUR
    monkeypatch.setattr(node, "wall", lambda: later)
    with pytest.raises(NotForYou):
        officers.sign_in(given.token, node)
    session = officers.sign_in(officers.link(None, ANN.id, node).token, node)
    monkeypatch.setattr(node, "wall", lambda: later + 13 * HOUR)
    assert officers.session(session.token, node) is None


def test_tokens_are_not_in_the_store(node):
    given = officers.add(None, ANN, node)
    kept = str(node.store.db.rows("SELECT * FROM link"))
    assert given.token not in kept


def test_who_left_gets_in_no_more(staffed):
    session = officers.sign_in(officers.link(ADA, ANN.id, staffed).token, staffed)
    officers.deactivate(ADA, ANN.id, staffed)
    assert officers.session(session.token, staffed) is None
    with pytest.raises(NotFound):
        officers.link(ADA, ANN.id, staffed)
    assert [(one.id, one.active) for one in officers.everyone(ADA, staffed)] == [("ada", True), ("ann", False)]


@pytest.mark.parametrize(
    "wrong",
    [
        an_officer("Ann Lee"), an_officer("operator"), an_officer("ann"), an_officer("x", purposes=()),
        msgspec.structs.replace(an_officer("y"), roles=()), an_officer("z", clearance=Handling.RED),
    ],
    ids=["shape", "reserved", "taken", "no-purpose", "no-role", "clearance-above"],
)
def test_officers_that_cannot_be(wrong, staffed):
    with pytest.raises(BadRequest):
        officers.add(ADA, wrong, staffed)


@pytest.mark.parametrize("act", [officers.everyone, lambda who, node: officers.link(who, ADA.id, node),
                                 lambda who, node: officers.deactivate(who, ADA.id, node)])  # fmt: skip
def test_only_administrators_look_after_officers(act, staffed):
    with pytest.raises(NotForYou):
        act(ANN, staffed)


def test_nobody_locks_oneself_out(staffed):
    with pytest.raises(BadRequest):
        officers.deactivate(ADA, ADA.id, staffed)


def test_switching_is_for_invented_officers_only(staffed, tmp_path):
    session = officers.sign_in(officers.link(ADA, ANN.id, staffed).token, staffed)
    with pytest.raises(NotForYou):
        officers.switch(session.token, ADA.id, staffed)
    with a_node(tmp_path / "demo", simulated=True) as demo:
        first = officers.sign_in(officers.add(None, ANN, demo).token, demo)
        officers.add(None, BOB, demo)
        assert [one.id for one in officers.demo_officers(demo)] == ["ann", "bob"]
        second = officers.switch(first.token, BOB.id, demo)
        assert (officers.session(first.token, demo), officers.session(second.token, demo).officer.roles) == (
            None, (Role.SUPERVISOR, Role.TARGETING),
        )


def test_what_an_officer_likes_is_kept_and_speaks_the_language(staffed):
    assert officers.preferences(ANN, staffed).language is Language.EN
    officers.prefer(ANN, Preferences(language=Language.PT, theme="dark"), staffed)
    session = officers.sign_in(officers.link(ADA, ANN.id, staffed).token, staffed)
    assert officers.session(session.token, staffed).officer.language == "pt"
    with pytest.raises(BadRequest):
        officers.prefer(ANN, Preferences(theme="neon"), staffed)
