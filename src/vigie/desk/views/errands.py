"""Long acts that go on after the answer, as the faces show them."""

import msgspec

from vigie.terms import Fact, Moment


class ErrandView(msgspec.Struct, frozen=True, omit_defaults=True):
    """How far a long act is.

    Attributes:
        kind: `assess` (judge the open boxes again), `archive` (bring the decision table up to date), `months` (move
            closed months to the archive), `rescore` (score past decisions again) or `readings` (read kept scans again).
        state: `waiting`, `running`, `done`, `failed`. done, whole: Boxes dealt with, and in all; both 0 before it is
            known. officer, asked: Who asked for it, when. ended: When it ended.
        left_s: Seconds that the rest takes if it goes on as so far; None where that cannot be told.
        fault, facts: Why it failed: code of the error (`interrupted`: the node stopped), and its facts.
    """

    kind: str
    state: str
    done: int
    whole: int
    officer: str
    asked: Moment
    ended: Moment | None = None
    fault: str = ""
    facts: dict[str, Fact] = {}
    left_s: int | None = None

    @property
    def open(self) -> bool:
        """Not ended yet."""
        return self.state in ("waiting", "running")
