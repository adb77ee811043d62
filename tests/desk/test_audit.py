import json

import pytest
from tests.desk.port import ANN, EVE, VISIT, manifest, take_in

from vigie.desk import arrivals, audit
from vigie.desk.gate import ACTS
from vigie.desk.views import AuditQuery
from vigie.terms import BadRequest, Language, NotForYou, Texts


def test_pages_go_back_in_time_and_tell_acts_in_the_officers_language(node):
    take_in(node, manifest())
    for _ in range(3):
        arrivals.container(ANN, VISIT, node)
    page = audit.page(EVE, AuditQuery(limit=2, officer="ann"), node)
    assert [row.text for row in page.rows] == [f"looked at {VISIT}"] * 2
    older = audit.page(EVE, AuditQuery(limit=2, officer="ann", before=page.next), node)
    assert len(older.rows) == 1
    assert older.next is None


def test_reading_the_trail_leaves_a_trail(node):
    audit.page(EVE, AuditQuery(), node)
    assert [row.act for row in audit.page(EVE, AuditQuery(), node).rows] == ["see-trail"]


def test_who_may_not_read_it_is_written_into_it(node):
    with pytest.raises(NotForYou):
        audit.page(ANN, AuditQuery(), node)
    assert [row.text for row in audit.page(EVE, AuditQuery(), node).rows] == ["refused: read the audit trail"]


def test_an_export_is_json_lines_with_every_link(node):
    take_in(node, manifest())
    lines = [json.loads(line) for line in audit.export(EVE, AuditQuery(act="import"), node)]
    assert [line["entry"]["act"] for line in lines] == ["import"]
    assert len(lines[0]["chain"]) == 64
    with pytest.raises(NotForYou):
        audit.export(ANN, AuditQuery(), node)


def test_a_touched_trail_is_found(node):
    take_in(node, manifest())
    node.store.db.run("UPDATE trail SET outcome = 'refused' WHERE seq = 1")
    trail, log = audit.verify(EVE, node)
    assert (trail.whole, trail.broken_at, log.whole) == (False, 1, True)


def test_a_page_has_bounds(node):
    with pytest.raises(BadRequest):
        audit.page(EVE, AuditQuery(limit=0), node)


def test_every_act_has_its_text_in_five_languages():
    texts = Texts.load("vigie.desk.texts", "trail").table
    assert set(ACTS) | {"sign-in", "sign-out", "refused", "tell-releases", "canary-met"} == set(texts)
    assert all(set(told) == set(Language) for told in texts.values())
