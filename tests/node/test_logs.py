import io
import json

import pytest
import structlog

from vigie.node.logs import set_up, without_secrets


@pytest.fixture
def written():
    out = io.StringIO()
    set_up("json", "info", out)
    yield out
    set_up("console", "warning")


def test_events_are_json_with_keys(written):
    structlog.get_logger().info("batch.settled", items=3)
    told = json.loads(written.getvalue())
    assert (told["event"], told["items"], told["level"]) == ("batch.settled", 3, "info")


def test_what_is_below_the_level_is_not_written(written):
    structlog.get_logger().debug("batch.settled")
    assert written.getvalue() == ""


@pytest.mark.parametrize("name", ["token", "session_token", "key", "secret", "body", "note", "officer_name", "Cookie"])
def test_secrets_and_names_are_blanked(name, written):
    structlog.get_logger().info("x", **{name: "s3cret"})
    assert "s3cret" not in written.getvalue()


def test_the_event_itself_stays():
    assert without_secrets(None, "info", {"event": "key.made", "key_file": "x"}) == {"event": "key.made", "key_file": "x"}


def test_a_fault_is_written_with_its_trace(written):
    try:
        raise ZeroDivisionError("a bug")
    except ZeroDivisionError as fault:
        structlog.get_logger().error("item.set-aside", exc_info=fault)
    assert "ZeroDivisionError" in json.loads(written.getvalue())["exception"]
