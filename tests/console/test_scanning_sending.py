"""A scan goes to a partner from where it is read: nobody is not all, what would leave is shown, then it is sent."""

from types import SimpleNamespace

import pytest
from tests.console.browsing import browse
from tests.console.conftest import signed_in
from tests.console.federated import PARTNER, joined
from tests.desk.port import BOB
from tests.desk.read import CAT, a_room, scanned

from vigie.app.web import create_app
from vigie.desk import exchange

FORM = {
    "title": "Antwerp, before opening", "nodes": [PARTNER], "desks": ["targeting"], "tlp": "amber", "handling": "H0",
    "source": "A", "information": "1", "purpose": "targeting", "case": "BE-17", "subjects": "none", "regime": "led",
    "legal_basis": "Regulation (EC) 515/97, art. 4", "days": "30", "on_expiry": "delete",
}  # fmt: skip


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    node, scans = a_room(tmp_path_factory.mktemp("sending") / "home")
    partner = joined(SimpleNamespace(node=node), tmp_path_factory.mktemp("partner"))
    yield SimpleNamespace(node=node, scans=scans, partner=partner, app=create_app(node))
    partner.node.close()
    node.__exit__(None, None, None)


@pytest.fixture
def bob(room):
    with browse(room.app) as client:
        client.cookies.set("vigie", signed_in(room.node, BOB))
        yield client


def test_the_form_offers_all_scans_of_the_box_and_the_partners(bob, room):
    page = bob.get(f"/scanning/scan/{room.scans[0]}/send").text
    assert page.count('name="scans"') == 2
    assert f'value="{room.scans[0]}" checked' in page
    assert f'value="{PARTNER}"' in page
    assert f'/scanning/scan/{room.scans[0]}/send"' in bob.get(f"/scanning/scan/{room.scans[0]}").text


@pytest.mark.parametrize("lacking", [{"nodes": []}, {"desks": []}, {"scans": []}, {"title": ""}, {"case": ""}, {"days": "0"}])
def test_an_empty_audience_is_refused_and_the_form_comes_back_filled(bob, room, lacking):
    where = f"/scanning/scan/{room.scans[0]}/send"
    answer = bob.post(where, data=FORM | {"scans": [room.scans[0]]} | lacking)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert "…." not in answer.text
    assert 'value="Regulation (EC) 515/97, art. 4"' in answer.text
    assert bob.post(f"{where}/decide", data=FORM | {"scans": [room.scans[0]]} | lacking).status_code == 422
    assert exchange.outbox(BOB, room.node) == ()


def test_shown_then_sent(bob, room):
    where, form = f"/scanning/scan/{room.scans[0]}/send", FORM | {"scans": [room.scans[0], room.scans[4]]}
    page = bob.post(where, data=form).text
    assert "NL-CUSTOMS" in page
    assert "may leave" in page
    assert page.count("picture, lossless") == 4  # two energies of two scans
    assert room.node.store.packages.page() == []
    again = bob.post(where, data=form | {"verb": "again"}).text
    assert 'value="Antwerp, before opening"' in again
    sent = bob.post(f"{where}/decide", data=form)
    assert sent.headers["location"].startswith("/exchange/things/")
    (kept,) = room.node.store.packages.page()
    assert room.partner.node.store.packages.get(kept.sha256) is None
    room.partner.carry()
    from vigie.desk import exchange_packages as packages

    assert [name for name, _, _ in packages.wanted(room.partner.node)] == [kept.sha256]


def test_what_may_not_leave_has_no_button(bob, room):
    page = bob.post(f"/scanning/scan/{room.scans[1]}/send", data=FORM | {"scans": [room.scans[1]], "days": "4000"}).text
    assert "may not leave" in page
    assert "/send/decide" not in page


def test_a_scan_without_a_box_is_assigned_first(bob, room):
    lost = scanned(room.node, "", 22)
    assert "This scan has no box yet" in bob.get(f"/scanning/scan/{lost}/send").text
    assert f"/scanning/scan/{lost}/send" not in bob.get(f"/scanning/scan/{lost}").text


def test_who_may_not_send_sees_no_way_to(room):
    with browse(room.app) as cat:
        cat.cookies.set("vigie", signed_in(room.node, CAT))
        assert "/send" not in cat.get(f"/scanning/scan/{room.scans[0]}").text
        form = FORM | {"scans": [room.scans[0]]}
        assert cat.post(f"/scanning/scan/{room.scans[0]}/send/decide", data=form).status_code in (403, 404)
