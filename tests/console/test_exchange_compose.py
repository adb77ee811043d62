"""Compose: nothing leaves before it was shown to the byte; nobody is not all."""

import html
import re

import pytest
from tests.console.federated import OWN, PARTNER, joined
from tests.desk.port import BOB

from vigie.console.exchange_compose import TOLD, fields_for
from vigie.desk import exchange as desk
from vigie.exchange import KINDS

METHOD = {
    "kind": "concealment", "t-name": "rip-on", "t-description": "bags behind <b>it</b>", "t-cavity": "evaporator",
    "t-commodity": "0803", "nodes": [PARTNER], "desks": ["targeting"], "tlp": "amber", "handling": "H0", "source": "A",
    "information": "2", "purpose": "targeting", "case": "AN-17", "legal_basis": "Regulation (EC) 515/97, art. 4",
    "subjects": "none", "regime": "led", "days": "30", "on_expiry": "delete",
}  # fmt: skip


@pytest.fixture(scope="module")
def partner(port, tmp_path_factory):
    return joined(port, tmp_path_factory.mktemp("partner"))


def draft_of(page):
    return html.unescape(re.search(r'name="draft" value="([^"]+)"', page)[1])


def test_shown_to_the_byte_then_sent(partner, ada, port):
    before = len(desk.outbox(BOB, port.node))
    page = ada.post("/exchange/compose", data=METHOD).text
    assert "may leave" in page
    assert "NL-CUSTOMS" in page
    assert "evaporator" in page
    assert "bags behind &lt;b&gt;it&lt;/b&gt;" in page
    assert len(desk.outbox(BOB, port.node)) == before
    raw = html.unescape(re.findall(r"<textarea[^>]* readonly[^>]*>(.*?)</textarea>", page, re.DOTALL)[0])
    where = ada.post("/exchange/compose/decide", data={"draft": draft_of(page), "verb": "send"}).headers["location"]
    assert where.startswith("/exchange/things/attack-pattern--")
    sent = desk.outbox(BOB, port.node)[0]
    assert sent.content == raw
    partner.carry()
    assert desk.inbox(BOB, partner.node)[0].content == raw


def test_an_empty_audience_is_refused_and_the_form_comes_back_filled(partner, ada):
    for lacking in ({"nodes": []}, {"desks": []}):
        answer = ada.post("/exchange/compose", data=METHOD | lacking)
        assert answer.status_code == 422
        assert "rip-on" in answer.text
        assert 'role="alert"' in answer.text
        assert 'value="AN-17"' in answer.text


@pytest.mark.parametrize("wrong", [
    {"t-name": ""}, {"days": "many"}, {"days": "0"}, {"information": "9"}, {"tlp": "purple"}, {"case": ""},
    {"handling": "H3"}, {"kind": "reply"},
])  # fmt: skip
def test_what_cannot_be_read_is_said(partner, ada, wrong):
    answer = ada.post("/exchange/compose", data=METHOD | wrong)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert "…." not in answer.text


def test_what_may_not_leave_is_shown_per_recipient_and_has_no_button(partner, ada):
    page = ada.post("/exchange/compose", data=METHOD | {"days": "4000"}).text
    assert "may not leave" in page
    assert 'value="send"' not in page


def test_two_officers(partner, ada, port):
    page = ada.post("/exchange/compose", data=METHOD | {"handling": "H2", "t-name": "for two"}).text
    assert "second officer" in page
    ada.post("/exchange/compose/decide", data={"draft": draft_of(page), "verb": "send"})
    page = ada.get("/exchange").text
    assert "for two" in page
    assert ada.post("/exchange/drafts", data={"draft": draft_of(page), "verb": "approve"}).status_code in (403, 409)
    assert ada.post("/exchange/drafts", data={"draft": draft_of(page), "verb": "drop"}).status_code == 303
    assert desk.drafts(BOB, port.node) == ()


def test_thrown_away_or_changed(partner, ada, port):
    page = ada.post("/exchange/compose", data=METHOD).text
    again = ada.post("/exchange/compose/again", data=METHOD).text
    assert re.search(rf'name="nodes" value="{PARTNER}" checked', again)
    assert 'value="rip-on"' in again
    assert ada.post("/exchange/compose/decide", data={"draft": draft_of(page), "verb": "discard"}).status_code == 303
    assert ada.post("/exchange/compose/decide", data={"draft": draft_of(page), "verb": "send"}).status_code == 404
    assert [one for one in port.node.store.drafts.all() if one.id.startswith("prepared")] == []


@pytest.mark.parametrize("kind", TOLD)
def test_every_kind_has_its_form(partner, ada, kind):
    page = ada.get(f"/exchange/compose?kind={kind}").text
    assert len(re.findall(r'name="t-[a-z0-9_]+"', page)) == len(KINDS[kind].thing.__struct_fields__)
    assert [one.name for one in fields_for(kind) if one.needed]
    assert "xfield-" not in page


def test_values_are_handed_over_by_the_address(partner, ada):
    assert 'value="MSCU1234566"' in ada.get("/exchange/compose?kind=box&number=MSCU1234566").text
    assert OWN not in ada.get("/exchange/compose?kind=nothing").text.partition("fieldset")[2].partition("/fieldset")[0]


def test_who_may_not_tell_does_not(partner, bo):
    assert bo.post("/exchange/compose", data=METHOD).status_code in (403, 404)
