"""Merging and splitting are exact opposites, whatever the order; a law over any steps."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vigie.registry import Report, Seized, SeizureStep, State, Substance, Verb, parted_name, stepped
from vigie.terms import BadRequest, Conflict, Moment, NotFound, OfficerId

ANN = OfficerId("ann")


def a_report(grams=1):
    return Report("customs", "BE", "officer:ann", Seized(Moment(1), "BEANR", (Substance("cocaine", net_g=grams),)))


def take(known, hlc, seizure, verb, **more):
    step = SeizureStep(seizure, verb, ANN, Moment(hlc), reason=more.pop("reason", "why"), **more)
    for one in stepped(step, Moment(hlc), known):
        known[one.id] = one


def grams(known):
    return sum(one.seized.grams for one in known.values() if one.state is State.STANDING)


def test_a_merge_is_taken_back_by_a_split():
    known = {}
    for number in (1, 2, 3):
        take(known, number, f"S{number}", Verb.RECORD, report=a_report(10**number))
    before = dict(known)
    take(known, 4, "S2", Verb.MERGE, into="S1")
    take(known, 5, "S1", Verb.MERGE, into="S3")
    assert (grams(known), [one.id for one in known["S3"].reports]) == (1000, [1, 2, 3])
    assert parted_name(known["S3"], (Moment(1),), frozenset()) == "S1"
    take(known, 6, "S3", Verb.SPLIT, into="S1", parts=(Moment(1),))
    assert (known["S1"].state, known["S1"].seized.grams, grams(known)) == (State.STANDING, 10, 1010)
    assert before["S3"].seized == known["S3"].seized


def test_reports_of_one_seizure_part_under_a_new_name():
    known = {}
    take(known, 1, "S1", Verb.RECORD, report=a_report(5))
    take(known, 2, "S1", Verb.REPORT, report=a_report(7), leads=True)
    assert known["S1"].seized.grams == 7
    name = parted_name(known["S1"], (Moment(2),), frozenset(("S1", "S1-2")))
    assert name == "S1-3"
    take(known, 3, "S1", Verb.SPLIT, into=name, parts=(Moment(2),))
    assert (known["S1"].seized.grams, known["S1-3"].seized.grams) == (5, 7)


def test_what_cannot_be_is_refused():
    known = {}
    take(known, 1, "S1", Verb.RECORD, report=a_report())
    with pytest.raises(Conflict):
        take(known, 2, "S1", Verb.RECORD, report=a_report())
    with pytest.raises(NotFound):
        take(known, 2, "S1", Verb.MERGE, into="S9")
    with pytest.raises(NotFound):
        take(known, 2, "S9", Verb.WITHDRAW)
    with pytest.raises(Conflict):
        take(known, 2, "S1", Verb.MERGE, into="S1")
    for parts in ((), (Moment(1),), (Moment(7),)):
        with pytest.raises(BadRequest):
            take(known, 2, "S1", Verb.SPLIT, into="S2", parts=parts)
    with pytest.raises(BadRequest):
        take(known, 2, "S1", Verb.WITHDRAW, reason=" ")
    with pytest.raises(BadRequest):
        take(known, 2, "S2", Verb.RECORD)
    with pytest.raises(BadRequest):
        take(known, 2, "S1", Verb.LEAD, parts=(Moment(9),))
    with pytest.raises(Conflict):
        take(known, 2, "S1", Verb.RESTORE)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["merge", "split", "withdraw", "restore"]), st.integers(1, 4), st.integers(1, 4)), max_size=12))
def test_whatever_is_done_every_report_stands_once(steps):
    known = {}
    for number in range(1, 5):
        take(known, number, f"S{number}", Verb.RECORD, report=a_report(10**number))
    for hlc, (verb, one, other) in enumerate(steps, 10):
        try:
            if verb == "split":
                parts = tuple(each.id for each in known[f"S{one}"].reports if each.first == f"S{other}")
                take(known, hlc, f"S{one}", Verb.SPLIT, into=f"S{other}", parts=parts)
            else:
                take(known, hlc, f"S{one}", Verb(verb), into=f"S{other}")
        except (BadRequest, Conflict, NotFound):
            continue
    held = sorted(each.id for one in known.values() if one.state is not State.MERGED for each in one.reports)
    assert held == [1, 2, 3, 4]
    for one in known.values():
        assert one.lead in {each.id for each in one.reports}
