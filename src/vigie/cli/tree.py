"""A group of commands that imports a command only when it is called."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click

from vigie.cli.speech import tell


class Lazy(click.Group):
    """A group that knows its commands by name alone until one of them is called."""

    def __init__(self, table: Mapping[str, Any], path: str = "", **more: Any) -> None:
        super().__init__(**more)
        self.table = table
        self.path = path

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
        return Lazy(found, f"{path} ", name=cmd_name, help=tell(f"help.{cmd_name}"))

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands with their first sentence, without importing them."""
        rows = [(name, tell(f"help.{f'{self.path}{name}'.replace(' ', '.')}").split("\n")[0]) for name in self.table]
        with formatter.section(tell("commands")):
            formatter.write_dl(rows)
