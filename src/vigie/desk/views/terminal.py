"""What the operator of a terminal sees of its boxes, and nothing else."""

import msgspec


class TerminalBox(msgspec.Struct, frozen=True):
    """A box on the terminal. state: `selected`, `not-selected`, `released`; never why."""

    container: str
    state: str


class TerminalView(msgspec.Struct, frozen=True):
    """The boxes of the operator's own terminals, by number. after: Where the next page begins; empty at the end."""

    terminals: tuple[str, ...]
    boxes: tuple[TerminalBox, ...]
    after: str = ""
