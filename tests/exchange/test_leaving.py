"""The one rule of what leaves, against a second one written as a table."""

import random

import pytest
from tests.exchange.oracle import allowed
from tests.exchange.values import BE, BR, NL, NOW, a_marking, an_agreement

from vigie.exchange import ExchangeRefused
from vigie.exchange.leaving import Crossing, Permission, may_leave, must_leave, needs_second
from vigie.exchange.markings import Desk, HandlingCode, Subjects
from vigie.exchange.refusals import Why
from vigie.terms import DAY, Handling, Moment, Purpose


def a_crossing(**said):
    told = {
        "sender": BE,
        "receiver": NL,
        "desk": Desk.TARGETING,
        "now": NOW,
        "agreement": an_agreement(),
    }
    return Crossing(**(told | said))


CASES = [
    (None, {}, {}),
    (Why.EMPTY_AUDIENCE, {"nodes": ()}, {}),
    (Why.EMPTY_AUDIENCE, {"desks": ()}, {}),
    (Why.OWN_NODE, {}, {"receiver": BE}),
    (Why.NOT_RELEASABLE_NODE, {"nodes": (BR,)}, {}),
    (Why.NOT_RELEASABLE_ROLE, {}, {"desk": Desk.POLICE}),
    (Why.RED_TO_ONE, {"tlp": Handling.RED, "nodes": (NL, BR)}, {}),
    (Why.EXPIRED, {"retain_until": NOW}, {}),
    (Why.ORIGINATOR_CONTROL, {"originator": BR}, {}),
    (None, {"originator": BR, "tlp": Handling.GREEN}, {}),
    (Why.ORIGINATOR_CONTROL, {"originator": BR, "tlp": Handling.GREEN, "handling": HandlingCode.H2}, {"approved": True}),
    (None, {"originator": BR}, {"permission": Permission((NL,), Moment(NOW + 1))}),
    (Why.ORIGINATOR_CONTROL, {"originator": BR}, {"permission": Permission((NL,), NOW)}),
    (Why.JUDICIAL, {"handling": HandlingCode.H1, "desks": (Desk.PROSECUTOR,)}, {"desk": Desk.PROSECUTOR}),
    (Why.HANDLING_TEXT, {"handling": HandlingCode.H3}, {"approved": True}),
    (Why.NO_AGREEMENT, {}, {"agreement": None}),
    (Why.NO_AGREEMENT, {}, {"agreement": an_agreement(NL, BE)}),
    (Why.AGREEMENT_ENDED, {}, {"agreement": an_agreement(ends=NOW)}),
    (Why.PURPOSE, {"purpose": Purpose.STATISTICS}, {}),
    (Why.TLP, {"tlp": Handling.RED}, {}),
    (Why.HANDLING, {"handling": HandlingCode.H2}, {"agreement": an_agreement(handling=(HandlingCode.H0,))}),
    (Why.SUBJECTS, {"subjects": Subjects.VICTIM}, {"agreement": an_agreement(subjects=(Subjects.NONE,))}),
    (Why.THIRD_COUNTRY, {"subjects": Subjects.SUSPECT}, {"agreement": an_agreement(third_country=True), "approved": True}),
    (Why.RETENTION, {"retain_until": Moment(NOW + 31 * DAY)}, {"agreement": an_agreement(retention_days=30)}),
    (Why.QUOTA, {}, {"agreement": an_agreement(quota=5), "sent_today": 5}),
    (Why.SECOND, {"handling": HandlingCode.H1}, {}),
    (Why.SECOND, {"machine": True}, {}),
    (None, {"machine": True}, {"approved": True}),
]  # fmt: skip


@pytest.mark.parametrize(("code", "marking", "crossing"), CASES)
def test_each_rule_has_its_code(code, marking, crossing):
    told, way = a_marking(**marking), a_crossing(**crossing)
    assert may_leave(told, way).code is code
    assert allowed(told, way) is (code is None)


def drawn(count, seed):
    """Cases drawn so that most of them break a few rules and some none."""
    rng = random.Random(seed)
    some = lambda one, *rest: one if rng.random() < 0.75 else rng.choice((one, *rest))  # noqa: E731
    for _ in range(count):
        nodes = rng.choice(((NL,), (NL, BR), (BR,), (), (NL, BR, BE)))
        marking = a_marking(
            tlp=rng.choice(list(Handling)),
            handling=some(*HandlingCode),
            originator=some(BE, NL, BR),
            nodes=nodes if rng.random() < 0.5 else (NL,),
            desks=some((Desk.TARGETING,), (), (Desk.PROSECUTOR,), (Desk.TARGETING, Desk.PROSECUTOR), tuple(Desk)),
            purpose=some(*Purpose),
            subjects=some(*Subjects),
            retain_until=Moment(NOW + some(30, 0, -1, 29, 31, 1_825, 1_826) * DAY),
            machine=rng.random() < 0.2,
            transfer_ground=some("LED art. 37(1)(a)", "", "another"),
            handling_text=some("ask first", "", " "),
        )
        agreement = an_agreement(
            some(BE, NL),
            some(NL, BR, BE),
            purposes=some((Purpose.TARGETING,), (), tuple(Purpose)),
            tlp=rng.choice(list(Handling)),
            handling=some(tuple(HandlingCode), (HandlingCode.H0,), ()),
            subjects=some(tuple(Subjects), (Subjects.NONE,), ()),
            starts=Moment(NOW + some(-1, 0, 1) * DAY),
            ends=Moment(NOW + some(9, 0, -1) * DAY),
            retention_days=some(1_825, 30, 0),
            quota=some(5, 0),
            third_country=rng.random() < 0.4,
            grounds=some(("LED art. 37(1)(a)",), (), ("",)),
        )
        permission = Permission(some((NL,), (BR,), ()), Moment(NOW + some(1, 0, -1)), rng.random() < 0.5)
        yield (
            marking,
            Crossing(
                some(BE, NL, BR), some(NL, BR, BE), some(*Desk), NOW, some(agreement, None), rng.choice((0, 4, 5)),
                some(permission, None), rng.random() < 0.7,
            ),
        )  # fmt: skip


def compared(count, seed):
    left = 0
    for marking, crossing in drawn(count, seed):
        verdict = may_leave(marking, crossing)
        assert verdict.may is allowed(marking, crossing), (seed, marking, crossing, verdict)
        left += verdict.may
    return left


def test_what_leaves_is_what_the_table_allows():
    seed = random.randrange(1 << 32)
    print("seed", seed)
    left = compared(20_000, seed)
    assert left > 100, "the cases must not all be refused"


@pytest.mark.soak
def test_of_a_million_cases_none_leaves_that_may_not(record_property):
    record_property("n", 1_000_000)
    assert compared(1_000_000, 20_261_122) > 5_000


def test_all_must_be_allowed_and_somebody_must_be_there():
    good = a_crossing()
    must_leave(a_marking(), [good, good])
    with pytest.raises(ExchangeRefused) as told:
        must_leave(a_marking(), [good, a_crossing(desk=Desk.POLICE)])
    assert told.value.facts["reason"] == "exchange-not-releasable-role"
    with pytest.raises(ExchangeRefused) as told:
        must_leave(a_marking(), [])
    assert told.value.facts["reason"] == "exchange-empty-audience"


def test_two_officers_are_asked_for_what_may_hurt():
    assert not needs_second(a_marking(), an_agreement())
    assert needs_second(a_marking(subjects=Subjects.SUSPECT), an_agreement(third_country=True))
    assert not needs_second(a_marking(subjects=Subjects.SUSPECT), an_agreement())
