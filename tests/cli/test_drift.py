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


def test_what_cannot_be_made_again_says_what_is_lacking_and_drift_names_its_window(port):
    from vigie.cli.operator import opened

    visit = f"{BOXES[0]}-1"
    told = port.run("risk", "drift").stdout
    assert " to 20" in told
    assert port.lines("risk", "drift")[-1]["since"] < port.lines("risk", "drift")[-1]["until"]
    with opened() as (node, _):
        kept = node.store.assessments.latest([visit])[visit]
        node.store.rules.keep_policy("0" * 16, b"{}", node.now())
        node.store.db.run("UPDATE assessment SET policy = ?", ("0" * 16,))
    other = port.run("risk", "rederive", visit, code=4).stdout
    assert "declares features or columns otherwise" in other
    assert "its policy is not in this node" not in other
    with opened() as (node, _):
        node.store.db.run("UPDATE assessment SET policy = 'feedfacefeedface'", ())
    assert "its policy is not in this node" in port.run("risk", "rederive", visit, code=4).stdout
    assert kept.policy
