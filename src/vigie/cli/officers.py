"""`vigie officers`: who may sign in at this node."""

import click

from vigie.cli.operator import opened
from vigie.cli.output import Printer, command
from vigie.cli.speech import tell
from vigie.terms import Handling, Language, Officer, OfficerId, Purpose, Role


@click.command("add")
@click.argument("name")
@click.option("--full-name", default="", help=tell("option.full-name"))
@click.option(
    "--role",
    multiple=True,
    type=click.Choice([one.value for one in Role]),
    default=["targeting-officer"],
    show_default=True,
    help=tell("option.role"),
)
@click.option(
    "--clearance",
    type=click.Choice([one.name for one in Handling]),
    default="AMBER",
    show_default=True,
    help=tell("option.clearance"),
)
@click.option(
    "--purpose",
    multiple=True,
    type=click.Choice([one.value for one in Purpose]),
    default=["targeting", "inspection"],
    show_default=True,
    help=tell("option.purpose"),
)
@click.option("--site", multiple=True, help=tell("option.site"))
@click.option(
    "--language",
    "speaks",
    type=click.Choice([one.value for one in Language]),
    default="en",
    help=tell("option.language"),
)
@command
def add(
    name: str,
    full_name: str,
    role: tuple[str, ...],
    clearance: str,
    purpose: tuple[str, ...],
    site: tuple[str, ...],
    speaks: str,
    out: Printer,
) -> None:
    from vigie.desk import officers

    new = Officer(
        id=OfficerId(name),
        name=full_name or name,
        roles=tuple(Role(one) for one in role),
        clearance=Handling[clearance],
        purposes=tuple(Purpose(one) for one in purpose),
        sites=site,
        language=speaks,
    )
    with opened() as (node, officer):
        given = officers.add(officer, new, node)
        address = f"{node.settings.address}/sign-in/{given.token}"
    out.summary(
        tell("summary.link", officer=name, address=address), officer=name, address=address, expires=given.expires
    )


@click.command("list")
@command
def listed(out: Printer) -> None:
    from vigie.desk import officers

    with opened() as (node, officer):
        count = out.rows(
            "officer",
            officers.everyone(officer, node),
            ("id", "name", "roles", "clearance", "purposes", "sites", "active"),
        )
    out.summary(tell("summary.officers", count=count), officers=count)


@click.command("link")
@click.argument("name")
@command
def link(name: str, out: Printer) -> None:
    from vigie.desk import officers

    with opened() as (node, officer):
        given = officers.link(officer, OfficerId(name), node)
        address = f"{node.settings.address}/sign-in/{given.token}"
    out.summary(
        tell("summary.link", officer=name, address=address), officer=name, address=address, expires=given.expires
    )


@click.command("deactivate")
@click.argument("name")
@command
def deactivate(name: str, out: Printer) -> None:
    from vigie.desk import officers

    with opened() as (node, officer):
        officers.deactivate(officer, OfficerId(name), node)
    out.summary(tell("summary.deactivated", officer=name), officer=name)
