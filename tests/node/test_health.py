import pytest
from tests.desk.port import BOB, a_node, manifest, take_in
from tests.desk.scans import files
from tests.three_stores import _schema

from vigie.desk.scanning_intake import take_in as take_scan
from vigie.node.health import doctor
from vigie.terms import HOUR, MINUTE, InboxItem, Language, Texts


def states(node):
    return {fact.name: fact.state for fact in doctor(node, "en")}


def test_a_new_node_is_well(node):
    assert set(states(node).values()) <= {"ok", "warn"}
    assert states(node)["keys"] == "ok"


def test_open_keys_are_found(node):
    node.settings.key_file.chmod(0o644)
    assert states(node)["keys"] == "bad"
    node.settings.key_file.unlink()
    assert states(node)["keys"] == "bad"


def test_what_waits_without_a_sequencer_is_found(node):
    node.store.inbox.add([InboxItem("part", "00" * 32, b"", node.now())])
    assert states(node)["sequencer"] == "warn"


def test_a_log_ahead_of_the_clock_is_found(node):
    take_in(node, manifest())
    node.clock.forward(-HOUR)
    assert states(node)["clock"] == "bad"


def test_messages_set_aside_are_found(node):
    node.store.inbox.add([InboxItem("telegram", "00" * 32, b"", node.now())])
    with node.sequencer():
        node.drain()
    assert states(node)["faults"] == "warn"


@pytest.mark.parametrize("language", Language)
def test_findings_are_told_in_every_language(language, node):
    assert all(fact.text and "{" not in fact.text for fact in doctor(node, language.value))


def test_every_text_has_five_languages():
    assert all(set(told) == set(Language) for told in Texts.load("vigie.node.texts", "health").table.values())


def test_scans_that_wait_long_for_the_machine_are_told(node):
    assert "scans" not in states(node)
    record = take_scan(BOB, files(), node, archive=False).rows[0]
    assert states(node)["scans"] == "ok"
    node.clock.forward(2 * MINUTE)
    assert states(node)["scans"] == "warn"
    assert record.id


@pytest.mark.postgres
def test_a_replica_that_cannot_be_read_is_told(postgres_url, tmp_path):
    with _schema(postgres_url) as url, a_node(tmp_path, store=url, replica_url=url) as node:
        (told,) = [fact for fact in doctor(node, "en") if fact.name == "replica"]
        assert told.state == "bad"
        assert "no-replica" in told.text
