"""What can go wrong that a caller can do something about: a stable code and facts, no prose."""

from collections.abc import Callable, Mapping
from typing import ClassVar

Fact = str | int | float | bool | None


class VigieError(Exception):
    """An error with a code and facts; a face turns it into the reader's language.

    Args:
        facts: Values that the text of the code names. Never personal data, never a secret.
    """

    code: ClassVar[str] = "vigie"

    def __init__(self, **facts: Fact) -> None:
        self.facts: Mapping[str, Fact] = facts
        super().__init__(self.code, facts)

    def __str__(self) -> str:
        told = " ".join(f"{name}={value}" for name, value in sorted(self.facts.items()))
        return f"{self.code} {told}".strip()

    def __reduce__(self) -> tuple[Callable[..., "VigieError"], tuple[type["VigieError"], dict[str, Fact]]]:
        """Travel whole from another process: facts are told by name."""
        return _again, (type(self), dict(self.facts))


def _again(kind: type[VigieError], facts: dict[str, Fact]) -> VigieError:
    return kind(**facts)


class BadContainerNumber(VigieError):
    """The text has not the shape of ISO 6346, or its check digit is wrong."""

    code = "bad-container-number"


class BadIdentifier(VigieError):
    """A code (UN/LOCODE, IMO, EORI, MRN ...) has not the shape its list demands."""

    code = "bad-identifier"


class BadMoment(VigieError):
    """A moment cannot be read, or has no place on the calendar."""

    code = "bad-moment"


class BadAmount(VigieError):
    """A quantity is not a number, is negative, or is larger than its unit allows."""

    code = "bad-amount"


class NotForYou(VigieError):
    """The officer may not see this, or it does not exist; which of both is not told."""

    code = "not-for-you"


class OwnWork(NotForYou):
    """Whoever made a rule does not approve it: a second officer does."""

    code = "own-work"


class SecondNeeded(OwnWork):
    """One officer alone does not bring this about: a second one has to take a step of it."""

    code = "second-needed"


class NotFound(VigieError):
    """Something the caller named, and may know of, does not exist."""

    code = "not-found"


class Erased(VigieError):
    """The box was erased: its key is destroyed, and nothing can be read of it again."""

    code = "erased"


class Conflict(VigieError):
    """The thing changed since the caller looked at it."""

    code = "conflict"


class BadRequest(VigieError):
    """What was asked for has no meaning: an unknown value, a missing reason, an empty list."""

    code = "bad-request"


class ReasonNeeded(BadRequest):
    """What is held closely is shown to who says why: the officer may see it, and has not said it yet."""

    code = "reason-needed"


class StoreFault(VigieError):
    """The store cannot do what was asked: it is locked, full, of a newer version, or damaged."""

    code = "store-fault"


class AnalyticsMissing(VigieError):
    """What was asked for runs over many boxes at once, and the extra `vigie[analytics]` is not installed."""

    code = "analytics-missing"


class CannotListen(VigieError):
    """The address on which a service was to listen is taken, or is none of this machine."""

    code = "cannot-listen"
