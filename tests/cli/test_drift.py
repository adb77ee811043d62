from tests.cli.conftest import BOXES


def test_how_many_scans(port):
    (summary,) = port.lines("risk", "scans", "0.0001")
    assert summary["controls"] == 29_956
    assert "29956" in port.run("risk", "scans", "0.0001").stdout
    port.run("risk", "scans", "2", code=2)


def test_a_decision_is_made_again(port):
    (*draws, summary) = port.lines("risk", "rederive", BOXES[0])
    assert (draws, summary["verdict"], summary["features"] > 40) == ([], "equal", True)
    assert "equal to the byte" in port.run("risk", "rederive", f"{BOXES[0]}-1@{summary['at']}").stdout
    port.run("risk", "rederive", "NONE0000000", code=3)


def test_a_sample_is_made_again_beside_the_chains(port):
    summary = port.lines("audit", "verify", "--decisions", "6", "--seed", "1")[-1]
    assert summary["whole"]
    assert (summary["sample"]["checked"], summary["sample"]["different"]) == (6, 0)
    assert "6 equal" in port.run("audit", "verify", "--decisions", "6").stdout


def test_what_the_past_proves(port):
    assert port.lines("risk", "drift")[-1]["controls"] == 0
    assert port.run("risk", "drift", "--table", "strata", "--csv").stdout.startswith("stratum,chosen,controls")
    port.run("risk", "drift", "--table", "indicators")
    port.run("risk", "drift", "--table", "volumes")
