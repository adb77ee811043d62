import msgspec
import pytest
from tests.desk.port import ANN, BOB, BOX, EVE, IAN, VISIT, a_consignment, an_officer, manifest, numbers, take_in, trail
from tests.desk.test_indicators import fields

from vigie.desk import canaries, indicators, officers
from vigie.risk import canary
from vigie.terms import BadRequest, Handling, NotForYou, Purpose, Role

EVA = an_officer("eva", Role.AUDITOR, clearance=Handling.RED, purposes=(Purpose.OVERSIGHT,))
SHAPE = fields("D9", expression="packages = 4711 and empty = false", evidence=["packages"], reason=dict.fromkeys(("fr", "nl", "en", "pt", "es"), "{packages}"),
               fires=[{"packages": 4711, "empty": False}] * 2, silent=[{"packages": 1, "empty": False}, {"packages": 4711}])  # fmt: skip


@pytest.fixture
def planted(node, monkeypatch):
    monkeypatch.setattr(canary, "LEAST", 1)
    officers.add(None, EVA, node)
    take_in(node, manifest(a_consignment("OLD", numbers(1)[0])))
    canaries.plant(EVE, SHAPE, (), "who leaks?", node)
    return node


def shaped():
    bill = a_consignment()
    return msgspec.structs.replace(bill, goods=(msgspec.structs.replace(bill.goods[0], packages=4711),))


def test_a_decoy_looks_live_scores_nothing_and_each_look_is_written_down(planted):
    before = planted.rules.policy.hash
    assert "D9" in {row.id for row in indicators.catalogue(ANN, planted)}
    shown = indicators.show(ANN, "D9", planted)
    assert (shown.row.state, shown.formula) == ("live", "packages = 4711 and empty = false")
    assert [one.subject for one in trail(planted, act="see-rule")] == ["indicator D9 v1"]
    take_in(planted, manifest(shaped(), number=2))
    assert planted.rules.policy.hash == before
    assert "D9" not in {code for row in [planted.store.visits.get([VISIT])[VISIT].listed] for code in row.reasons}


def test_a_box_of_its_shape_tells_the_auditors_once_and_nobody_else(planted):
    assert canaries.look(planted) == 0
    take_in(planted, manifest(shaped(), number=2))
    assert (canaries.look(planted), canaries.look(planted)) == (1, 0)
    told = planted.store.notices.page("eva", (), None, 10)
    assert [(one.code, one.visit, one.facts["canary"]) for one in told] == [("canary-met", VISIT, "D9")]
    assert all(one.code != "canary-met" for one in planted.store.notices.page("ann", ("BEANR",), None, 10))
    assert [one.subject for one in trail(planted, act="canary-met")] == [VISIT]


def test_a_decoy_for_some_is_shown_to_them_alone(planted):
    canaries.plant(EVE, SHAPE | {"id": "D8"}, ("ann",), "which of them?", planted)
    assert "D8" in {row.id for row in indicators.catalogue(ANN, planted)}
    assert "D8" not in {row.id for row in indicators.catalogue(BOB, planted)}
    with pytest.raises(NotForYou):
        indicators.show(BOB, "D8", planted)


def test_a_common_shape_is_no_decoy_and_a_reason_is_asked(node, planted):
    common = SHAPE | {"id": "D7", "expression": "packages = 1080 and empty = false", "fires": [{"packages": 1080, "empty": False}] * 2}
    with pytest.raises(BadRequest) as refused:
        canaries.plant(EVE, common, (), "why", planted)
    assert refused.value.facts == {"reason": "canary-common", "met": 1, "boxes": 1}
    with pytest.raises(BadRequest):
        canaries.plant(EVE, SHAPE | {"id": "D6"}, (), " ", planted)
    with pytest.raises(BadRequest):
        canaries.plant(EVE, SHAPE, (), "twice", planted)


def test_it_is_taken_up_again(planted):
    canaries.lift(EVE, "D9", planted)
    assert "D9" not in {row.id for row in indicators.catalogue(ANN, planted)}
    with pytest.raises(BadRequest):
        canaries.lift(EVE, "D9", planted)


def test_who_read_what_is_overseen(planted):
    for _ in range(6):
        indicators.show(BOB, "D9", planted)
    indicators.show(ANN, "P1", planted)
    first, second = canaries.who_read(EVE, planted)
    assert (first.officer, first.looks, first.decoys, second.officer) == ("bob", 6, 1, "ann")
    for act in (canaries.who_read, canaries.canaries):
        with pytest.raises(NotForYou):
            act(IAN, planted, Purpose.INSPECTION)
    assert [one.id for one in canaries.canaries(EVE, planted)] == ["D9"]


def test_without_a_decoy_nothing_is_looked_at(node):
    take_in(node, manifest(a_consignment("A", BOX)))
    assert canaries.look(node) == 0
