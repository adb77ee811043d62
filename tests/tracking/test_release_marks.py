"""How a right fared, counted: hands, what came after a revocation, what the gate refused; nobody is named."""

import msgspec
from tests.tracking.test_release_gate import BOX, END, QUAY, T0, VISIT, issued, passed, wished

from vigie.terms import HOUR, Moment, VisitId
from vigie.tracking import ReleaseAttempt, ReleaseMark, ReleaseState, ReleaseStep, advance, release_mark
from vigie.tracking import ReleaseVerb as V


def key_of(kind, code):
    return {"LINE": 11, "HAUL": 12, "THIEF": 13, "p1": 21, "p2": 22}[code]


def tried(code, *, at=T0 + HOUR, right=f"{VISIT}-R1", vehicle="p1"):
    return ReleaseAttempt("n", BOX, QUAY, "G1", right, code, vehicle, "pia", Moment(at))


def marked(rights, *attempts):
    return release_mark(VISIT, rights, attempts, key_of)


def test_a_box_without_a_right_has_no_mark():
    assert marked([]) is None
    assert release_mark(VisitId(f"{BOX}-2"), [issued()], (), key_of) is None


def test_a_chain_counts_its_hands_and_names_its_last_party_by_number():
    assert marked([issued()]) == ReleaseMark(1, party=11, terminal=QUAY)
    right = passed(issued())
    assert marked([right]) == ReleaseMark(len(right.steps), hands=1, party=12, terminal=QUAY)


def test_an_override_is_a_passing_on():
    asked = advance(issued(), wished(issued(), V.ASK, "ann", T0, to="THIEF", reason="offline"))
    given = advance(asked, wished(asked, V.CONFIRM, "bob", T0, reason="by phone"))
    assert (marked([given]).hands, marked([given]).party) == (1, 13)


def test_a_right_after_a_revoked_one_is_a_reissue_and_one_after_an_expired_one_is_none():
    first = issued()
    revoked = advance(first, wished(first, V.REVOKE, "ann", T0, reason="mistake"))
    again = issued(number=2, replaces=first.id)
    assert marked([revoked, again]).reissued == 1
    assert marked([first, again]).reissued == 0


def test_a_right_of_another_system_that_lives_on_after_its_revocation_counts_too():
    steps = tuple(ReleaseStep(V.ISSUE, state, "portal", Moment(T0 + n)) for n, state in enumerate(
        ("issued", "revoked", "issued", "refused", "accepted")))  # fmt: skip
    steps = tuple(msgspec.convert(msgspec.to_builtins(step), ReleaseStep) for step in steps)
    mirrored = msgspec.structs.replace(issued(), steps=steps, source="portal")
    assert (marked([mirrored]).reissued, marked([mirrored]).refusals) == (1, 1)


def test_what_the_gate_refused_counts_by_its_reason():
    right = passed(issued())
    codes = ("wrong-key", "wrong-key", "other-vehicle", "early", "customs-hold", "expired")
    mark = marked([right], *map(tried, codes))
    assert (mark.refusals, mark.wrong_keys, mark.vehicle, mark.told) == (1, 2, 0, len(right.steps) + len(codes))


def test_a_key_of_no_right_counts_from_the_first_right_on():
    before, after = tried("no-right", right="", at=T0 - HOUR), tried("no-right", right="", at=T0 + HOUR)
    assert marked([issued()], before).refusals == 0
    assert marked([issued()], after).refusals == 1
    assert marked([issued()], tried("other-carrier", right="other-R1")).refusals == 0


def test_the_vehicle_that_was_let_through_and_whom_it_came_for():
    right = passed(issued())
    present = ReleaseStep(V.PRESENT, right.state, "pia", Moment(T0 + HOUR), "HAUL", QUAY)
    through = msgspec.structs.replace(right, steps=(*right.steps, present), end=END)
    mark = marked([through], tried("other-vehicle", vehicle="p2"), tried("allowed", vehicle="p1"))
    assert (mark.vehicle, mark.carrier, mark.refusals) == (21, 12, 1)


def test_a_vehicle_that_another_system_tells_counts_like_one_at_the_own_gate():
    right = msgspec.structs.replace(issued(), source="portal")
    step = ReleaseStep(V.PRESENT, ReleaseState.PRESENTED, "portal", Moment(T0 + HOUR), "HAUL", "", vehicle="p2")
    told = marked([msgspec.structs.replace(right, steps=(*right.steps, step))])
    assert (told.vehicle, told.carrier) == (22, 12)
    bare = msgspec.structs.replace(step, vehicle="")
    assert marked([msgspec.structs.replace(right, steps=(*right.steps, bare))]).vehicle == 0
