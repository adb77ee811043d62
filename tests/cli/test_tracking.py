from tests.cli.conftest import BOXES


def test_a_journey(port):
    *rows, summary = port.lines("tracking", "show", BOXES[0])
    assert {row["kind"] for row in rows} >= {"step"}
    assert (summary["lives"], summary["conflicts"], summary["waiting"]) == (1, 0, 0)
    assert {row["mode"] for row in rows if row["kind"] == "step"} <= {"", "VESSEL", "TRUCK"}
    assert "MANIFEST" not in port.run("tracking", "show", BOXES[0]).stdout
    (nothing,) = port.lines("tracking", "show", BOXES[0], "--known-at", "2000-01-01T00:00:00Z")
    assert nothing["lives"] == 0
    port.run("tracking", "show", "NONE0000000", code=3)


def test_a_ship(port):
    summary = port.lines("tracking", "reconcile", "NO SUCH SHIP/1")[-1]
    assert (summary["planned"], summary["landed"]) == (0, 0)
    assert port.run("tracking", "reconcile", "NO SUCH SHIP/1", "--csv").stdout.startswith("container,visit,differences")
    assert "0 " in port.run("tracking", "reconcile", "NO SUCH SHIP/1", "--difference", "all").stdout


def test_clones_and_silence(port):
    assert port.lines("tracking", "clones")[-1]["clones"] == 0
    assert port.lines("tracking", "silent", "--all")[-1]["silent"] == 0
