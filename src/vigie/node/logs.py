"""What the node writes down about itself: events with keys, never a name, never a secret."""

import logging
import sys
from collections.abc import MutableMapping
from typing import Any, TextIO

import structlog

_HIDDEN = ("token", "secret", "password", "key", "cookie", "authorization", "body", "raw", "name", "note")
"""A value whose name holds one of these words is not written: it could open something or name a person."""
_ALLOWED = frozenset(("key_file",))


def set_up(form: str, level: str, stream: TextIO | None = None) -> None:
    """Make logs come out in one form.

    Args:
        form: `console` for people, `json` for machines. level: Least level written.
        stream: Where to; the error stream by default, so that standard output stays the command's own.
    """
    out = sys.stderr if stream is None else stream
    last: Any = structlog.processors.JSONRenderer() if form == "json" else structlog.dev.ConsoleRenderer(colors=False)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            without_secrets,
            structlog.processors.format_exc_info,
            last,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level.upper())),
        logger_factory=structlog.WriteLoggerFactory(file=out),
        cache_logger_on_first_use=False,
    )


def without_secrets(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Blank the values that must not be written."""
    for name in event:
        if name not in _ALLOWED and name != "event" and any(word in name.lower() for word in _HIDDEN):
            event[name] = "[hidden]"
    return event
