"""Watch lists: what officers look out for, each list with an owner, a reason and an end."""

from enum import StrEnum

import msgspec

from vigie.terms import Handling, Moment, OfficerId


class WatchAction(StrEnum):
    """What a hit does."""

    MANDATORY = "mandatory"
    WEIGHTED = "weighted"


class WatchList(msgspec.Struct, frozen=True, omit_defaults=True):
    """A watch list.

    Attributes:
        id: Short name. title: As officers call it. owner: Who answers for it. reason: Why it exists.
        expires: When it ends by itself. handling: Who may know that it exists.
        action: Mandatory or weighted. weight_milli: Log-odds in thousandths that a hit of a weighted list adds.
    """

    id: str
    title: str
    owner: OfficerId
    reason: str
    expires: Moment
    handling: Handling = Handling.AMBER
    action: WatchAction = WatchAction.WEIGHTED
    weight_milli: int = 0


class WatchEntry(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing looked out for.

    Attributes:
        kind: `container`, `document`, `mrn`, `seal`, `vessel`, `imo`, `voyage`, `party` ...
        value: Normalised; for a party its pseudonymous key.
        note: What the officer wrote; may name persons, so it is kept encrypted.
        added: When. by: Who.
    """

    kind: str
    value: str
    note: str = ""
    added: Moment = Moment(0)
    by: str = ""


class Watched(msgspec.Struct, frozen=True, omit_defaults=True):
    """A hit of a watch list as it was when a box was judged; kept with the judgement, for lists change and end.

    Attributes:
        list: Short name of the list. kind, value: Of the entry. action, weight_milli, expires: Of the list, then.
    """

    list: str
    kind: str
    value: str
    action: WatchAction
    weight_milli: int
    expires: Moment

    @classmethod
    def of(cls, told: WatchList, entry: WatchEntry) -> "Watched":
        """Keep what a judgement needs of a hit."""
        return cls(told.id, entry.kind, entry.value, told.action, told.weight_milli, told.expires)

    def hit(self) -> tuple[WatchList, WatchEntry]:
        """The hit again, as far as a judgement asks: without title, owner, reason and note."""
        told = WatchList(
            self.list, "", OfficerId(""), "", self.expires, action=self.action, weight_milli=self.weight_milli
        )
        return told, WatchEntry(self.kind, self.value)
