"""Seizures that come in a workbook (XLSX) or as incidents of STIX 2.1: cut into the same rows as a CSV table."""

import json
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from io import BytesIO
from typing import Any

from vigie.registry.bulletin_document import BulletinMissing
from vigie.terms import BadRequest, TableFault, TableRow

LARGEST_UNPACKED = 256 << 20
"""Bytes of a workbook once unpacked: a million rows of seizures; more is a bomb or no register."""

_STIX = {"id": "reference", "created": "at", "created_by_ref": "note", "description": "modus"}
"""Fields of a STIX 2.1 incident that say something where its extension says nothing. Source: OASIS STIX 2.1, 4.8:
the incident object is a stub, what is known of it stands in extensions."""


def read_workbook(body: bytes) -> Iterator[TableRow | TableFault]:
    """Read the first sheet of a workbook: the first row names the columns.

    Raises:
        BulletinMissing: The extra `vigie[bulletin]` is not installed. BadRequest: No workbook, or too large unpacked.
    """
    try:
        from openpyxl import load_workbook  # type: ignore[import-untyped]
    except ModuleNotFoundError:
        raise BulletinMissing(extra="bulletin") from None
    try:
        with zipfile.ZipFile(BytesIO(body)) as packed:
            if sum(one.file_size for one in packed.infolist()) > LARGEST_UNPACKED:
                raise BadRequest(reason="larger-than-sixteen-mebibytes")
        book = load_workbook(BytesIO(body), read_only=True, data_only=True)
        sheet = book[book.sheetnames[0]]
        rows = sheet.iter_rows(values_only=True)
        names = [_text(cell).strip().lower() for cell in next(rows, ())]
        for number, cells in enumerate(rows, 2):
            told = {name: _text(cell).strip() for name, cell in zip(names, cells, strict=False) if name}
            if any(told.values()):
                yield TableRow(number, told)
    except (zipfile.BadZipFile, KeyError, ValueError, IndexError, OSError, EOFError, TypeError, AttributeError):
        raise BadRequest(reason="seizure-no-table") from None


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime | date):
        text = cell.isoformat()
        return text.removesuffix("T00:00:00")
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def read_stix_incidents(body: bytes) -> Iterator[TableRow | TableFault]:
    """Read the incidents of a STIX 2.1 bundle, an incident alone, or a list of objects; the number counts the objects.

    What an incident's extensions say under the names of our columns is read like a table's cells; nested values are
    joined. Other objects of a bundle are passed over.

    Raises:
        BadRequest: No JSON, or no STIX.
    """
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        raise BadRequest(reason="seizure-no-table") from None
    objects = found.get("objects", [found]) if isinstance(found, dict) else found
    if not isinstance(objects, list):
        raise BadRequest(reason="seizure-no-table")
    for number, one in enumerate(objects, 1):
        if not isinstance(one, dict):
            yield TableFault(number)
        elif one.get("type") == "incident":
            yield TableRow(number, _incident(one))


def _incident(one: Mapping[str, Any]) -> dict[str, str]:
    cells = {field: str(one[name]) for name, field in _STIX.items() if name in one}
    extensions = one.get("extensions")
    told: list[Mapping[str, Any]] = [one]
    if isinstance(extensions, dict):
        told += [each for each in extensions.values() if isinstance(each, dict)]
    for part in told:
        for name, value in part.items():
            plain = name.removeprefix("x_vigie_").lower()
            if part is one and plain == name.lower():
                continue
            cells |= _flat(plain, value)
    return cells


def _flat(name: str, value: Any) -> dict[str, str]:
    if isinstance(value, Mapping):
        return {key: text for inner, each in value.items() for key, text in _flat(str(inner).lower(), each).items()}
    if isinstance(value, list):
        return {name: ";".join(str(each) for each in value if not isinstance(each, dict | list))}
    return {name: _text(value)} if value is not None else {}
