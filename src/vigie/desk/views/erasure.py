"""Erasures and parties that are one, as the faces show them."""

import msgspec

from vigie.terms import Moment, VisitId


class ErasedBox(msgspec.Struct, frozen=True):
    """A box that an erasure would take. site: UN/LOCODE. opened: When it was first heard of."""

    visit: VisitId
    site: str
    opened: Moment


class ErasureScope(msgspec.Struct, frozen=True):
    """What an erasure would take.

    Attributes:
        kind, wanted: As asked. boxes: How many. units: Keys to be destroyed. parties: Parties that nobody else names.
        others: Boxes that stay although a message that goes spoke of them, too. shown: Some of the boxes.
        name: The party, where one is meant.
    """

    kind: str
    wanted: str
    boxes: int
    units: int
    parties: int
    others: int
    shown: tuple[ErasedBox, ...] = ()
    name: str = ""


class ErasureView(msgspec.Struct, frozen=True):
    """An erasure.

    Attributes:
        id: To decide on it. state: `asked`, `refused`, `withdrawn`, `confirmed` or `done`. kind: `box`, `message`,
            `party` or `days`. wanted: Which. officer, asked, reason, basis: Who asked, when, why, by which law.
        decided_by, decided, answer: Who decided, when, in which words. units: Keys destroyed. boxes: Boxes erased.
        removed: Rows removed or emptied. scope: What it would take now, while it waits.
    """

    id: int
    state: str
    kind: str
    wanted: str
    officer: str
    asked: Moment
    reason: str
    basis: str
    decided_by: str = ""
    decided: Moment | None = None
    answer: str = ""
    units: int = 0
    boxes: int = 0
    removed: int = 0
    scope: ErasureScope | None = None


class MergeView(msgspec.Struct, frozen=True):
    """An officer's word on who is one. into: The pseudonym it counts under; the party's own takes a word back."""

    at: Moment
    key: str
    name: str
    into: str
    into_name: str
    officer: str
    reason: str
    undone: bool = False


class PartyFound(msgspec.Struct, frozen=True, omit_defaults=True):
    """A party of the node. key: Pseudonym. counts_as: Pseudonym it counts under. exact: Without a typing error."""

    key: str
    name: str
    country: str = ""
    city: str = ""
    eori: str = ""
    counts_as: str = ""
    exact: bool = True


class PartyPage(msgspec.Struct, frozen=True):
    """One party: under which names it is known, what officers said of it, and its latest boxes in reach."""

    party: PartyFound
    names: tuple[PartyFound, ...]
    merges: tuple[MergeView, ...]
    visits: tuple[VisitId, ...]
