"""Judging again from a page: offered where rules changed, started by a button, told while it goes on."""

import time

from tests.console.browsing import Client
from tests.console.conftest import ADA, Port

from vigie.console.errands import fault_of
from vigie.desk import errands
from vigie.desk.views import ErrandView
from vigie.terms import Moment


def test_boxes_that_other_rules_judged_are_offered_and_judged_again(ada: Client, port: Port) -> None:
    db = port.node.store.db  # type: ignore[attr-defined]
    db.run("UPDATE assessment SET policy = 'feedfacefeedface'", ())
    stale = errands.stale(ADA, port.node)
    assert stale > 100
    page = ada.get("/risk/policy").text
    assert f"{stale:,} open boxes were last judged by other rules" in page
    begun = ada.post("/errands/assess", data={"back": "/risk/policy"})
    assert (begun.status_code, begun.headers["location"]) == (303, "/risk/policy")
    until = time.monotonic() + 60
    while "data-hx-get" in (part := ada.get("/errands/assess").text) and time.monotonic() < until:
        time.sleep(0.1)
    assert "Judged again" in part
    assert f"{stale:,} of {stale:,} boxes" in part
    assert errands.stale(ADA, port.node) == 0
    assert "last judged by other rules" not in ada.get("/risk/policy").text


def test_who_may_not_is_refused_and_what_is_none_too(ada: Client, bo: Client) -> None:
    assert bo.post("/errands/assess", data={}).status_code == 404
    assert ada.post("/errands/dance", data={}).status_code == 422


def test_a_fault_is_told_by_its_code() -> None:
    failed = ErrandView("assess", "failed", 0, 0, "ada", Moment(1), fault="store-fault", facts={"reason": "full"})
    told = fault_of(failed)
    assert told is not None
    assert (told.code, told.facts["reason"]) == ("store-fault", "full")
    assert fault_of(ErrandView("assess", "failed", 0, 0, "ada", Moment(1), fault="interrupted")) is None
    assert fault_of(None) is None
