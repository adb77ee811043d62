"""The commands of the models, on a node whose decisions are too few, and on one that was taught."""

import pytest
from tests.desk.taught import decisions


def test_nothing_was_taught_yet(port):
    assert port.lines("risk", "models", "list")[-1]["models"] == 0
    assert port.lines("risk", "evaluate", code=2)[-1]["error"] == "bad-request"
    assert port.lines("risk", "models", "show", 1, code=3)[-1]["error"] == "not-for-you"


def test_too_little_to_learn_from_says_what_is_needed(port):
    told = port.lines("risk", "train", "--reason", "too early", code=2)[-1]
    assert (told["error"], told["facts"]) == ("too-few-positives", {"have": 0, "need": 30})


@pytest.fixture
def taught(port):
    from vigie.cli.operator import opened

    with opened() as (node, _):
        node.archive.write_rows(decisions(1500), 1 << 60)
    return port.lines("risk", "train", "--reason", "first half", "--seed", 3)


def test_models_are_taught_judged_and_walk_their_life(port, taught):
    assert (taught[-1]["version"], taught[0]["state"]) == (1, "draft")
    told = port.lines("risk", "evaluate", "--version", 1)
    assert {line["way"] for line in told[:-1]} >= {"rules", "all", "only anomaly"}
    assert told[-1]["fresh"] is False
    card = port.lines("risk", "models", "show", 1)
    assert card[-1]["state"] == "draft"
    assert "shadow-only" in card[-1]["notes"]
    assert port.lines("risk", "models", "submit", 1)[-1]["state"] == "submitted"
    assert port.lines("risk", "models", "approve", 1, "--reason", "fine", code=3)[-1]["error"] == "own-work"
    assert port.lines("risk", "models", "withdraw", 1, "--reason", "again")[-1]["state"] == "withdrawn"
