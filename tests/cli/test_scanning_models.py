"""Teaching, judging and putting a model forward from the command line, in the smallest."""

import pytest

pytest.importorskip("torch")

import msgspec

from vigie import scanning
from vigie.scanning.xray import teaching


@pytest.fixture
def taught(port, tmp_path, monkeypatch):
    tiny = msgspec.structs.replace(teaching.RECIPES["short"], pictures=1, steps=1, batch=2)
    monkeypatch.setitem(scanning.RECIPES, "short", tiny)
    monkeypatch.setattr("vigie.node.scanning_teaching.CHOOSE", 2)
    folder = tmp_path / "model"
    told = port.lines("scanning", "train", "--recipe", "short", "--out", folder)
    assert told[-1]["pictures"] == 2
    return folder


def test_a_model_is_taught_says_what_it_is_not_for_and_is_refused_when_altered(port, taught):
    card = scanning.read_card(taught.joinpath("demo.json").read_bytes())
    assert "not for operation" in card.use
    assert scanning.HeatModel(taught.joinpath("demo.onnx").read_bytes(), card.full)
    assert port.lines("scanning", "models", "list")[-1]["models"] == 0
    path = taught / "demo.onnx"
    path.write_bytes(path.read_bytes() + b"\0")
    told = port.lines("scanning", "promote", taught, "--reason", "try", code=2)
    assert told[-1]["error"] == "scan-model-refused"


def test_too_few_clean_pictures_move_no_threshold_and_enough_write_the_model_that_ships(port, tmp_path, monkeypatch):
    monkeypatch.setattr("vigie.node.scanning_adapting.SIMULATED", 1)
    told = port.lines("scanning", "train", "--recipe", "adapt", "--out", tmp_path / "few", code=1)
    assert told[-1]["pictures"] == 1
    assert not list((tmp_path / "few").iterdir())
    for name, value in (("FEWEST", 1), ("BLOCKS", 1), ("HOME", 1)):
        monkeypatch.setattr(f"vigie.node.scanning_adapting.{name}", value)
    told = port.lines("scanning", "train", "--recipe", "adapt", "--out", tmp_path / "moved")
    card = scanning.read_card((tmp_path / "moved" / "demo.json").read_bytes())
    assert (told[-1]["pictures"], card.full) == (1, scanning.shipped_files()[2].full)
    assert any(name.endswith("/SIM-B") for name in card.thresholds.values)
