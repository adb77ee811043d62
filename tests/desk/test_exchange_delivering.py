import msgspec
import pytest
from tests.desk.federated import BE, BR, NL, a_marking, federate
from tests.desk.port import ANN, NOW, an_officer
from tests.exchange.told import THINGS

from vigie.desk import exchange as telling
from vigie.desk import exchange_delivering as desk
from vigie.desk.exchange_answering import take
from vigie.exchange import ExchangeRefused, origin_of, read_answer, read_header
from vigie.node import FixedClock
from vigie.terms import DAY, Moment, NotForYou, Role


@pytest.fixture
def nodes(tmp_path):
    made = federate(tmp_path)
    yield made
    for node in made.values():
        node.close()


def told(nodes, count=1, to=(NL,)):
    return [telling.send(ANN, THINGS[place % 3], a_marking(nodes=to), nodes[BE]).id for place in range(count)]


def refused(act, *words):
    with pytest.raises(ExchangeRefused) as told:
        act(*words)
    return told.value.facts["reason"]


def test_a_parcel_holds_what_is_for_a_partner_after_a_place(nodes):
    told(nodes, 2)
    told(nodes, 1, (BR,))
    told(nodes, 1)
    sent = desk.parcel(NL, 0, 1, nodes[BE])
    batch, _ = origin_of(sent.raw)
    assert [read_header(entry.header).seq for entry in batch.entries] == [1, 3]
    assert (sent.last, sent.size, sent.entries, batch.after, set(batch.grown)) == (3, 4, 2, 0, {1})
    assert desk.parcel(NL, 3, 4, nodes[BE]) is None


def test_what_is_too_much_for_one_parcel_comes_in_several(nodes):
    large = msgspec.structs.replace(THINGS[0], description="x" * 900_000)
    for _ in range(5):
        telling.send(ANN, large, a_marking(), nodes[BE])
    after, seen = -1, 0
    while (sent := desk.parcel(NL, after, seen, nodes[BE])) is not None:
        assert len(sent.raw) <= 4 << 20
        answer = read_answer(take(BE, sent.raw, nodes[NL]))
        after, seen = answer.upto, answer.known
    assert after == 4


def test_an_answer_settles_what_waited(nodes):
    told(nodes, 2)
    answer = read_answer(take(BE, desk.parcel(NL, -1, 0, nodes[BE]).raw, nodes[NL]))
    desk.settle(NL, answer, nodes[BE])
    log = nodes[BE].store.exchange
    assert (log.acked(NL), log.seen(NL), [one.by for one in log.words(BE, 2)]) == (1, 2, [NL])
    row = next(one for one in desk.deliveries(ANN, nodes[BE]) if one.partner == NL)
    assert (row.way, row.waiting, row.acknowledged, row.heard) == ("fetched", 0, 1, NOW)
    assert (row.since, row.next_try) == (None, None)  # what never was has no day, least of all one in 1970


def test_an_answer_in_anothers_name_settles_nothing(nodes):
    told(nodes, 2)
    answer = read_answer(take(BE, desk.parcel(NL, -1, 0, nodes[BE]).raw, nodes[NL]))
    for false in (
        msgspec.structs.replace(answer, upto=7),
        msgspec.structs.replace(answer, word=msgspec.structs.replace(answer.word, by=BR)),
        msgspec.structs.replace(answer, word=msgspec.structs.replace(answer.word, signature=bytes(64))),
    ):
        assert refused(desk.settle, NL, false, nodes[BE]) == "exchange-forged-signature"
    assert nodes[BE].store.exchange.acked(NL) == -1


def test_a_silent_partner_is_told_of(nodes):
    node, refusal = nodes[BE], ExchangeRefused(reason="exchange-unreachable")
    desk.failed(NL, refusal, 3, Moment(NOW + 9), node)
    row = next(one for one in desk.deliveries(ANN, node) if one.partner == NL)
    assert (row.since, row.failures, row.code, row.next_try) == (NOW, 3, "exchange-unreachable", NOW + 9)
    assert desk.warnings(node) == ()
    node.clock = FixedClock(Moment(NOW + desk.SILENT))
    assert desk.warnings(node) == (("exchange-partner-silent", {"partner": NL, "since": NOW}),)
    desk.works(NL, node)
    assert desk.warnings(node) == ()


def test_metadata_that_ends_is_told_of_before_and_after(nodes, tmp_path):
    for days, expected in (
        (24, ("exchange-metadata-ending", {"days": 6})),
        (31, ("exchange-metadata-expired", {"days": 1})),
    ):
        nodes[BE].clock = FixedClock(Moment(NOW + days * DAY))
        assert desk.warnings(nodes[BE]) == (expected,)


def test_a_node_that_has_not_joined_has_nothing_to_warn_of(tmp_path):
    from tests.desk.port import a_node

    with a_node(tmp_path / "alone") as node:
        assert desk.warnings(node) == ()


def test_who_may_not_see_the_exchange_does_not_see_how_it_goes(nodes):
    with pytest.raises(NotForYou):
        desk.deliveries(an_officer("zed", Role.PORT), nodes[BE])
