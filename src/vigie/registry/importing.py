"""Tables of seizures become reports row by row: what is unsure is asked, flagged or refused by its cell."""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation

import msgspec

from vigie.registry.consistency import seizure_faults, seizure_questions
from vigie.registry.countries import country_of
from vigie.registry.countries import languages_of as country_languages
from vigie.registry.scopes import load_scopes
from vigie.registry.seizure import Basis, Report, Seized, Substance
from vigie.registry.words import load_columns, load_words
from vigie.terms import (
    LARGEST_G,
    BadIdentifier,
    BadMoment,
    BadRequest,
    Concealment,
    Detector,
    Doubt,
    Fact,
    Handling,
    Locode,
    Moment,
    Place,
    TableFault,
    TableRow,
    moment_of,
    read_moment,
    written_number,
)

_GRAMS = {"kg": Decimal(1000), "g": Decimal(1), "t": Decimal(1_000_000), "lb": Decimal("453.59237")}
_OPEN = frozenset(("no", "0", "false", "provisional", "provisoire", "voorlopig", "provisório", "non", "nee", "não"))
_LISTS = re.compile(r"[;|/+]")
_AMBIGUOUS = re.compile(r"[0-9]{1,3}[.,][0-9]{3}")


class SeizureMap(msgspec.Struct, frozen=True, omit_defaults=True):
    """How a table of seizures is read.

    Attributes:
        columns: Field to header, where the header is none that is known. constants: Field to text for every row.
        format: Of dates, as `strptime` writes it; empty means ISO 8601. Times without a zone are UTC.
    """

    columns: dict[str, str] = {}
    constants: dict[str, str] = {}
    format: str = ""


def read_seizure_map(text: str) -> SeizureMap:
    """Read a column map from TOML or JSON; an empty text is the map that knows the usual headers alone.

    Raises:
        BadRequest: Not TOML or JSON, or an unknown field.
    """
    try:
        raw = msgspec.json.decode(text) if text.lstrip().startswith("{") else tomllib.loads(text)
        found = msgspec.convert(raw, SeizureMap)
    except (msgspec.DecodeError, tomllib.TOMLDecodeError, RecursionError):
        raise BadRequest(reason="column-map-is-neither-toml-nor-json") from None
    for field in (*found.columns, *found.constants):
        if field not in load_columns():
            raise BadRequest(reason="unknown-field", field=field[:40])
    return found


class ReadSeizure(msgspec.Struct, frozen=True):
    """A row that was read. questions: To be answered before it counts. flags: Doubts with which it counts."""

    row: int
    report: Report
    questions: tuple[Doubt, ...] = ()
    flags: tuple[Doubt, ...] = ()


class Reader:
    """Reads the rows of one table; remembers in which languages its columns are written."""

    def __init__(self, how: SeizureMap, source: str, now: Moment) -> None:
        self._how, self._source, self._now = how, source, now
        self._fields = {name: field for field, names in load_columns().items() for name in names}
        self._fields |= {header.strip().lower(): field for field, header in how.columns.items()}
        self._languages: dict[str, set[frozenset[str]]] = defaultdict(set)

    def read(self, rows: Iterable[TableRow | TableFault]) -> Iterator[ReadSeizure | Doubt]:
        """Read rows; what is said of the whole table comes at the end, as doubts of row 1."""
        years: set[int] = set()
        for row in rows:
            if isinstance(row, TableFault):
                yield Doubt("seizure-row", Place(segment=row.number))
                continue
            found = self.row(row)
            yield found
            if isinstance(found, ReadSeizure):
                years.add(_year(found.report.seized.at))
        for column, told in self._languages.items():
            if not frozenset.intersection(*told):
                names = ", ".join(sorted(frozenset.union(*told)))
                facts: dict[str, Fact] = {"column": column, "languages": names}
                yield Doubt("seizure-two-languages", Place(segment=1, path=column), facts)
        if _year(self._now) in years:
            yield Doubt("seizure-year-open", Place(segment=1, path="at"), {"year": _year(self._now)})

    def row(self, row: TableRow) -> ReadSeizure | Doubt:
        """Read one row; a doubt says why it is refused, and where."""
        told = dict(self._how.constants)
        for header, text in row.cells.items():
            field = self._fields.get(header)
            if field is not None and text:
                told[field] = text
        try:
            return self._report(row.number, _Cells(row.number, told, self._how.format, self._languages))
        except _Refused as why:
            return why.doubt

    def _report(self, number: int, cell: "_Cells") -> ReadSeizure:
        words = load_words()
        net, gross = cell.grams("net"), cell.grams("gross")
        services = cell.words("service", "services")
        country = cell.country("country")
        place = cell.place("place", asked=True)
        name = cell.word("substance", "substance")
        if not cell.told.get("substance"):
            raise _Refused(Doubt("seizure-without-substance", Place(segment=number, path="substance"), {}))
        concealment, detector = cell.word("concealment", "concealment"), cell.word("detector", "detector")
        basis = cell.word("basis", "basis")
        seized = Seized(
            cell.at(), place,
            (Substance(name or "other-drugs", net, gross, Basis(basis or "reported"), cell.count("packages")),),
            cell.list("logos"), written_number(cell.told.get("container", "")), cover_hs=cell.hs(),
            cover=cell.told.get("cover", ""), concealment=Concealment(concealment) if concealment else None,
            modus=" ".join(filter(None, (cell.told.get("modus", ""), cell.unread("concealment")))),
            scope=cell.word("scope", "scope") or "seaport", services=services,
            countries=tuple(filter(None, (country_of(one) for one in cell.list("countries")))),
            provenance=cell.country("provenance"), loaded=cell.place("loaded"),
            route=cell.list("route"), detector=Detector(detector) if detector else None,
            case=cell.told.get("case", ""), handling=cell.handling(),
            note=" ".join(filter(None, (cell.told.get("note", ""), cell.unread("substance"), cell.unread("detector")))),
            is_closed=cell.told.get("closed", "").lower() not in _OPEN,
        )  # fmt: skip
        if not seized.provenance and seized.loaded:
            seized = msgspec.structs.replace(seized, provenance=seized.loaded[:2])
        service = services[0] if services else words.find("service", cell.told.get("service", "")) or "customs"
        report = Report(service, country or place[:2], self._source, seized, cell.told.get("reference", ""))
        faults = [one for one in seizure_faults(seized, self._now) if one.code != "seizure-place"]
        if faults:
            raise _Refused(_at(faults[0], number))
        asked = [_at(one, number) for one in seizure_questions(seized)]
        return ReadSeizure(number, report, (*cell.asked, *asked), tuple(cell.flags))


class _Refused(Exception):
    """A row that is no report. doubt: Why."""

    def __init__(self, doubt: Doubt) -> None:
        self.doubt = doubt
        super().__init__(doubt.code)


class _Cells:
    """The cells of one row, each read once. asked, flags: What came up."""

    def __init__(
        self, number: int, told: Mapping[str, str], form: str, languages: dict[str, set[frozenset[str]]]
    ) -> None:
        self.number, self.told, self._format, self._languages = number, told, form, languages
        self.asked: list[Doubt] = []
        self.flags: list[Doubt] = []
        self._unread: dict[str, str] = {}

    def _doubt(self, code: str, column: str, **facts: str) -> Doubt:
        return Doubt(code, Place(segment=self.number, path=column), {"column": column, **facts})

    def _refuse(self, column: str, code: str = "seizure-cell") -> _Refused:
        return _Refused(self._doubt(code, column))

    def at(self) -> Moment:
        """The moment; a day alone is its first moment, UTC."""
        text = self.told.get("at", "")
        try:
            if self._format:
                when = datetime.strptime(text, self._format)  # noqa: DTZ007 - a zone is put on below
                return moment_of(when if when.tzinfo else when.replace(tzinfo=UTC))
            if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
                return read_moment(f"{text}T00:00:00Z")
            return read_moment(text if re.search(r"(Z|[+-][0-9]{2}:?[0-9]{2})$", text) else f"{text}Z")
        except (ValueError, BadMoment):
            raise self._refuse("at") from None

    def number_of(self, column: str) -> Decimal | None:
        """A number; one whose mark may stand for thousands or decimals is asked about, and read as decimal."""
        text = re.sub(r"\s", "", self.told.get(column, ""))
        if not text:
            return None
        if _AMBIGUOUS.fullmatch(text):
            self.asked.append(self._doubt("seizure-ambiguous-number", column, text=text))
        if "," in text and "." in text:
            last = max(text.rfind(","), text.rfind("."))
            text = re.sub(r"[.,]", "", text[:last]) + "." + text[last + 1 :]
        elif len(re.findall(r"[.,]", text)) > 1:
            text = re.sub(r"[.,]", "", text)
        try:
            value = Decimal(text.replace(",", "."))
        except InvalidOperation:
            raise self._refuse(column) from None
        if not value.is_finite() or value < 0:
            raise self._refuse(column, "seizure-negative")
        return value

    def grams(self, column: str) -> int | None:
        """A weight in grams; without a unit that is known it is asked about, and read as kilograms."""
        text = self.told.get(column, "")
        found = re.fullmatch(r"([0-9\s.,]+?)\s*([^0-9\s.,]+)", text)
        unit = self.told.get("unit", "")
        if found:  # `12 kg` in the cell itself
            self.told = {**self.told, column: found[1]}
            unit = found[2]
        value = self.number_of(column)
        if value is None:
            return None
        code = load_words().find("unit", unit)
        self._note("unit", "unit", unit)
        if not code:
            why, where = ("seizure-unit", "unit") if unit else ("seizure-without-unit", column)
            self.asked.append(self._doubt(why, where, unit=unit[:20]))
        if value.adjusted() > 15 or value * _GRAMS.get(code, Decimal(1000)) > LARGEST_G:
            raise self._refuse(column)
        return int((value * _GRAMS.get(code, Decimal(1000))).to_integral_value())

    def count(self, column: str) -> int | None:
        """A whole number."""
        value = self.number_of(column)
        return None if value is None else int(value)

    def word(self, kind: str, column: str) -> str:
        """The code of a word; one that is not known is flagged, and kept as a note."""
        text = self.told.get(column, "")
        code = load_words().find(kind, text) if text else ""
        self._note(kind, column, text)
        if text and not code:
            self.flags.append(self._doubt("seizure-word", column, text=text[:60]))
            self._unread[column] = text
        return code

    def _note(self, kind: str, column: str, text: str) -> None:
        told = load_words().languages(kind, text) if text else frozenset[str]()
        if told:
            self._languages[column].add(told)

    def unread(self, column: str) -> str:
        """The text of a column that the vocabulary does not know."""
        return self._unread.get(column, "")

    def words(self, *columns: str) -> tuple[str, ...]:
        """The services that columns name, each once."""
        found: dict[str, None] = {}
        for column in columns:
            for text in self.list(column):
                code = load_words().find("service", text)
                self._note("service", column, text)
                found[code or text.lower()] = None
        return tuple(found)

    def list(self, column: str) -> tuple[str, ...]:
        """The texts of a cell, parted at semicolons, bars, slashes or plus signs."""
        return tuple(one.strip() for one in _LISTS.split(self.told.get(column, "")) if one.strip())

    def country(self, column: str) -> str:
        """A country by code or name; one that is not known is flagged."""
        text = self.told.get(column, "")
        code = country_of(text) if text else ""
        languages = country_languages(text) if text else frozenset[str]()
        if languages:
            self._languages[column].add(languages)
        if text and not code:
            self.flags.append(self._doubt("seizure-word", column, text=text[:60]))
        return code

    def place(self, column: str, asked: bool = False) -> str:
        """A place by UN/LOCODE or by the name of a port; another one is asked about, and kept as it is written."""
        text = self.told.get(column, "")
        try:
            return Locode.read(text).text
        except BadIdentifier:
            area = load_scopes().find(text)
        if area is not None and area.kind == "port":
            return area.ports[0]
        if asked or text:
            (self.asked if asked else self.flags).append(self._doubt("seizure-place", column, text=text[:60]))
        return ""

    def hs(self) -> str:
        """An HS code without its dots."""
        return re.sub(r"[\s.]", "", self.told.get("cover_hs", ""))

    def handling(self) -> Handling:
        """A handling code by name (TLP) or number; amber where none is told."""
        text = self.told.get("handling", "").upper().removeprefix("TLP:").replace("+", "_")
        if not text:
            return Handling.AMBER
        if text in Handling.__members__:
            return Handling[text]
        if text.isdecimal() and int(text) in set(Handling):
            return Handling(int(text))
        raise self._refuse("handling")


def _at(doubt: Doubt, number: int) -> Doubt:
    return msgspec.structs.replace(doubt, place=msgspec.structs.replace(doubt.place, segment=number))


def _year(at: int) -> int:
    return datetime.fromtimestamp(at // 1_000_000, UTC).year


def names_columns(names: Iterable[str], how: SeizureMap) -> bool:
    """Whether a header names enough to read a seizure: when, where, what and how much."""
    known = {name: field for field, aliases in load_columns().items() for name in aliases}
    known |= {header.strip().lower(): field for field, header in how.columns.items()}
    found = {known[name] for name in names if name in known} | set(how.constants)
    return {"at", "place", "substance"} <= found and bool(found & {"net", "gross"})
