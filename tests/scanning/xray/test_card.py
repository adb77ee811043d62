"""Cards come back whole; the shipped model is the one its card names, and says that it is not for operation."""

import pytest

from vigie.scanning.xray.card import Card, joined, read_card, shipped, shipped_bank, write_card
from vigie.scanning.xray.heat import ModelRefused
from vigie.scanning.xray.triage import Level, Threshold, Thresholds

LIMIT = Threshold(look=0.5, first=0.8, look_rate=0.05, first_rate=0.01, negatives=400, against="hard")
CARD = Card(
    name="test", use="test", recipe="short", seed=1, pictures=60, steps=30, full="a" * 64, measured={"auc": 0.7},
    thresholds=Thresholds(version="1", values={"brick-lattice/*/*/*": LIMIT}, levels={"doors": Level(-5.0, -1.0)}),
)  # fmt: skip


def test_a_card_comes_back_whole():
    assert read_card(write_card(CARD)) == CARD


@pytest.mark.parametrize("body", [b"", b"[]", b'{"name": 1}', b"\x80\x04K\x01."])
def test_what_is_no_card_is_refused(body):
    with pytest.raises(ModelRefused):
        read_card(body)


def test_the_shipped_model_is_marked_and_small():
    model, card = shipped()
    assert "not for operation" in model.facts["use"]
    assert "not for operation" in card.use
    assert model.sha in (card.full, card.small)
    assert card.thresholds.values
    assert card.thresholds.levels


def test_thresholds_of_both_stand_side_by_side_and_the_first_counts():
    other = Threshold(look=0.7, first=0.9, look_rate=0.04, first_rate=0.01, negatives=200, against="clean")
    more = Thresholds(version="b", values={"weight-differs/*/*/*": other, "brick-lattice/*/*/*": other})
    both = joined(CARD.thresholds, more)
    assert both.values == {"weight-differs/*/*/*": other, "brick-lattice/*/*/*": LIMIT}
    assert both.levels == CARD.thresholds.levels
    assert both.version == "1+b"


def test_the_shipped_bank_is_marked_small_and_tells_how_often_it_is_wrong():
    bank, card = shipped_bank()
    assert "not for operation" in card.use
    assert len(bank.squares) == 18
    assert sum(len(each) for each in bank.squares.values()) < 300_000
    kinds = {name.split("/")[0] for name in card.thresholds.values}
    assert kinds == {"weight-differs", "load-class-differs", "unlike-commodity", "not-empty"}
    assert all(limit.negatives >= 100 and limit.look_rate <= 0.05 for limit in card.thresholds.values.values())
