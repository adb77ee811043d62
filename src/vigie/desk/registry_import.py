"""Tables of seizures handed in: raw bytes kept in the log, rows recorded, questions kept until an officer answers."""

from collections.abc import Iterable, Iterator

from vigie.desk.acts import SeizureTable, SeizureTaken, act_of, item_of
from vigie.desk.gate import permit
from vigie.desk.registry import name_of, purpose_of
from vigie.desk.trail import leave
from vigie.desk.views.registry import SeizureImportView
from vigie.desk.work import Working, hand_in
from vigie.registry import (
    ReadSeizure,
    Report,
    SeizureMap,
    SeizureReader,
    SeizureRow,
    SeizureStep,
    Verb,
    compared,
    names_columns,
    read_seizure_map,
    read_stix_incidents,
    read_workbook,
    rows_of,
    stepped,
)
from vigie.terms import (
    DAY,
    BadRequest,
    Conflict,
    Doubt,
    Fact,
    Moment,
    NotFound,
    Officer,
    Place,
    Purpose,
    TableFault,
    TableRow,
    read_table,
)

LARGEST = 16 << 20
"""Bytes of one table: some 60,000 seizures at 250 bytes a row."""

ANSWERS = ("as-told", "dropped")
"""Answers to a question: the row counts as it is told (with the cells that the officer put right), or not at all."""

_AT_ONCE = 200


def take_in(officer: Officer, name: str, body: bytes, node: Working, column_map: str = "") -> SeizureImportView:
    """Take a table of seizures in: CSV, XLSX or STIX 2.1 incidents (JSON).

    Rows that can be read are recorded, each once; a table handed in twice records nothing the second time. Rows with a
    question wait; rows that cannot be are refused; the bytes are kept sealed, whatever becomes of the rows.

    Args:
        name: Of the file. column_map: TOML or JSON, see `vigie.registry.SeizureMap`; empty knows the usual headers.

    Raises:
        NotForYou: The officer may not record seizures. BadRequest: Too large, no table, or no map. BulletinMissing:
        A workbook, and the extra is not installed.
    """
    purpose = purpose_of(officer)
    permit(officer, "record-seizures", purpose, "table of seizures", node)
    if len(body) > LARGEST:
        raise BadRequest(reason="larger-than-sixteen-mebibytes")
    how = read_seizure_map(column_map)
    read = list(_read(name, body, how, node))
    good = [one for one in read if isinstance(one, ReadSeizure) and not one.questions]
    asked = [one for one in read if isinstance(one, ReadSeizure) and one.questions]
    refused = [one for one in read if isinstance(one, Doubt) and (one.place.segment or 0) > 1]
    steps = {name_of(one.report): one for one in good}
    known = set(node.store.registry.of(list(steps)))
    flags = [flag for one in good for flag in one.flags] + _twice(officer, steps, node)
    of_all = [one for one in read if isinstance(one, Doubt) and (one.place.segment or 0) <= 1]
    doubts = (*of_all, *refused, *(each for one in asked for each in one.questions), *flags)
    flagged = len({flag.place.segment for flag in flags})
    counts = (len(steps) - len(known), len(good) - len(steps) + len(known), len(asked), len(refused), flagged)
    at = node.now()
    table = SeizureTable(name[:120], body, column_map, counts, doubts, officer.id, at)
    hand_in([item_of(table, officer.id, at)], node)
    fresh = [_step(key, one.report, officer, at) for key, one in steps.items() if key not in known]
    for place in range(0, len(fresh), _AT_ONCE):
        portion = fresh[place : place + _AT_ONCE]
        hand_in([item_of(SeizureTaken(one, officer.id, at), officer.id, at) for one in portion], node)
    leave(officer, purpose, "record-seizures", "table of seizures", node, taken=counts[0], known=counts[1],
          asked=counts[2], rejected=counts[3], flagged=flagged)  # fmt: skip
    which = next((one.hlc for one in node.store.seizure_imports.page(5) if one.name == name[:120]), 0)
    return SeizureImportView(which, officer.id, at, name[:120], len(body), *counts, doubts)


def _step(key: str, report: Report, officer: Officer, at: Moment) -> SeizureStep:
    return SeizureStep(key, Verb.RECORD, officer.id, at, report)


def _read(name: str, body: bytes, how: SeizureMap, node: Working) -> Iterator[ReadSeizure | Doubt]:
    """Read a table, by what its first bytes are."""
    reader = SeizureReader(how, f"import:{name[:80]}", node.now())
    rows = list(_rows(body))
    first = next((row for row in rows if isinstance(row, TableRow)), None)
    if first is not None and body.lstrip()[:1] not in (b"{", b"[") and not names_columns(first.cells, how):
        wanted: dict[str, Fact] = {"wanted": ", ".join(list(first.cells)[:8])}
        yield Doubt("seizure-header", Place(segment=1), wanted)
    yield from reader.read(rows)


def _rows(body: bytes) -> Iterable[TableRow | TableFault]:
    start = body.lstrip(b"\xef\xbb\xbf \t\r\n")[:4]
    if start == b"PK\x03\x04":
        return read_workbook(body)
    if start[:1] in (b"{", b"["):
        return read_stix_incidents(body)
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = body.decode("latin-1")
    return read_table(text.splitlines())


def _twice(officer: Officer, steps: dict[str, ReadSeizure], node: Working) -> list[Doubt]:
    """Rows that may be the same seizure as one of the register, or as another row; a human decides."""
    from vigie.registry import Seizure

    rows: list[tuple[SeizureRow, int]] = []
    for key, one in steps.items():
        rows.append((next(rows_of(Seizure(key, (one.report,), Moment(0)))), one.row))
    rows.sort(key=lambda told: told[0].at)
    if not rows:
        return []
    span = rows[0][0].at - 3 * DAY, rows[-1][0].at + 3 * DAY + 1
    held = [(row, 0) for row in node.store.registry.rows(*span, None, int(officer.clearance)) if row.leads]
    found = []
    recent: list[tuple[SeizureRow, int]] = []
    for row, number in sorted([*held, *rows], key=lambda told: told[0].at):
        recent = [each for each in recent if row.at - each[0].at <= 3 * DAY]
        for other, line in recent:
            told = compared(other, row) if (number or line) and other.id != row.id else None
            if told is not None:
                theirs = other if number else row
                facts: dict[str, Fact] = {"other": theirs.id, "marks": ", ".join(told.marks)}
                found.append(Doubt("seizure-twice", Place(segment=number or line), facts))
        recent.append((row, number))
    return found


def imports(officer: Officer, node: Working) -> tuple[SeizureImportView, ...]:
    """List the tables that were handed in, the latest first.

    Raises:
        NotForYou: The officer may not record seizures.
    """
    purpose = purpose_of(officer)
    permit(officer, "record-seizures", purpose, "tables of seizures", node)
    found = node.store.seizure_imports.page()
    leave(officer, purpose, "record-seizures", "tables of seizures", node, shown=len(found))
    return tuple(SeizureImportView(one.hlc, one.officer, one.at, one.name, one.size, one.taken, one.known, one.asked,
                                   one.refused, one.flagged) for one in found)  # fmt: skip


def show(officer: Officer, which: int, node: Working) -> SeizureImportView:
    """Show one table with its doubts and the answers to its questions.

    Raises:
        NotForYou: The officer may not record seizures. NotFound: There is none.
    """
    purpose = purpose_of(officer)
    permit(officer, "record-seizures", purpose, f"table {which}", node)
    one = node.store.seizure_imports.get(which)
    if one is None:
        raise NotFound(kind="table")
    leave(officer, purpose, "record-seizures", f"table {which}", node)
    return SeizureImportView(
        one.hlc, one.officer, one.at, one.name, one.size, one.taken, one.known, one.asked, one.refused, one.flagged,
        one.doubts, node.store.seizure_imports.answers(which),
    )  # fmt: skip


def _table(which: int, node: Working) -> SeizureTable:
    entry = node.store.log.get(which)
    act = act_of(entry.body) if entry is not None and entry.body is not None else None
    if not isinstance(act, SeizureTable):
        raise NotFound(kind="table")
    return act


def raw(officer: Officer, which: int, node: Working) -> tuple[str, bytes]:
    """The bytes of a table as they were handed in, with its name.

    Raises:
        NotForYou: The officer may not read raw messages. NotFound: There is none, or it was erased.
    """
    purpose = purpose_of(officer)
    permit(officer, "see-raw", purpose, f"table {which}", node)
    act = _table(which, node)
    leave(officer, purpose, "see-raw", f"table {which}", node)
    return act.name, act.body


def answer(
    officer: Officer, which: int, row: int, told: str, node: Working, cells: dict[str, str] | None = None
) -> str:
    """Answer the question of a row: it counts as told, with the cells that were put right, or it is dropped.

    Args:
        told: One of `ANSWERS`. cells: Field (`unit`, `net`, `place` ...) to the text that was meant.

    Returns:
        The seizure; empty where it was dropped.

    Raises:
        NotForYou: The officer may not. NotFound: No such table or row. BadRequest: The row cannot be even so.
        Conflict: It is in the register already.
    """
    purpose: Purpose = purpose_of(officer)
    permit(officer, "record-seizures", purpose, f"table {which}", node)
    if told not in ANSWERS:
        raise BadRequest(reason="unknown-choice", field="answer")
    act = _table(which, node)
    line = next((one for one in _rows(act.body) if one.number == row and isinstance(one, TableRow)), None)
    if line is None:
        raise NotFound(kind="row")
    name = ""
    if told == "as-told":
        name = _recorded(officer, act, TableRow(row, {**line.cells, **(cells or {})}), node)
    node.store.seizure_imports.answer(which, row, told, officer.id, node.now())
    leave(officer, purpose, "record-seizures", f"table {which}", node, row=row, answer=told, seizure=name)
    return name


def _recorded(officer: Officer, act: SeizureTable, row: TableRow, node: Working) -> str:
    read = SeizureReader(read_seizure_map(act.map), f"import:{act.name[:80]}", node.now()).row(row)
    if isinstance(read, Doubt):
        raise BadRequest(reason=read.code, field=read.place.path)
    if not read.report.seized.place:
        raise BadRequest(reason="seizure-place", field="place")
    name = name_of(read.report)
    if node.store.registry.of([name]):
        raise Conflict(reason="seizure-is-known")
    step = _step(name, read.report, officer, node.now())
    stepped(step, Moment(node.store.log.last() + 1), {})
    hand_in([item_of(SeizureTaken(step, officer.id, step.at), officer.id, step.at)], node)
    return name
