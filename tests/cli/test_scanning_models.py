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
