"""What is wrong with a command as it was typed, in the reader's language."""

from collections.abc import Callable
from typing import Any

import click

from vigie.cli.speech import tell


def usage_text(error: click.UsageError) -> str:
    """Tell a wrong command in the reader's language; the words of the command stay as they are typed."""
    match error:
        case click.NoSuchOption():
            near = ", ".join(error.possibilities or ())
            return tell("usage.no-option-near" if near else "usage.no-option", name=error.option_name, near=near)
        case click.MissingParameter():
            return tell("usage.missing", name=_name(error))
        case click.BadParameter():
            return _bad_value(error)
        case click.BadOptionUsage():
            return tell("usage.needs-value", name=error.option_name)
        case click.BadArgumentUsage():
            return tell("usage.missing", name=_name(error))
        case _:
            return _of_group(error)


def _name(error: click.UsageError) -> str:
    parameter: Any = getattr(error, "param", None)
    if parameter is None:
        return getattr(error, "param_hint", None) or ""
    if isinstance(parameter, click.Argument) and error.ctx is not None:
        return parameter.make_metavar(error.ctx)
    return str(max(parameter.opts, key=len))


def _bad_value(error: click.BadParameter) -> str:
    kind = getattr(error.param, "type", None)
    name = _name(error)
    if isinstance(kind, click.Choice):
        return tell("usage.choice", name=name, choices=", ".join(str(one) for one in kind.choices))
    if isinstance(kind, click.Path):
        return tell("usage.no-file", name=name, path=_quoted(error.message))
    if isinstance(kind, click.IntRange):
        return tell("usage.range", name=name, low=kind.min, high=kind.max)
    return tell("usage.bad-value", name=name, value=_quoted(error.message))


def _quoted(message: str) -> str:
    """The value that stands between quotes in a message."""
    return message.partition("'")[2].rpartition("'")[0]


def _of_group(error: click.UsageError) -> str:
    if error.message.startswith("No such command"):
        return tell("usage.no-command", name=_quoted(error.message))
    if isinstance(error, click.exceptions.NoArgsIsHelpError) or error.message.startswith("Missing command"):
        return tell("usage.no-verb")
    return tell("usage.too-much", name=error.message.partition("(")[2].rpartition(")")[0] or error.message)


def told(run: Callable[[], Any]) -> int:
    """Run a command; what is wrong with it is told on stderr, with how to get help. Gives the exit code."""
    try:
        answer = run()
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return error.exit_code
    except click.UsageError as error:
        click.echo(f"vigie: {usage_text(error)}", err=True)
        where = error.ctx.command_path if error.ctx is not None else "vigie"
        click.echo(tell("usage.help", command=where), err=True)
        return error.exit_code
    except click.ClickException as error:
        click.echo(f"vigie: {error.format_message()}", err=True)
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return 130
    return answer if isinstance(answer, int) else 0
