"""Decisions of voting models are made again to the byte, whatever came since; what is gone or altered is named."""

import shutil
import zlib
from collections import Counter

import msgspec
import pytest
from tests.desk.port import ADA, ANN, BOB, EVE, a_consignment, a_node, an_officer, discharge, manifest, numbers, take_in
from tests.desk.taught import taught

from vigie.desk import erasure, models, parties, rederiving
from vigie.risk import Assessment, BadModel
from vigie.terms import Erased, Purpose, Role

BEA = an_officer("bea", Role.ADMINISTRATOR, purposes=(Purpose.ADMINISTRATION,))
BOXES = numbers(12)
NAMES = ("Fruit Noord NV", "Fruit Zuid NV")


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A node on which two officers put models in force; boxes decided by the rules before, by the models after."""
    told = tmp_path_factory.mktemp("voting")
    with a_node(told) as node:
        take_in(node, manifest(a_consignment("OLD", BOXES[0], consignee=NAMES[0])))
        taught(node)
        models.step(BOB, 1, "submit", "first year", node)
        models.step(ANN, 1, "approve", "read the card", node)
        models.step(BOB, 1, "live", "as agreed", node)
        take_in(node, *(manifest(a_consignment(f"B{n}", box, consignee=NAMES[n % 2]), number=20 + n)
                        for n, box in enumerate(BOXES[1:])))  # fmt: skip
        take_in(node, discharge(BOXES[1], number=50), discharge(BOXES[2], number=51))
    return told


@pytest.fixture
def node(home, tmp_path):
    """The same node once more, opened anew: nothing is in memory but what its home holds."""
    copy = tmp_path / "again"
    shutil.copytree(home, copy)
    with a_node(copy) as made:
        made.rules.refresh(made)
        yield made


def every(node):
    asked = [(visit, hlc) for visit, hlc, _ in node.store.assessments.vectors(0, 10**6)]
    return list(rederiving.every(asked, node))


def verdicts(found):
    return dict(Counter(one.verdict for one in found))


def by_models(found):
    return [one for one in found if one.kept.body and msgspec.json.decode(one.kept.body, type=Assessment).channels]


def test_models_of_two_officers_decide_and_every_decision_is_equal_to_the_byte(node):
    found = every(node)
    assert verdicts(found) == {"equal": len(found)}
    voted = by_models(found)
    assert {one.kept.visit for one in voted} == {f"{box}-1" for box in BOXES[1:]}
    assert {one.kept.policy for one in voted} == {node.rules.policy.hash}
    assert len(found) > len(voted)  # the first box was decided by the rules alone


def test_they_are_equal_after_the_models_were_retired(node):
    voting = node.rules.policy.hash
    models.step(BOB, 1, "retire", "taught anew", node)
    assert node.rules.policy.fusion is None
    voted = by_models(every(node))
    assert verdicts(voted) == {"equal": len(voted)}
    shown = rederiving.rederive(EVE, BOXES[3], node)
    assert (shown.verdict, shown.policy) == ("equal", voting)


def test_a_model_altered_on_disk_is_refused_and_the_decisions_it_made_name_it(node):
    altered = node.rules.policy.fusion.votes[0].model
    body = node.store.models.get(altered)
    wrong = zlib.compress(body[:-1] + bytes((body[-1] ^ 1,)))
    with node.store.transaction():
        node.store.db.run("UPDATE model SET body = ? WHERE hash = ?", (wrong, altered))
    with a_node(node.settings.home) as later:
        later.rules.refresh(later)
        assert later.rules.policy.fusion is None  # nobody votes: the rules decide alone, and say so
        assert (type(later.rules.fault), later.rules.fault.facts["reason"]) == (BadModel, "altered")
        found = every(later)
        voted = by_models(found)
        assert {(one.verdict, one.missing) for one in voted} == {("not-kept", (f"model {altered}",))}
        assert verdicts(one for one in found if one not in voted) == {"equal": len(found) - len(voted)}
        take_in(later, manifest(a_consignment("NEW", numbers(13)[12], consignee=NAMES[0]), number=90))
        assert "equal" in verdicts(every(later))


def test_what_went_with_an_erased_party_is_named_and_the_others_stay_equal(node):
    (key,) = (one.key for one in parties.find(BOB, NAMES[0], node))
    asked = erasure.ask(ADA, "party", key, "the trader asked", "GDPR 17(1)", node)
    before = {(one.kept.visit, one.kept.hlc) for one in every(node)}
    erasure.decide(BEA, asked.id, "confirmed", node)
    gone = {f"{BOXES[0]}-1"} | {f"{box}-1" for n, box in enumerate(BOXES[1:]) if n % 2 == 0}
    found = every(node)
    assert {(one.kept.visit, one.kept.hlc) for one in found} == {one for one in before if one[0] not in gone}
    assert verdicts(found) == {"equal": len(found)}
    for visit in gone:
        with pytest.raises(Erased) as told:
            rederiving.rederive(EVE, visit, node)
        assert (told.value.facts["visit"], told.value.facts["erasure"]) == (visit, int(asked.id))


def test_what_went_with_an_erased_message_is_named_entry_by_entry(node):
    """Only what was said is gone: the decision stands, and names what it cannot be made from any more."""
    entry = node.store.log.of(f"bl:MSCU:B{1}")[0]
    node.store.erase([entry.unit])
    found = [one for one in every(node) if one.kept.visit == f"{BOXES[2]}-1"]
    assert {one.verdict for one in found} == {"erased"}
    assert all(f"entry {entry.hlc}" in one.missing for one in found)
