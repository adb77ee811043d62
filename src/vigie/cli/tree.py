"""A group of commands that imports a command only when it is called."""

import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

import click

from vigie.cli.speech import tell
from vigie.cli.usage import told


class Lazy(click.Group):
    """A group that knows its commands by name alone until one of them is called."""

    def __init__(self, table: Mapping[str, Any], path: str = "", **more: Any) -> None:
        super().__init__(**more)
        self.table = table
        self.path = path

    def main(self, *words: Any, standalone_mode: bool = True, **more: Any) -> Any:
        """Run; what is wrong with a command is told in the reader's language."""
        run: Callable[..., Any] = super().main
        if not standalone_mode:
            return run(*words, standalone_mode=False, **more)
        sys.exit(told(lambda: run(*words, standalone_mode=False, **more)))

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands in the order of the table."""
        return list(self.table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Find a command; the module it lies in is imported now."""
        found = self.table.get(cmd_name)
        if found is None:
            return None
        path = f"{self.path}{cmd_name}"
        if isinstance(found, str):
            module, _, name = found.partition(":")
            command: click.Command = getattr(import_module(f"vigie.{module}"), name)
            command.help = tell(f"help.{path.replace(' ', '.')}")
            return command
        return Lazy(found, f"{path} ", name=cmd_name, help=tell(f"help.{path.replace(' ', '.')}"))

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """A noun inside a noun lists what it holds where no verb is given: `vigie risk indicators`."""
        inner = self.path.count(" ") > 1 and "list" in self.table
        if inner and (not args or (args[0].startswith("-") and args[0] != "--help")):
            args = ["list", *args]
        return super().parse_args(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands with their first sentence, without importing them."""
        rows = [(name, tell(f"help.{f'{self.path}{name}'.replace(' ', '.')}").split("\n")[0]) for name in self.table]
        with formatter.section(tell("commands")):
            formatter.write_dl(rows)
