"""How a shift's scanner slots are shared out: one declared, versioned policy."""

from hashlib import sha256

import msgspec

from vigie.terms import BadRequest


class SelectionPolicy(msgspec.Struct, frozen=True):
    """Shares of the slots that mandatory boxes leave free; the rest goes by score.

    Attributes:
        tilted_permille: Score-tilted random draw below the cut, per thousand slots.
        uniform_permille: Uniform random draw below the cut, per thousand slots.
        version: Raised when a share changes; every selection names it.

    Source: docs/explanation/selection.md#shares (90/5/5: on the synthetic KCS declarations 5 % random cost no hits and
        10 % cost 2 %; a score-tilted draw cut the spread of the estimate by 35 %).
    """

    tilted_permille: int = 50
    uniform_permille: int = 50
    version: int = 1

    def __post_init__(self) -> None:
        """Refuse shares that are no shares."""
        shares = (self.tilted_permille, self.uniform_permille)
        if min(shares) < 0 or sum(shares) > 1000:
            raise BadRequest(reason="shares-of-a-selection-policy-must-lie-between-0-and-1000-per-thousand-in-all")

    @property
    def hash(self) -> str:
        """Name the exact policy: 16 hexadecimal characters."""
        return sha256(msgspec.json.encode(self, order="sorted")).hexdigest()[:16]
