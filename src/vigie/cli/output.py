"""What a command prints: tables for people, JSON Lines for scripts, progress and faults on stderr."""

import sys
from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from typing import Any, NoReturn

import click
import msgspec

from vigie.cli.speech import language, tell
from vigie.desk.shown import doubt_text
from vigie.desk.views.plain import plain
from vigie.terms import CannotListen, Doubt, NotForYou, StoreFault, Texts, VigieError, error_text

DONE, DOUBTS, USAGE, REFUSED, FAULT = 0, 1, 2, 3, 4
"""Exit codes: done, done with doubts, wrong usage, refused, fault."""


class Printer:
    """Prints rows as they come.

    Args:
        as_json: JSON Lines, the last of which is the summary; else a table.
    """

    def __init__(self, as_json: bool) -> None:
        self.as_json = as_json

    def rows(self, kind: str, views: Iterable[Any], columns: Sequence[str]) -> int:
        """Print views: every field as JSON, or the named columns as a table. Returns how many."""
        count, table = 0, []
        for view in views:
            count += 1
            row = plain(view)
            if self.as_json:
                self._line({"kind": kind, **row})
            else:
                table.append([_cell(row.get(name)) for name in columns])
        if table:
            _print_table([tell(f"column.{name}") for name in columns], table)
        return count

    def say(self, text: str) -> None:
        """Tell a person something; scripts read the rows instead."""
        if not self.as_json:
            click.echo(text)

    def summary(self, text: str, code: int = DONE, **facts: Any) -> NoReturn:
        """Close with a summary and leave with an exit code."""
        if self.as_json:
            self._line({"kind": "summary", **{name: plain(value) for name, value in facts.items()}, "exit": code})
        else:
            click.echo(text)
        sys.exit(code)

    def wrong(self, text: str, code: int, **facts: Any) -> NoReturn:
        """Tell what is wrong on stderr, and leave with an exit code; scripts get a summary all the same."""
        click.echo(f"vigie: {text}", err=True)
        if self.as_json:
            self._line({"kind": "summary", **facts, "exit": code})
        sys.exit(code)

    @staticmethod
    def _line(value: dict[str, Any]) -> None:
        click.echo(msgspec.json.encode(value).decode())


def progress(text: str) -> None:
    """Show how far a long work is: one line on stderr, rewritten on a terminal and silent elsewhere."""
    if sys.stderr.isatty():
        click.echo(f"\r\033[K{text}", err=True, nl=False)


def progress_over() -> None:
    """End the line of progress."""
    if sys.stderr.isatty():
        click.echo("\r\033[K", err=True, nl=False)


def warn(text: str) -> None:
    """Tell on stderr what was left out; the work went on."""
    click.echo(f"vigie: {text}", err=True)


json_option = click.option("--json", "as_json", is_flag=True, help=tell("option.json"))


def command(act: Callable[..., None]) -> Callable[..., None]:
    """Give a command its printer, and turn errors into a text and an exit code."""

    @json_option
    @wraps(act)
    def run(as_json: bool, **options: Any) -> None:
        out = Printer(as_json)
        try:
            act(out=out, **options)
        except VigieError as error:
            progress_over()
            out.wrong(fault_text(error), exit_code(error), error=error.code, facts=dict(error.facts))

    return run


def told(act: Callable[..., None]) -> Callable[..., None]:
    """Turn errors into a text and an exit code, for a command that prints no rows."""

    @wraps(act)
    def run(**options: Any) -> None:
        try:
            act(**options)
        except VigieError as error:
            progress_over()
            Printer(False).wrong(fault_text(error), exit_code(error))

    return run


def exit_code(error: VigieError) -> int:
    """Tell the exit code of an error: refused, fault, or (for all that the caller can mend) usage."""
    if isinstance(error, NotForYou):
        return REFUSED
    return FAULT if isinstance(error, StoreFault | CannotListen) else USAGE


def fault_text(error: VigieError) -> str:
    """Tell an error in the reader's language."""
    texts = Texts.load("vigie.terms.texts", "errors")
    code = error.code if error.code in texts.table else VigieError.code
    told = error_text(error, language())
    rest = [
        f"{name} {value}" for name, value in error.facts.items()
        if name != "reason" and f"{{{name}}}" not in texts.table[code]["en"]
    ]  # fmt: skip
    return f"{told} [{': '.join((error.code, ', '.join(rest))) if rest else error.code}]"


DOUBT = ("row", "column", "code", "text")
"""Columns of a doubt about a table."""


def doubt_row(doubt: Doubt) -> dict[str, Any]:
    """A doubt about a table as a row."""
    place = doubt.place
    return {"row": place.segment, "column": place.path, "code": doubt.code, "facts": dict(doubt.facts),
            "text": doubt_text(doubt, language())}  # fmt: skip


def _cell(value: Any) -> str:
    if value is None or value == "":
        return "-"
    if isinstance(value, bool):
        return tell("yes") if value else tell("no")
    if isinstance(value, list):
        return ", ".join(_cell(one) for one in value) or "-"
    if isinstance(value, dict):
        return ", ".join(f"{name} {_cell(one)}" for name, one in value.items()) or "-"
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def _print_table(names: Sequence[str], table: Sequence[Sequence[str]]) -> None:
    widths = [max(len(row[place]) for row in (names, *table)) for place in range(len(names))]
    for row in (names, *table):
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
