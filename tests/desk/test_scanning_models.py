"""A model that reads scans is put forward by one officer and approved by another; an altered one never reads."""

from hashlib import sha256

import msgspec
import pytest

pytest.importorskip("onnxruntime")

from tests.desk.port import ANN, BOB, EVE, a_node
from tests.scanning.xray.compared import body as pair_body
from tests.scanning.xray.compared import comparer
from tests.scanning.xray.modelled import body

from vigie.desk import scanning_models
from vigie.scanning import Card, Gate, Level, ModelRefused, Thresholds
from vigie.terms import BadRequest, NotForYou, OwnWork

FULL = body()
CARD = Card(name="t", use="test", recipe="short", seed=1, pictures=1, steps=1, full=sha256(FULL).hexdigest())


@pytest.fixture
def port(tmp_path):
    with a_node(tmp_path) as made:
        yield made


def passes(*_):
    return Gate(True, (), ())


def test_a_model_reads_only_after_a_second_officer_approved(port):
    version, told = scanning_models.promote(BOB, FULL, b"", CARD, port, "first of this site", passes)
    assert told.passed
    assert scanning_models.standing_model(port, lambda: None) is None
    scanning_models.step(BOB, version.version, "submit", "", port)
    with pytest.raises(OwnWork):
        scanning_models.step(BOB, version.version, "approve", "looks right", port)
    scanning_models.step(ANN, version.version, "approve", "looks right", port)
    scanning_models.step(ANN, version.version, "live", "", port)
    model, card = scanning_models.standing_model(port, lambda: None)
    assert (model.sha, card) == (CARD.full, CARD)
    assert [one.version for one in scanning_models.listed(BOB, port)] == [version.version]


def test_a_model_that_does_not_pass_is_no_draft(port):
    version, _ = scanning_models.promote(BOB, FULL, b"", CARD, port, "first of this site", passes)
    for name, verb in ((BOB, "submit"), (ANN, "approve"), (ANN, "live")):
        scanning_models.step(name, version.version, verb, "as agreed", port)
    worse = body(channels=10, bias=-5.0)
    card = msgspec.structs.replace(CARD, full=sha256(worse).hexdigest())
    asked = []

    def judge(old, old_card, new, new_card):
        asked.append((old.sha, old_card, new.sha, new_card))
        return Gate(False, (), ("doors",))

    again, told = scanning_models.promote(BOB, worse, b"", card, port, "try", judge)
    assert asked == [(CARD.full, CARD, card.full, card)]
    assert again is None
    assert told.against == ("doors",)
    assert len(scanning_models.listed(BOB, port)) == 1


def test_who_may_not_teach_puts_nothing_forward(port):
    with pytest.raises(NotForYou):
        scanning_models.promote(EVE, FULL, b"", CARD, port, "try", passes)


def test_another_file_than_the_card_names_is_refused(port):
    with pytest.raises(ModelRefused):
        scanning_models.promote(BOB, FULL + b"\0", b"", CARD, port, "try", passes)
    with pytest.raises(ModelRefused):
        scanning_models.promote(BOB, b"\x80\x04K\x01.", b"", msgspec.structs.replace(CARD, full="0" * 64), port,
                                "try", passes)  # fmt: skip


def test_a_version_that_is_not_there_takes_no_step(port):
    with pytest.raises(BadRequest):
        scanning_models.step(ANN, 7, "approve", "looks right", port)


PAIRS = pair_body()
PAIR_CARD = Card(
    name="p", use=scanning_models.NOT_FOR_OPERATION, recipe="compare", seed=1, pictures=1, steps=1,
    full=sha256(PAIRS).hexdigest(), thresholds=Thresholds(version="own", values={}, levels={"same-container": Level(-3.0, -2.0)}),
)  # fmt: skip


def pairs_in_force(port, card):
    version, told = scanning_models.promote(BOB, PAIRS, b"", card, port, "own pairs", passes, scanning_models.COMPARISON)
    assert told.passed
    scanning_models.step(BOB, version.version, "submit", "", port, scanning_models.COMPARISON)
    with pytest.raises(OwnWork):
        scanning_models.step(BOB, version.version, "approve", "mine", port, scanning_models.COMPARISON)
    for verb in ("approve", "live"):
        scanning_models.step(ANN, version.version, verb, "looks right", port, scanning_models.COMPARISON)
    return version


def test_a_comparison_compares_only_after_a_second_officer_approved_and_simulated_scans_alone(port):
    ships = comparer()
    assert scanning_models.standing_comparer(port, True, lambda: ships) is ships
    assert scanning_models.standing_comparer(port, False, lambda: ships) is None
    version = pairs_in_force(port, PAIR_CARD)
    own = scanning_models.standing_comparer(port, True, lambda: ships)
    assert (own.model.sha, own.thresholds.version) == (PAIR_CARD.full, "own")
    assert scanning_models.standing_comparer(port, False, lambda: ships) is None
    assert [one.version for one in scanning_models.listed(BOB, port, scanning_models.COMPARISON)] == [version.version]
    assert not scanning_models.listed(BOB, port)  # the nets of bricks stand apart
    assert scanning_models.standing_model(port, lambda: None) is None


def test_a_comparison_of_a_sites_own_scans_compares_those_and_the_next_is_held_against_it(port):
    pairs_in_force(port, msgspec.structs.replace(PAIR_CARD, use="own scans"))
    assert scanning_models.standing_comparer(port, False, lambda: None).knows("same-container")
    asked = []

    def judge(old, old_card, new, new_card):
        asked.append((old_card.use, new_card.use))
        return Gate(False, (), ("same-container top",))

    again, _ = scanning_models.promote(BOB, PAIRS, b"", PAIR_CARD, port, "try", judge, scanning_models.COMPARISON)
    assert again is None
    assert asked == [("own scans", PAIR_CARD.use)]


def test_a_net_of_bricks_is_no_comparison(port):
    with pytest.raises(ModelRefused):
        scanning_models.promote(BOB, FULL, b"", CARD, port, "try", passes, scanning_models.COMPARISON)
