"""The page of models: nothing taught, too little to learn, a card with its curves, the buttons of its life."""

import time

import msgspec
import pytest
from tests.console.browsing import Client
from tests.console.conftest import ADA, Port
from tests.desk.taught import decisions

from vigie.console.models import _curve, _dots
from vigie.desk import models as desk
from vigie.risk import Judged, worth
from vigie.terms import OfficerId


def test_an_empty_page_says_that_the_rules_decide(ada: Client) -> None:
    page = ada.get("/risk/models").text
    assert "No model was taught yet" in page
    assert 'action="/risk/models"' in page


def test_too_little_to_learn_from_is_told(ada: Client) -> None:
    answer = ada.post("/risk/models", data={"reason": "too early"})
    assert answer.status_code == 303
    until = time.monotonic() + 60
    while "data-hx-get" in (part := ada.get("/risk/models/training").text) and time.monotonic() < until:
        time.sleep(0.1)
    assert "not taught" in part
    assert "30 are needed" in part
    assert "30 are needed" in ada.get("/risk/models").text


@pytest.fixture(scope="module")
def taught(port: Port) -> int:
    port.node.archive.write_rows(decisions(1500), 1 << 60)
    return desk.train(ADA, port.node, "first half").version


def test_the_card_tells_what_was_learnt_and_what_it_is_worth(ada: Client, taught: int) -> None:
    page = ada.get(f"/risk/models/{taught}").text
    for told in ("What it was learnt from", "rules and all votes", "not calibrated", "Learnt and judged on boxes", "<polyline",
                 "How much who looked explains", "bags of small trees"):  # fmt: skip
        assert told in page
    assert f'href="/risk/models/{taught}"' in ada.get("/risk/models").text


def test_steps_are_buttons_and_the_author_cannot_approve(ada: Client, taught: int) -> None:
    where = f"/risk/models/{taught}"
    assert 'value="submit"' in ada.get(where).text
    assert ada.post(f"{where}/steps", data={"verb": "submit", "reason": ""}).status_code == 303
    assert 'value="approve"' not in ada.get(where).text
    assert ada.post(f"{where}/steps", data={"verb": "approve", "reason": "fine"}).status_code == 403
    assert ada.post(f"{where}/steps", data={"verb": "jump"}).status_code == 422


def test_a_version_in_shadow_is_told_beside_the_champion(ada: Client, port: Port, taught: int) -> None:
    other = msgspec.structs.replace(ADA, id=OfficerId("bea"))
    where = f"/risk/models/{taught}"
    assert ada.get(f"{where}/shadow").status_code == 404
    for officer, verb in ((ADA, "submit"), (other, "approve"), (other, "shadow")):
        if verb in desk.models(officer, port.node)[0].steps:
            desk.step(officer, taught, verb, "let us see", port.node)
    assert f'data-hx-get="{where}/shadow"' in ada.get(where).text
    page = ada.get(f"{where}/shadow").text
    for told in ("In shadow since", "Decisions since", "Today it would bring", "nothing to judge by yet"):
        assert told in page
    assert f"/risk/simulation?draft=channels@{taught}" in page


def test_who_may_not_see_models_is_refused(bo: Client) -> None:
    assert bo.get("/risk/models").status_code in (403, 404)


def test_a_curve_rises_and_dots_lie_on_one_scale() -> None:
    points = [tuple(map(float, one.split(","))) for one in _curve(Judged("all", worth(range(1000), [n > 990 for n in range(1000)]))).split()]
    assert points[0] == (0.0, 60.0)
    assert [y for _, y in points] == sorted((y for _, y in points), reverse=True)
    assert _dots(()) == []
    assert _dots(((0, 0, 5), (500, 1000, 5)))[1] | {"x": 120.0, "y": 0.0} == _dots(((0, 0, 5), (500, 1000, 5)))[1]
