import msgspec
import pytest
from tests.desk.federated import a_marking, agreed, carry, exchange, federate
from tests.desk.port import ANN, BOB, NOW, an_officer, trail
from tests.exchange.told import BOX, THINGS
from tests.exchange.values import BE, BR, NL

from vigie.desk import exchange as desk
from vigie.exchange import Desk, ExchangeRefused, HandlingCode, Subjects
from vigie.terms import BadRequest, Handling, NotForYou, NotFound, OwnWork, Purpose, Role

METHOD, MOVE, SEIZURE = THINGS[:3]


@pytest.fixture
def nodes(tmp_path):
    made = federate(tmp_path)
    yield made
    for node in made.values():
        node.close()


def why(told):
    return told.value.facts["reason"]


def test_a_method_found_in_antwerp_is_known_in_rotterdam(nodes):
    sent = desk.send(ANN, METHOD, a_marking(), nodes[BE])
    assert (sent.state, sent.to, sent.version) == ("sent", (NL,), 1)
    received = exchange(nodes, BE, NL)
    assert (received.origin, received.new, received.refused) == (BE, 1, 0)
    row = desk.inbox(ANN, nodes[NL])[0]
    assert (row.id, row.thing, row.title, row.tlp, row.life) == (sent.id, "concealment", METHOD.name, "AMBER", "live")
    assert [one.id for one in desk.outbox(ANN, nodes[BE])] == [sent.id]
    assert desk.partners(ANN, nodes[BE])[1].waiting == 0
    assert carry(nodes, BE, NL).new == 0


def test_what_is_for_one_is_not_seen_by_another(nodes):
    desk.send(ANN, METHOD, a_marking(nodes=(NL,)), nodes[BE])
    assert carry(nodes, BE, BR).new == 0
    assert desk.inbox(ANN, nodes[BR]) == ()


def test_a_revision_takes_the_place_of_what_was(nodes):
    first = desk.send(ANN, METHOD, a_marking(), nodes[BE])
    exchange(nodes, BE, NL)
    better = msgspec.structs.replace(METHOD, description="behind the other wall")
    assert desk.revise(ANN, first.id, better, a_marking(), nodes[BE]).version == 2
    exchange(nodes, BE, NL)
    rows = desk.inbox(ANN, nodes[NL])
    assert [(row.version, bool(row.content)) for row in rows] == [(2, True), (1, False)]
    assert "behind the other wall" in rows[0].content
    assert [(one.node, one.outcome) for one in desk.coverage(ANN, first.id, nodes[BE])] == [(NL, "erased")]


def test_a_thing_does_not_become_another_one(nodes):
    first = desk.send(ANN, METHOD, a_marking(), nodes[BE])
    with pytest.raises(ExchangeRefused) as told:
        desk.revise(ANN, first.id, SEIZURE, a_marking(), nodes[BE])
    assert told.value.facts["reason"] == "exchange-bad-content"


def test_a_revision_of_what_never_came_is_answered(nodes):
    first = desk.send(ANN, METHOD, a_marking(), nodes[BE])
    for words in ("one", "two"):
        desk.revise(ANN, first.id, msgspec.structs.replace(METHOD, description=words), a_marking(), nodes[BE])
    exchange(nodes, BE, NL)
    answers = [(one.version, one.outcome) for one in desk.coverage(ANN, first.id, nodes[BE])]
    assert answers == [(3, "never-had"), (2, "never-had")]
    assert [row.version for row in desk.inbox(ANN, nodes[NL]) if row.content] == [3]


def test_a_retraction_erases_everywhere_and_everybody_says_so(nodes):
    sent = desk.send(ANN, SEIZURE, a_marking(nodes=(NL, BR)), nodes[BE])
    for name in (NL, BR):
        exchange(nodes, BE, name)
    assert [row.id for row in desk.search(ANN, BOX, nodes[NL])] == [sent.id]
    desk.retract(ANN, sent.id, "another container", nodes[BE])
    exchange(nodes, BE, NL)
    told = {one.node: one.outcome for one in desk.coverage(ANN, sent.id, nodes[BE])}
    assert told == {NL: "erased", BR: ""}
    exchange(nodes, BE, BR)
    assert {one.outcome for one in desk.coverage(ANN, sent.id, nodes[BE])} == {"erased"}
    for name in (BE, NL, BR):
        assert desk.search(ANN, BOX, nodes[name]) == ()
        entries = nodes[name].store.exchange.of(sent.id)
        assert [entry.body for header, entry in entries if header.kind.value == "put"] == [None]
    with pytest.raises(NotFound):
        desk.retract(ANN, sent.id, "again", nodes[BE])


def test_a_partner_cannot_take_back_what_it_did_not_tell(nodes):
    sent = desk.send(ANN, METHOD, a_marking(), nodes[BE])
    exchange(nodes, BE, NL)
    with pytest.raises(NotFound):
        desk.retract(ANN, sent.id, "mine now", nodes[NL])
    with pytest.raises(BadRequest):
        desk.retract(ANN, sent.id, " ", nodes[BE])


def test_two_officers_send_what_may_hurt(nodes):
    sent = desk.send(ANN, METHOD, a_marking(handling=HandlingCode.H1), nodes[BE])
    assert sent.state == "waits"
    assert carry(nodes, BE, NL).new == 0
    draft = desk.drafts(BOB, nodes[BE])[0]
    assert draft.title == METHOD.name
    with pytest.raises(OwnWork):
        desk.approve(ANN, draft.id, nodes[BE])
    assert desk.approve(BOB, draft.id, nodes[BE]).state == "sent"
    assert carry(nodes, BE, NL).new == 1
    assert desk.drafts(BOB, nodes[BE]) == ()
    with pytest.raises(NotFound):
        desk.approve(BOB, draft.id, nodes[BE])


@pytest.mark.parametrize(
    ("marking", "code"),
    [
        ({"nodes": ()}, "exchange-empty-audience"),
        ({"desks": ()}, "exchange-empty-audience"),
        ({"nodes": ("fr-customs",)}, "exchange-unknown-peer"),
        ({"nodes": (BE,)}, "exchange-own-node"),
        ({"originator": NL, "tlp": Handling.GREEN}, "exchange-not-originator"),
        ({"purpose": Purpose.STATISTICS}, "exchange-purpose"),
        ({"retain_until": NOW}, "exchange-expired"),
        ({"tlp": Handling.RED, "nodes": (NL, BR)}, "exchange-red-to-one"),
        ({"legal_basis": ""}, "exchange-bad-marking"),
        ({"handling": HandlingCode.H1, "desks": (Desk.PROSECUTOR,)}, "exchange-judicial-use"),
    ],
)
def test_what_may_not_leave_stays_and_the_trail_says_why(nodes, marking, code):
    with pytest.raises(ExchangeRefused) as told:
        desk.send(ANN, METHOD, a_marking(**marking), nodes[BE])
    assert why(told) == code
    assert nodes[BE].store.exchange.size() == 0
    if code not in ("exchange-bad-marking", "exchange-empty-audience"):
        assert [one.outcome for one in trail(nodes[BE], act="send-exchange")] == ["refused"]


def test_an_agreement_has_a_quota(tmp_path):
    nodes = federate(tmp_path, BE, NL, agreements=[agreed(BE, NL, quota=2)])
    for _ in range(2):
        desk.send(ANN, METHOD, a_marking(), nodes[BE])
    with pytest.raises(ExchangeRefused) as told:
        desk.send(ANN, METHOD, a_marking(), nodes[BE])
    assert why(told) == "exchange-quota"
    for node in nodes.values():
        node.close()


def test_personal_data_goes_abroad_on_a_ground_and_by_two_officers(tmp_path):
    ground = "LED art. 37(1)(a)"
    nodes = federate(tmp_path, BE, BR, agreements=[agreed(BE, BR, third_country=True, grounds=(ground,))])
    marking = a_marking(nodes=(BR,), subjects=Subjects.SUSPECT)
    with pytest.raises(ExchangeRefused) as told:
        desk.send(ANN, METHOD, marking, nodes[BE])
    assert why(told) == "exchange-third-country"
    assert desk.send(ANN, METHOD, msgspec.structs.replace(marking, transfer_ground=ground), nodes[BE]).state == "waits"
    for node in nodes.values():
        node.close()


def test_an_officer_sees_what_the_clearance_allows(nodes):
    desk.send(BOB, METHOD, a_marking(tlp=Handling.RED), nodes[BE])
    carry(nodes, BE, NL)
    assert desk.inbox(ANN, nodes[NL]) == ()
    assert len(desk.inbox(BOB, nodes[NL])) == 1


def test_who_may_not_does_not_and_leaves_a_trace(nodes):
    inspector = an_officer("ivy", Role.INSPECTOR)
    with pytest.raises(NotForYou):
        desk.send(inspector, METHOD, a_marking(), nodes[BE])
    for act in (desk.drafts, desk.inbox):
        with pytest.raises(NotForYou):
            act(an_officer("pat", Role.PORT, terminals=("1700",)), nodes[BE])
    assert {one.outcome for one in trail(nodes[BE], act="send-exchange")} == {"refused"}


def test_a_partner_that_tells_much_hides_no_other(nodes):
    for _ in range(3):
        desk.send(ANN, METHOD, a_marking(BE, nodes=(BR,)), nodes[BE])
    desk.send(ANN, METHOD, a_marking(NL, nodes=(BR,)), nodes[NL])
    carry(nodes, BE, BR)
    carry(nodes, NL, BR)
    assert {row.origin for row in desk.inbox(ANN, nodes[BR], limit=2)} == {BE, NL}
