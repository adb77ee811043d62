"""The column map: which column of a table holds which canonical field, in which unit and format."""

import tomllib
from typing import Any

import msgspec

from vigie.arrivals.table.fields import FIELDS
from vigie.terms import BadRequest


class Column(msgspec.Struct, frozen=True, omit_defaults=True):
    """One column.

    Attributes:
        column: Its name in the header.
        unit: Of a mass (`KGM`, `TNE`, `GRM`, `LBR`), a temperature (`CEL`, `FAH`) or nothing.
        format: Of a moment, as `strptime` writes it (`%d/%m/%Y %H:%M`); empty means ISO 8601.
        zone: Offset from UTC of a moment without one (`+01:00`); UTC where empty.
        yes: Texts that mean yes in a column of yes and no, in lower case.
    """

    column: str
    unit: str = ""
    format: str = ""
    zone: str = ""
    yes: tuple[str, ...] = ("1", "true", "yes", "y", "x", "e", "4", "empty", "mty", "oui", "ja", "sim", "si")


class ColumnMap(msgspec.Struct, frozen=True, omit_defaults=True):
    """How a table is read.

    Attributes:
        kind: What a row is: `consignment` (one box of one document; rows of one document stand together), `movement`,
            `measurement` or `position`.
        columns: Canonical field to column.
        constants: Canonical field to the same text in every row.
        form: Name of the table, kept as the form of what it says.
        delimiter: Empty: found by looking. encoding: `utf-8`, `latin-1` or empty: found by looking.
    """

    kind: str
    columns: dict[str, Column]
    constants: dict[str, str] = {}
    form: str = "TABLE"
    delimiter: str = ""
    encoding: str = ""


class Dialect(msgspec.Struct, frozen=True):
    """What the head of a part tells its reader. columns: Names of the columns in the order of the table."""

    map: ColumnMap
    columns: tuple[str, ...]
    delimiter: str = ","
    encoding: str = "utf-8"
    parquet: bool = False


def read_column_map(text: str) -> ColumnMap:
    """Read a column map from TOML or JSON; a column may be its name alone.

    >>> read_column_map('kind = "movement"\\n[columns]\\ncontainer = "Box"').columns["container"].column
    'Box'

    Raises:
        BadRequest: Not TOML or JSON, an unknown kind, field, delimiter or encoding; the column or field is named.
    """
    try:
        raw: Any = msgspec.json.decode(text) if text.lstrip().startswith("{") else tomllib.loads(text)
    except (msgspec.DecodeError, tomllib.TOMLDecodeError, RecursionError):
        raise BadRequest(reason="column-map-is-neither-toml-nor-json") from None
    if not isinstance(raw, dict) or not isinstance(raw.get("columns"), dict):
        raise BadRequest(reason="column-map-without-columns")
    named = {field: {"column": told} if isinstance(told, str) else told for field, told in raw["columns"].items()}
    try:
        found = msgspec.convert({**raw, "columns": named}, ColumnMap)
    except msgspec.ValidationError as fault:
        raise BadRequest(reason="column-map", column=str(fault)[:120]) from None
    return _checked(found)


def _checked(found: ColumnMap) -> ColumnMap:
    known = FIELDS.get(found.kind)
    if known is None:
        raise BadRequest(reason="unknown-kind-of-row", kind=found.kind[:20], known=" ".join(FIELDS))
    for field in (*found.columns, *found.constants):
        if field not in known:
            column = found.columns[field].column if field in found.columns else ""
            raise BadRequest(reason="unknown-field", field=field[:40], column=column[:40])
    if found.delimiter not in ("", ",", ";", "\t", "|"):
        raise BadRequest(reason="unknown-delimiter", delimiter=found.delimiter[:4])
    if found.encoding not in ("", "utf-8", "latin-1"):
        raise BadRequest(reason="unknown-encoding", encoding=found.encoding[:20])
    return found
