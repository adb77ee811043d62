"""Trying rules through the API: the same desk functions, the same refusals."""


def test_decisions_are_written_and_tried(bob, asking):
    assert bob.told("POST", "/v1/risk/archive")["rows"] >= 0
    told = bob.told("GET", "/v1/risk/backtest")
    assert told["missing"] in ("decisions", "outcomes", "hits", "draws", "")
    assert told["indicators"]
    bob.problem(422, "GET", "/v1/risk/backtest", params={"since": "soon"})
    asking("ian").problem(403, "GET", "/v1/risk/backtest")
    asking("ian").problem(403, "POST", "/v1/risk/archive")


def test_lists_are_simulated_and_policies_compared(bob, asking):
    told = bob.told("GET", "/v1/risk/simulation")
    assert told["told"]["came"] == []
    assert bob.told("GET", "/v1/risk/comparison", params={"draft": "C7@1"})["draft"] == "C7@1"
    assert bob.told("GET", "/v1/risk/shadows") == []
    bob.problem(403, "GET", "/v1/risk/simulation", params={"draft": "NONE@1"})
    asking("ian").problem(403, "GET", "/v1/risk/simulation")
