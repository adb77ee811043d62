"""`vigie federation`: found one on files, join it, show it, go on after a restore."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vigie.cli.files import put, read_toml
from vigie.cli.operator import opened
from vigie.cli.output import Printer, command
from vigie.cli.speech import tell

if TYPE_CHECKING:
    from vigie.exchange import Agreement, Signer

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)
ROOT, FEDERATION = "root.json", "federation.json"


def _holders(folder: Path) -> "list[Signer]":
    """The keys that lie in the folder now: each holder brings the own one."""
    from vigie.exchange import SEED_BYTES, Signer

    found = [path.read_bytes() for path in sorted(folder.glob("holder-*.key"))]
    return [Signer(seed) for seed in found if len(seed) == SEED_BYTES]


def _new_holders(folder: Path) -> "list[Signer]":
    from vigie.desk.exchange_federation import HOLDERS
    from vigie.exchange import SEED_BYTES

    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for place in range(1, HOLDERS + 1):
        descriptor = os.open(folder / f"holder-{place}.key", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as out:
            out.write(os.urandom(SEED_BYTES))
    return _holders(folder)


def _agreed(path: Path) -> "Agreement":
    """An agreement: TOML as a person writes it, or JSON with the fields of `Agreement`."""
    import msgspec

    from vigie.exchange import Agreement, read_agreed

    if path.suffix == ".toml":
        return read_agreed(read_toml(path))
    return msgspec.json.decode(path.read_bytes(), type=Agreement)


@click.command("init")
@click.argument("folder", type=FOLDER)
@click.option("--name", default="federation", help=tell("option.federation-name"))
@click.option("--member", "cards", multiple=True, type=FILE, help=tell("option.federation-member"))
@click.option("--agreement", "agreements", multiple=True, type=FILE, help=tell("option.federation-agreement"))
@command
def init(folder: Path, name: str, cards: tuple[Path, ...], agreements: tuple[Path, ...], out: Printer) -> None:
    from vigie.desk import exchange_federation as desk
    from vigie.exchange import Member
    from vigie.node import WallClock
    from vigie.terms import BadRequest

    import msgspec  # isort: skip

    now = WallClock().now()
    try:
        members = [msgspec.json.decode(path.read_bytes(), type=Member) for path in cards]
        agreed = [_agreed(path) for path in agreements]
    except (msgspec.MsgspecError, UnicodeDecodeError):
        raise BadRequest(reason="exchange-unreadable") from None
    new = not (folder / ROOT).exists()
    holders = _new_holders(folder) if new else _holders(folder)
    if new:
        root, told = desk.found(name, holders, now)
        put(folder / ROOT, root)
    else:
        root, told = (folder / ROOT).read_bytes(), (folder / FEDERATION).read_bytes()
    if members or agreed or not new:
        told = desk.renew(root, told, holders, now, members, agreed)
    put(folder / FEDERATION, told)
    text = tell(
        "summary.federation-founded" if new else "summary.federation-renewed", n=len(members), keys=len(holders)
    )
    out.summary(text, members=len(members), agreements=len(agreed), holders=len(holders))


@click.command("join")
@click.argument("folder", type=FOLDER)
@click.option("--as", "wanted", default="", help=tell("option.federation-as"))
@click.option("--organisation", default="", help=tell("option.federation-organisation"))
@click.option("--country", default="", help=tell("option.federation-country"))
@command
def join(folder: Path, wanted: str, organisation: str, country: str, out: Printer) -> None:
    import msgspec

    from vigie.desk import exchange_federation as desk
    from vigie.terms import BadRequest

    with opened() as (node, officer):
        if wanted:
            address = node.settings.exchange_address
            card = desk.card(officer, wanted, organisation or wanted, country, node, address=address)
            folder.mkdir(parents=True, exist_ok=True)
            put(folder / f"{card.id}.card.json", msgspec.json.encode(card))
            out.summary(tell("summary.federation-card", name=f"{card.id}.card.json"), id=card.id, keys=list(card.keys))
        if not (folder / FEDERATION).exists() or not (folder / ROOT).exists():
            raise BadRequest(reason="federation-no-documents")
        told = desk.take(officer, (folder / ROOT).read_bytes(), (folder / FEDERATION).read_bytes(), node)
    out.summary(tell("summary.federation-joined", name=told.name, n=len(told.members), days=told.days_left),
                name=told.name, node=told.node, members=len(told.members), days_left=told.days_left)  # fmt: skip


@click.command("resume")
@click.option("--reason", required=True, help=tell("option.reason"))
@command
def resume(reason: str, out: Printer) -> None:
    from vigie.desk.exchange_federation import begin_anew

    with opened() as (node, officer):
        view = begin_anew(officer, reason, node)
    out.rows("partner", [{"partner": one} for one in (*view.ahead, *view.silent)], ("partner",))
    out.summary(tell("summary.federation-resumed", size=view.size, ahead=len(view.ahead), silent=len(view.silent)),
                size=view.size, ahead=view.ahead, silent=view.silent)  # fmt: skip


@click.command("believe")
@click.argument("partner")
@click.option("--reason", required=True, help=tell("option.reason"))
@command
def believe(partner: str, reason: str, out: Printer) -> None:
    from vigie.desk.exchange_split import believe as act

    with opened() as (node, officer):
        found = act(officer, partner, reason, node)
    out.rows("split", found, ("partner", "shown_by", "size", "against"))
    out.summary(tell("summary.federation-believed", partner=partner, n=len(found)), partner=partner, settled=len(found))


@click.command("show")
@command
def show(out: Printer) -> None:
    from vigie.desk import exchange_federation as desk
    from vigie.terms import write_moment

    with opened() as (node, officer):
        told = desk.show(officer, node)
    rows = [{"id": id, "country": country, "name": name} for id, country, name in told.members]
    out.rows("member", rows, ("id", "country", "name"))
    agreed = [
        {"id": name, "from": sender, "to": receiver, "end": write_moment(end)}
        for sender, receiver, name, end in told.agreements
    ]
    out.rows("agreement", agreed, ("id", "from", "to", "end"))
    text = tell("summary.federation-joined", name=told.name, n=len(told.members), days=told.days_left)
    out.summary(text, 1 if told.warn else 0, name=told.name, version=told.version, node=told.node, key=told.key,
                days_left=told.days_left)  # fmt: skip
