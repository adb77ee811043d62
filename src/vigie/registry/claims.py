"""Claims: who said which figure, when, about which scope. A claim is never a fact of the register."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

import msgspec

from vigie.registry.countries import country_of
from vigie.registry.scopes import Scope, load_scopes
from vigie.terms import BadRequest, Doubt, Moment, Place, TableRow, read_table

ABOUT = ("about", "under", "over")
"""Qualifiers: the figure is near what is written, a little below it, or above it."""

_SIGNS = {"~": "about", "<": "under", ">": "over"}
_PHRASES = {
    "under": ("un peu moins de", "just under", "bijna", "almost", "nearly", "close to", "quasi", "net geen",
              "a little less", "casi", "quase", "een kleine"),
    "over": ("plus de", "more than", "ruim", "meer dan", "over ", "más de", "mais de"),
    "about": ("pres de", "près de", "about", "around", "environ", "ongeveer", "cerca de", "alrededor de"),
}  # fmt: skip
_UNITS = {
    "t": "t", "ton": "t", "tons": "t", "tonne": "t", "tonnes": "t", "tonnen": "t", "toneladas": "t", "kg": "kg",
    "kilo": "kg", "kilos": "kg", "g": "g", "count": "count", "%": "%",
}  # fmt: skip
_GRAMS = {"t": Decimal(1_000_000), "kg": Decimal(1000), "g": Decimal(1)}
_SHARE = re.compile(r"(\d+(?:[.,]\d+)?)\s?% ([A-Z]{2})\b")
_CHANGE = re.compile(r"\(?([+-]\d+(?:[.,]\d+)?)\s?%")


class Claim(msgspec.Struct, frozen=True, omit_defaults=True):
    """A figure somebody gave.

    Attributes:
        place, scope: As the source writes it, and in the vocabulary. start, end: First and last day, ISO 8601.
        substance: `cocaine`, or what the source says; empty where it says nothing.
        measure: `seized`, `findings`, `change` (against the period before, %), `share`, `from:BR` (seized, of one
            provenance), `share-from:BR` (%), or the source's own words.
        value: Decimal, as written. unit: `t`, `kg`, `g`, `count`, `%` or the source's own.
        qualifier: Empty or one of `ABOUT`. status: `final`, `provisional` or `revised`.
        source, publisher, told, url: Title, who published, when (ISO date or its beginning), where.
        document: The document whose figure is to be checked; empty for a source to check against.
        note: What the source adds. row: Where it stands in its table; 0 for one that was derived from a text of it.
        file: Name of the table. id: Log entry; 0 where it was not kept. as_of: Of our own published figures: the log
            entry up to which the register was counted.
    """

    place: str
    scope: Scope
    start: str
    end: str
    measure: str
    value: str
    unit: str
    substance: str = ""
    qualifier: str = ""
    status: str = "final"
    source: str = ""
    publisher: str = ""
    told: str = ""
    url: str = ""
    document: str = ""
    note: str = ""
    row: int = 0
    file: str = ""
    id: Moment = Moment(0)
    as_of: Moment | None = None

    @property
    def amount(self) -> Decimal:
        """The value in grams where the unit is a mass, else as it is."""
        return Decimal(self.value) * _GRAMS.get(self.unit, Decimal(1))

    @property
    def half(self) -> Decimal:
        """Half of the last written digit, on the scale of `amount`: how far rounding may have moved the value."""
        exponent = Decimal(self.value).as_tuple().exponent
        return Decimal(5).scaleb(int(exponent) - 1) * _GRAMS.get(self.unit, Decimal(1))

    @property
    def key(self) -> str:
        """What names the place: the area of the vocabulary, else the source's own words."""
        return self.scope.area or " ".join(self.place.lower().split())


def read_claims(lines: Iterable[str], file: str = "") -> Iterator[Claim | Doubt]:
    """Read a table of claims: sources (`period_start`, `source_title` ...) or figures of documents (`year`,
    `seed_file` or `document`). A bad row becomes a doubt and the next is read; figures that stand in a source's title
    (`26% BR`, `+22%`) become claims of their own, of row 0.
    """
    for row in read_table(lines, ("place", "measure", "value", "unit")):
        if not isinstance(row, TableRow):
            yield Doubt("claim-header" if row.number == 1 else "claim-row", Place(segment=row.number),
                        {"wanted": "place, measure, value, unit"})  # fmt: skip
            continue
        try:
            claim = _claim(row, file)
        except BadRequest as fault:
            column = str(fault.facts["field"])
            yield Doubt("claim-cell", Place(segment=row.number, path=column), {"column": column})
            continue
        yield claim
        yield from _derived(claim)


def _claim(row: TableRow, file: str) -> Claim:
    told = row.cells
    start, end = _period(told)
    unit, qualifier, status = _unit(told.get("unit", ""), told.get("approx", ""))
    measure, said = _measure(told.get("measure", ""))
    scope = load_scopes().read(told.get("place", ""), f"{told.get('scope', '')} {said}")
    return Claim(
        told.get("place", ""), scope, start, end, measure, _value(told.get("value", "")), unit,
        told.get("drug", "") or told.get("substance", ""), qualifier, told.get("status", "") or status,
        told.get("source_title", "") or told.get("source", ""), told.get("publisher", ""),
        told.get("source_date", "") or told.get("told", ""), told.get("url", ""),
        told.get("seed_file", "") or told.get("document", ""), told.get("note", ""), row.number, file,
    )  # fmt: skip


def _period(told: Mapping[str, str]) -> tuple[str, str]:
    year = told.get("year", "")
    start, end = told.get("period_start", ""), told.get("period_end", "")
    if year:
        start, end = f"{year}-01-01", f"{year}-12-31"
    for field, text in (("period_start", start), ("period_end", end)):
        try:
            date.fromisoformat(text)
        except ValueError:
            raise BadRequest(field="year" if year else field) from None
    if end < start:
        raise BadRequest(field="period_end")
    return start, end


def _value(text: str) -> str:
    plain = re.sub(r"\s", "", text)
    if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", plain):
        plain = plain.replace(",", "")
    try:
        value = Decimal(plain.replace(",", "."))
    except InvalidOperation:
        raise BadRequest(field="value") from None
    if not value.is_finite() or abs(value) > 10**15:
        raise BadRequest(field="value")
    return format(value, "f")


def _unit(unit: str, approx: str) -> tuple[str, str, str]:
    word, _, rest = unit.strip().partition("(")
    written = f"{rest.rstrip(')')} {approx}".lower().strip()
    qualifier = next((_SIGNS[sign] for sign in _SIGNS if sign in approx), "") or next(
        (name for name, phrases in _PHRASES.items() if any(one in written for one in phrases)), ""
    )
    provisional = any(one in written for one in ("provisional", "partial", "provisoire", "voorlopig"))
    known = _UNITS.get(word.strip().lower())
    if not word.strip():
        raise BadRequest(field="unit")
    return known or word.strip(), qualifier, "provisional" if provisional else "final"


def _measure(text: str) -> tuple[str, str]:
    """The measure, and what else the words say of the scope."""
    plain = text.strip()
    found = re.fullmatch(r"(?:seized_)?from[: ]\s*(.+)", plain, re.IGNORECASE)
    if found:
        return f"from:{country_of(found[1]) or found[1].strip()}", ""
    if plain.lower().startswith("share"):
        return "share", plain
    words = {"change_vs_prev": "change", "change": "change", "seized": "seized", "findings": "findings"}
    if not plain:
        raise BadRequest(field="measure")
    return words.get(plain.lower(), plain), ""


def _derived(claim: Claim) -> Iterator[Claim]:
    """Figures in the title of a source about seized weight: shares of provenance, change to the year before."""
    if claim.document or claim.measure != "seized":
        return
    said = msgspec.structs.replace(claim, row=0, unit="%", qualifier="", note=f"row {claim.row}")
    for share, country in _SHARE.findall(claim.source):
        yield msgspec.structs.replace(said, measure=f"share-from:{country}", value=share.replace(",", "."))
    found = _CHANGE.search(claim.source)
    if found:
        yield msgspec.structs.replace(said, measure="change", value=found[1].replace(",", ".").lstrip("+"))


def is_over(end: str, today: str) -> bool:
    """Whether a period is over: the figure of a year that is not closed is provisional, whatever it says."""
    return end < today
