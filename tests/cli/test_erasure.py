"""Erasure at the command line: asked there, it has to be confirmed by somebody else than the operator."""

from tests.cli.conftest import BOXES
from tests.desk.port import an_officer

from vigie.desk import erasure
from vigie.node import build, load_settings
from vigie.terms import Purpose, Role


def test_an_erasure_is_asked_for_decided_and_listed(terminal, ship):
    terminal.run("arrivals", "import", ship)
    asked = terminal.lines("erasure", "request", "box", f"{BOXES[0]}-1", "--reason", "asked for", "--basis", "GDPR 17")
    assert (asked[0]["kind"], asked[0]["visit"], asked[-1]["boxes"]) == ("box", f"{BOXES[0]}-1", 1)
    which = asked[-1]["id"]
    assert terminal.lines("erasure", "confirm", which, code=3)[-1]["error"] == "own-work"
    other = an_officer("bea", Role.ADMINISTRATOR, purposes=(Purpose.ADMINISTRATION,))
    with build(load_settings()) as node:
        erasure.decide(other, which, "confirmed", node, units=asked[-1]["units"])
    listed = terminal.lines("erasure", "list")
    assert (listed[0]["state"], listed[0]["decided_by"], listed[-1]["erasures"]) == ("done", "bea", 1)
    assert terminal.lines("arrivals", "show", BOXES[0], code=2)[-1]["error"] == "erased"
    assert terminal.lines("risk", "explain", BOXES[0], code=2)[-1]["error"] == "erased"
    assert terminal.lines("audit", "verify")[-1]["whole"] is True


def test_what_another_asked_for_is_confirmed_or_refused_here(terminal, ship):
    terminal.run("arrivals", "import", ship)
    other = an_officer("bea", Role.ADMINISTRATOR, purposes=(Purpose.ADMINISTRATION,))
    with build(load_settings()) as node:
        first, second = (erasure.ask(other, "box", f"{box}-1", "why", "GDPR 17", node).id for box in BOXES[:2])
    done = terminal.lines("erasure", "confirm", first)[-1]
    assert (done["state"], done["boxes"]) == ("done", 1)
    assert terminal.lines("erasure", "refuse", second, "--reason", "kept for court")[-1]["state"] == "refused"
    assert terminal.lines("erasure", "confirm", second, code=2)[-1]["error"] == "conflict"


def test_an_own_request_is_withdrawn(terminal, ship):
    terminal.run("arrivals", "import", ship)
    asked = terminal.lines("erasure", "request", "box", f"{BOXES[0]}-1", "--reason", "asked for", "--basis", "GDPR 17")
    assert terminal.lines("erasure", "withdraw", asked[-1]["id"])[-1]["state"] == "withdrawn"
    terminal.run("erasure", "request", "ship", "x", "--reason", "r", "--basis", "b", code=2)
