"""`vigie risk indicators`: the catalogue, one indicator, drafts and their life-cycle, import and export."""

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from vigie.cli.operator import opened
from vigie.cli.output import DONE, DOUBTS, Printer, command
from vigie.cli.speech import tell
from vigie.terms import BadRequest, datetime_of

look_option = click.option("--reason", default="", help=tell("option.why-look"))
_VERSION = ("id", "version", "state", "author", "approved_by", "hash")


def read_fields(path: Path) -> dict[str, Any]:
    """Read the fields of a draft from a TOML or JSON file.

    Raises:
        BadRequest: Neither.
    """
    text = path.read_text(encoding="utf-8-sig")
    try:
        told = json.loads(text) if path.suffix == ".json" else tomllib.loads(text)
    except ValueError as fault:  # both decoders raise ValueErrors
        raise BadRequest(reason="not TOML or JSON", told=str(fault)[:200]) from None
    if not isinstance(told, dict):
        raise BadRequest(reason="not the fields of an indicator")
    return told


@click.command("list")
@click.option("--state", default="", help=tell("option.state"))
@click.option("--typology", default="", help=tell("option.typology"))
@click.option("--family", default="", help=tell("option.family"))
@command
def listed(state: str, typology: str, family: str, out: Printer) -> None:
    from vigie.desk import indicators

    with opened() as (node, officer):
        found = indicators.catalogue(officer, node, state=state, typology=typology, family=family)
    count = out.rows("indicator", found, ("id", "version", "state", "typology", "action", "weight_milli", "text"))
    out.summary(tell("summary.indicators", count=count), indicators=count)


@click.command("show")
@click.argument("name")
@click.option("--version", type=click.IntRange(1), help=tell("option.version"))
@look_option
@command
def show(name: str, version: int | None, reason: str, out: Printer) -> None:
    from vigie.desk import indicators

    with opened() as (node, officer):
        found = indicators.show(officer, name, node, version, reason=reason)
    out.say(found.row.text)
    out.say(found.formula)
    out.rows("condition", found.conditions, ("joint", "group", "label", "operator", "value", "unit"))
    out.rows("example", found.examples, ("wanted", "values", "fires", "in_batch"))
    out.rows("version", found.versions, ("version", "state", "author", "approved_by", "in_force", "hash"))
    out.rows("step", found.history, ("version", "verb", "officer", "reason"))
    out.summary(
        tell("summary.indicator", id=found.row.id, version=found.row.version, state=found.row.state),
        id=found.row.id, version=found.row.version, state=found.row.state, formula=found.formula, hash=found.hash,
    )  # fmt: skip


@click.command("check")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@command
def check(file: Path, out: Printer) -> None:
    from vigie.desk import indicators

    with opened() as (node, officer):
        found = indicators.check_draft(officer, read_fields(file), node)
    out.rows("fault", found.faults, ("place", "reason", "text"))
    out.rows("example", found.examples, ("wanted", "values", "fires", "in_batch"))
    out.summary(
        tell("summary.check", count=len(found.faults)), DONE if found.ok else DOUBTS,
        ok=found.ok, faults=len(found.faults), hash=found.hash,
    )  # fmt: skip


@click.command("draft")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--reason", required=True, help=tell("option.reason"))
@click.option("--submit", is_flag=True, help=tell("option.submit"))
@command
def draft(file: Path, reason: str, submit: bool, out: Printer) -> None:
    from vigie.desk import indicators

    with opened() as (node, officer):
        made = indicators.draft(officer, read_fields(file), reason, node)
        if submit:
            made = indicators.step(officer, made.id, made.version, "submit", "", node)
    _stands(made, out)


def _stands(made: Any, out: Printer) -> None:
    facts = {name: getattr(made, name) for name in _VERSION}
    out.summary(tell("summary.stands", **{name: str(facts[name]) for name in ("id", "version", "state")}), **facts)


def _step(verb: str) -> click.Command:
    @click.command(verb)
    @click.argument("name")
    @click.argument("version", type=click.IntRange(1))
    @click.option("--reason", default="", help=tell("option.reason"))
    @command
    def run(name: str, version: int, reason: str, out: Printer) -> None:
        from vigie.desk import errands, indicators

        with opened() as (node, officer):
            made = indicators.step(officer, name, version, verb, reason, node)
            stale = errands.stale(officer, node) if verb in ("live", "retire") else 0
        if stale:
            out.say(tell("policy.stale", n=stale))
        _stands(made, out)

    return run


submit, approve, refuse, withdraw = _step("submit"), _step("approve"), _step("refuse"), _step("withdraw")
shadow, live, retire = _step("shadow"), _step("live"), _step("retire")


@click.command("waiting")
@command
def waiting(out: Printer) -> None:
    from vigie.desk import indicators

    with opened() as (node, officer):
        found = indicators.waiting(officer, node)
    count = out.rows("waiting", found, ("kind", "id", "version", "author", "reason", "text"))
    out.summary(tell("summary.waiting", count=count), waiting=count)


@click.command("diff")
@click.argument("name")
@click.argument("before", type=click.IntRange(1))
@click.argument("after", type=click.IntRange(1))
@look_option
@command
def diff(name: str, before: int, after: int, reason: str, out: Printer) -> None:
    from vigie.desk import indicators

    with opened() as (node, officer):
        found = indicators.diff(officer, name, before, after, node, reason=reason)
    count = out.rows("difference", found, ("field", "before", "after"))
    out.summary(tell("summary.diff", count=count), differences=count)


@click.command("export")
@click.argument("name")
@click.option("--version", type=click.IntRange(1), help=tell("option.version"))
@click.option("--form", type=click.Choice(["text", "toml", "json"]), default="toml", show_default=True,
              help=tell("option.form"))  # fmt: skip
@click.option("--to", "target", type=click.Path(dir_okay=False, path_type=Path), help=tell("option.to"))
@look_option
@command
def export(name: str, version: int | None, form: str, target: Path | None, reason: str, out: Printer) -> None:
    from vigie.desk import indicators

    with opened() as (node, officer):
        body = indicators.export(officer, name, version, form, node, reason=reason)
    if target is None:
        click.echo(body.decode(), nl=False)
        return
    target.write_bytes(body)
    out.summary(tell("summary.export", path=target.name), bytes=len(body))


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--form", type=click.Choice(["jdm", "asycuda"]), required=True, help=tell("option.rules-form"))
@click.option("--into", type=click.Path(file_okay=False, path_type=Path), help=tell("option.into"))
@command
def take_rules(file: Path, form: str, into: Path | None, out: Printer) -> None:
    from vigie.desk import importing

    with opened() as (node, officer):
        found = importing.take_rules(officer, form, file.read_bytes(), node)
        today = datetime_of(node.now()).date().isoformat()
    out.rows("draft", [_told(one) for one in found], ("id", "expression", "action", "percent", "doubts"))
    if into is not None:
        into.mkdir(parents=True, exist_ok=True)
        for one in found:
            told = json.dumps(dict(one.fields) | {"valid_from": today}, ensure_ascii=False, indent=1)
            (into / f"{one.id}.json").write_text(told, encoding="utf-8")
    doubts = sum(len(one.doubts) for one in found)
    out.summary(
        tell("summary.import-rules", count=len(found), doubts=doubts), DOUBTS if doubts else DONE,
        drafts=len(found), doubts=doubts,
    )  # fmt: skip


def _told(one: Any) -> Mapping[str, Any]:
    fields = one.fields
    return {"id": one.id, "expression": fields["expression"], "action": fields["action"],
            "percent": fields.get("percent", 0), "doubts": list(one.doubts), "faults": len(one.faults)}  # fmt: skip
