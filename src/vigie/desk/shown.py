"""List rows as officers see them: reasons told in their language, lateness by the node's clock."""

from collections.abc import Iterable
from functools import cache
from typing import Protocol

from vigie.desk.gate import may_know
from vigie.desk.views import ArrivalRow
from vigie.terms import Doubt, Handling, Language, Moment, Officer, Texts, reason_text
from vigie.tracking import Listed, Status

_STRONGEST = 3  # reasons a list row shows
_UNDECIDED = (Status.NEW.value, Status.SELECTED.value)


class Titles(Protocol):
    """Tells what indicators are called."""

    def title(self, indicator: str, language: str) -> str:
        """The title of an indicator in its version in force; its id where it is not known."""
        ...

    def handling(self, indicator: str) -> int:
        """How closely an indicator is held; as closely as can be where it is not known."""
        ...


def rows_of(listed: Iterable[Listed], officer: Officer, now: Moment, titles: Titles) -> tuple[ArrivalRow, ...]:
    """Turn rows of the store into rows of a list."""
    return tuple(row_of(one, officer, now, titles) for one in listed)


def row_of(one: Listed, officer: Officer, now: Moment, titles: Titles) -> ArrivalRow:
    """Turn one row of the store into a row of a list; a reason above the officer's clearance is not named."""
    codes = tuple(code for code in one.reasons[:_STRONGEST] if may_know(officer, titles.handling(code)))
    return ArrivalRow(
        visit=one.visit, container=one.container, status=one.status, site=one.site, terminal=one.terminal, due=one.due,
        late=one.due is not None and one.due < now and one.status in _UNDECIDED, score_milli=one.score_milli,
        band=one.band, mandatory=one.mandatory, fired=one.fired, doubts=one.doubts, stratum=one.stratum,
        reasons=tuple(titles.title(code, officer.language) for code in codes), codes=codes,
        loading=one.loading, unloading=one.unloading, carrier=one.carrier, vessel=one.vessel, voyage=one.voyage,
        hs2=one.hs2, size_type=one.size_type, reefer=bool(one.reefer), empty=bool(one.empty), claimed_by=one.claimed_by,
        due_source=one.due_source, leaves=one.leaves, leaves_source=one.leaves_source,
        watched=one.watched, selected=one.selected, handling=Handling(one.handling), changed=one.changed,
    )


def tell(texts: Texts, code: str, language: str | Language, facts: dict[str, str | int | float | bool | None]) -> str:
    """Tell a text with its facts; a code that has no text (foreign, or newer than this node) is shown as it is."""
    return texts.tell(code, language, **facts) if code in texts.table else code


@cache
def _doubts() -> Texts:
    own = Texts.load("vigie.desk.texts", "doubts")
    rooms = (Texts.load("vigie.inspections.texts", "inspections"), Texts.load("vigie.ports.texts", "ports"),
             Texts.load("vigie.registry.texts", "registry"), Texts.load("vigie.trends.texts", "trends"))  # fmt: skip
    return Texts({**rooms[0].table, **rooms[1].table, **rooms[2].table, **rooms[3].table, **own.table})


def doubt_text(doubt: Doubt, language: str | Language) -> str:
    """Tell a doubt about a table that an officer handed in, with the reason where it has one."""
    facts = dict(doubt.facts)
    if isinstance(facts.get("reason"), str):
        facts["reason"] = reason_text(str(facts["reason"]), language, doubt.facts)
    return tell(_doubts(), doubt.code, language, facts)
