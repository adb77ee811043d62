"""A parameter of the simulated world: a value that cannot be written down without its source."""

from dataclasses import dataclass
from typing import Generic, TypeVar

Value = TypeVar("Value", covariant=True)

OWN = "own derivation: "
"""How a source begins where no public figure exists and we say what we assumed, and why."""


@dataclass(frozen=True, slots=True)
class Known(Generic[Value]):
    """A parameter with its unit and its source.

    Attributes:
        value: The figure or table itself.
        unit: In words; `share` is 0 to 1.
        source: Where the figure was published, or `own derivation:` and the reasoning.

    Raises:
        ValueError: No source, or an own derivation without its reasoning.
    """

    value: Value
    unit: str
    source: str

    def __post_init__(self) -> None:
        if not self.source.removeprefix(OWN.strip()).strip():
            raise ValueError("a parameter without a source may not exist")

    @property
    def is_own(self) -> bool:
        """True where no public source gives the figure."""
        return self.source.startswith(OWN)
