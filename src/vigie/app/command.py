"""The command `vigie`."""

import sys

import click

from vigie import __version__
from vigie.cli.speech import tell
from vigie.cli.tree import COMMANDS, Lazy


def root() -> click.Group:
    """Build the tree of commands; nothing is imported before it is called."""
    group = Lazy(COMMANDS, name="vigie", help=tell("help.vigie"))
    return click.version_option(__version__, prog_name="vigie")(group)


def main() -> None:
    """Run the command line; a fault nobody foresaw leaves with exit code 4 and its trace."""
    try:
        root().main(prog_name="vigie")
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except Exception:  # noqa: BLE001 - the outermost frame: whatever nobody foresaw is a fault, and is shown whole
        from vigie.cli.output import FAULT

        sys.excepthook(*sys.exc_info())
        sys.exit(FAULT)
