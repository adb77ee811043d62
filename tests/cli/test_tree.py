import inspect
import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from vigie.app.command import root
from vigie.cli import speech

SOURCES = Path(speech.__file__).parent


def every_command(group=None, path=()):
    group = group or root()
    context = click.Context(group)
    for name in group.list_commands(context):
        found = group.get_command(context, name)
        if isinstance(found, click.Group):
            yield from every_command(found, (*path, name))
        else:
            yield (*path, name), found


@pytest.mark.parametrize("path", [path for path, _ in every_command()], ids=" ".join)
def test_every_command_tells_what_it_is_for(path):
    told = CliRunner().invoke(root(), [*path, "--help"])
    assert told.exit_code == 0
    assert re.search(r"Usage: ", told.output)
    command = dict(every_command())[path]
    assert command.help
    assert all(option.help for option in command.params if isinstance(option, click.Option) and option.name != "help")


def test_every_text_of_a_command_is_defined_and_used():
    used = set()
    for path in SOURCES.glob("*.py"):
        used |= set(re.findall(r'tell\(\s*"([a-z.\-]+)"', path.read_text()))
    table = speech._texts().table
    assert used <= set(table)


def test_an_unknown_command_is_wrong_usage():
    told = CliRunner().invoke(root(), ["no-such-thing"])
    assert told.exit_code == 2


def test_the_tree_names_only_functions_that_exist():
    for path, command in every_command():
        assert inspect.isroutine(command.callback), path
