"""Threats that training lays into clean scans: cut-outs of packages the node holds, else five stacks made by rule."""

from collections.abc import Sequence

from vigie.desk.exchange_node import federation, own_name, signer
from vigie.desk.work import Working
from vigie.exchange import Cover, ExchangeRefused, Marking, PackageKind, Piece, Why, pack, refuse, unpack
from vigie.scanning import BadCutout, Cutout, read_cutout, usual_threats, write_cutout

MEDIA = "application/x-vigie-cutout"
ROLE = "cut-out"
MOST = 500
"""Cut-outs of all packages together: more than an officer sees in a year of ten pictures a week. Source: own figure."""

_LATEST = 1_000  # packages that are looked through, the latest


def threats(node: Working) -> tuple[Cutout, ...]:
    """What training draws from: the cut-outs of held packages, the latest first; where there are none, the usual."""
    held = [one.sha256 for one in node.store.packages.page(_LATEST) if one.kind == PackageKind.CUT_OUTS.value]
    found: dict[str, Cutout] = {}
    for name in held:
        for one in _inside(name, node):
            found.setdefault(one.facts.sha256, one)
        if len(found) >= MOST:
            break
    return tuple(found.values())[:MOST] or usual_threats()


def _inside(name: str, node: Working) -> Sequence[Cutout]:
    """The cut-outs of one package; none where it was erased, or is no longer what its node signed."""
    raw = node.store.packages.raw(name)
    if raw is None:
        return ()
    try:
        told = unpack(raw, lambda origin, key: _public(origin, key, node))
        return [read_cutout(one.body) for one in told.pieces if one.role == ROLE]
    except (ExchangeRefused, BadCutout):
        return ()


def _public(origin: str, key: str, node: Working) -> bytes:
    found = federation(node).keys(origin).get(key)
    return refuse(Why.UNKNOWN_KEY, key=key[:16]) if found is None else found


def packed(cutouts: Sequence[Cutout], title: str, marking: Marking, node: Working) -> bytes:
    """Write cut-outs of this node as a package; `exchange_packages.take_in` keeps it, here or at a partner.

    Raises:
        ExchangeRefused: The node is in no federation, or there is none.
    """
    cover = Cover(
        kind=PackageKind.CUT_OUTS, title=title, origin=own_name(node), created=node.now(), marking=marking,
        simulated=any(one.facts.origin == "simulated" for one in cutouts),
    )  # fmt: skip
    pieces = [Piece(f"{one.facts.sha256[:16]}.cutout", MEDIA, write_cutout(one), ROLE) for one in cutouts]
    return pack(cover, pieces, signer(node))
