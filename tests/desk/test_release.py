"""Rights as officers handle them: two people at least, a reason for every look, a key told once."""

import pytest
from tests.desk.port import ANN, BOB, BOX, EVE, IAN, NOW, VISIT, an_officer, manifest, take_in, trail

from vigie.desk import release
from vigie.terms import DAY, HOUR, BadRequest, Conflict, Handling, Moment, NotForYou, Role, SecondNeeded
from vigie.tracking import commitment_of

CAL = an_officer("cal", Role.TARGETING, Role.SUPERVISOR)
END = Moment(NOW + 5 * DAY)
PLATE = "1-ABC-234"


def a_right(node, officer=ANN, **more):
    take_in(node, manifest()) if not node.store.visits.get([VISIT]) else None
    return release.issue(officer, VISIT, node, terminal="1742", to="LINE", role="shipping-line", end=END, **more)


def accepted(node, one=ANN, other=BOB):
    right = a_right(node, one).id
    release.step(one, right, "transfer", node, party="line", to="HAUL", role="carrier")
    return release.step(other, right, "accept", node, party="haul").id


def keyed(node, officer=ANN, **more):
    right = accepted(node)
    made = release.key(officer, right, node, party="HAUL", plate=PLATE, start=NOW, end=Moment(NOW + 8 * HOUR), **more)
    return right, made


def test_a_right_walks_from_the_line_to_a_carrier_with_a_key(node):
    right, made = keyed(node)
    assert (len(made.key), made.carrier) == (19, "HAUL")
    view = release.show(BOB, right, "asked by the gate", node)
    assert [one.verb for one in view.steps] == ["issue", "transfer", "accept", "key"]
    assert [(one.party, one.to, one.by) for one in view.steps[:3]] == [("", "LINE", "ann"), ("LINE", "HAUL", "ann"), ("HAUL", "", "bob")]
    assert view.row.state == "key-issued"
    assert set(view.possible) >= {"key", "revoke"}


def test_a_live_key_is_kept_nowhere(node):
    right, made = keyed(node)
    bare = made.key.replace("-", "")
    kept = node.store.releases.get(right)
    everything = repr(kept) + repr(trail(node)) + repr(release.show(BOB, right, "why not", node))
    for entry in node.store.log.of(VISIT):
        everything += (entry.body or b"").decode()
    for forbidden in (made.key, bare, commitment_of(made.key), PLATE, PLATE.replace("-", "")):
        assert forbidden not in everything


def test_a_holder_may_make_the_key_so_that_nobody_here_learns_it(node):
    _, made = keyed(node, commitment=commitment_of("7777-8888-9999-AAAA"))
    assert made.key == ""


def test_one_officer_alone_never_gets_a_key_made(node):
    right = accepted(node, ANN, ANN)
    with pytest.raises(SecondNeeded):
        release.key(ANN, right, node, party="HAUL", plate=PLATE, start=NOW, end=Moment(NOW + HOUR))
    assert trail(node, act="issue-releases")[0].outcome == "refused"
    assert release.key(BOB, right, node, party="HAUL", plate=PLATE, start=NOW, end=Moment(NOW + HOUR)).key


def test_an_override_takes_two(node):
    right = a_right(node).id
    release.step(ANN, right, "ask-override", node, to="haul", reason="the forwarder is offline")
    with pytest.raises(SecondNeeded):
        release.step(ANN, right, "confirm-override", node, reason="I said so")
    assert release.step(BOB, right, "confirm-override", node, reason="checked by phone").state == "accepted"
    assert [one.code for one in release.alerts(BOB, node)] == ["release-override", "release-override"]


def test_every_look_needs_a_reason_and_leaves_it(node):
    right = a_right(node).id
    for reason in ("", "  ", "x"):
        with pytest.raises(BadRequest):
            release.show(ANN, right, reason, node)
    release.show(ANN, right, "called by the line", node)
    assert trail(node, act="see-releases")[0].facts["why"] == "called by the line"


def test_who_may_not_is_refused_alike_whether_there_is_one(node):
    right = a_right(node).id
    hidden = an_officer("out", sites=("NLRTM",))
    for officer, wanted in ((hidden, right), (ANN, "no-such-R1")):
        with pytest.raises(NotForYou):
            release.show(officer, wanted, "because I can", node)
    with pytest.raises(NotForYou):
        release.step(IAN, right, "revoke", node, reason="not mine", purpose=IAN.purposes[0])
    assert release.listed(hidden, node).rows == ()
    assert [one.id for one in release.listed(EVE, node, purpose=EVE.purposes[0]).rows] == [right]


def test_one_live_right_for_a_box_and_a_new_one_after_a_revoked_one_is_told(node):
    right = a_right(node).id
    with pytest.raises(Conflict):
        a_right(node)
    release.step(BOB, right, "revoke", node, reason="wrong carrier")
    again = a_right(node)
    assert again.id == f"{VISIT}-R2"
    assert release.show(BOB, again.id, "checking", node).replaces == right
    assert "release-reissued" in {one.code for one in release.alerts(BOB, node)}


def test_steps_from_the_wrong_place_or_by_the_wrong_party_are_refused(node):
    right = a_right(node).id
    for verb, more in (("accept", {"party": "HAUL"}), ("transfer", {"party": "OTHER", "to": "H", "role": "carrier"})):
        with pytest.raises(Conflict):
            release.step(ANN, right, verb, node, **more)
    for verb, more in (("transfer", {"party": "LINE", "to": "H", "role": "king"}), ("fly", {}), ("revoke", {})):
        with pytest.raises(BadRequest):
            release.step(ANN, right, verb, node, **more)


def test_lists_filter_by_state_and_page(node):
    right = a_right(node).id
    assert [one.id for one in release.listed(ANN, node, "issued").rows] == [right]
    assert release.listed(ANN, node, "revoked").rows == ()
    page = release.listed(ANN, node, limit=1)
    assert release.listed(ANN, node, before=page.before).rows == ()
    with pytest.raises(BadRequest):
        release.listed(ANN, node, limit=0)


def test_a_box_above_the_clearance_shows_no_right(node):
    right = a_right(node).id
    low = an_officer("low", clearance=Handling.CLEAR)
    assert release.listed(low, node).rows == ()
    with pytest.raises(NotForYou):
        release.show(low, right, "curious", node)
    assert BOX not in str(release.alerts(low, node))
