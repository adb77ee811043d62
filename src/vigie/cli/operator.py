"""Who acts at the command line: the person who may read the node's store and keys."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from vigie.terms import Handling, Officer, OfficerId, Purpose, Role

if TYPE_CHECKING:
    from vigie.node import Node

OPERATOR = Officer(
    id=OfficerId("operator"),
    name="operator",
    roles=tuple(role for role in Role if role is not Role.PORT),  # which excludes every other
    clearance=Handling.RED,
    purposes=tuple(Purpose),
)
"""Whoever can open the store and the key file has every right already; the trail names the operator all the same."""


@contextmanager
def opened() -> Iterator[tuple["Node", Officer]]:
    """Open this machine's node, as the operator speaking the terminal's language."""
    import msgspec

    from vigie.cli.speech import language
    from vigie.node import build, load_settings

    with build(load_settings()) as node:
        yield node, msgspec.structs.replace(OPERATOR, language=str(language()))
