"""Packages of files beside the log: made of scans, told to partners by an entry that names them, taken in from them.

A package lives as long as an entry that names it: what is taken back, or runs out, takes its package with it.
"""

from collections.abc import Sequence
from hashlib import sha256

import msgspec

from vigie.desk import exchange, scanning, scanning_intake
from vigie.desk.exchange_effects import let_packages_go, standing_thing, unheld
from vigie.desk.exchange_node import federation, own_name, signer
from vigie.desk.gate import permit
from vigie.desk.needs import Node
from vigie.desk.trail import leave
from vigie.desk.views.exchange import SentView
from vigie.desk.views.packages import PackageView
from vigie.desk.work import Working
from vigie.exchange import (
    MOST_PACKAGE,
    Cover,
    Marking,
    Package,
    PackageKind,
    Piece,
    Scan,
    Training,
    Why,
    pack,
    package_term,
    refuse,
    unpack,
)
from vigie.scanning import ScanFile, Scanner, ScanRecord
from vigie.terms import BadRequest, Handling, NotFound, Officer, OfficerId, Purpose, Role

MEDIA = "application/zip"
MOST_SCANS = 40
"""Scans of one package: 40 pairs of 2.3 MB (reference page scan, measured) stay far below its largest size."""
RECEIVER = Officer(
    OfficerId("node"), "node", (Role.TARGETING,), Handling.AMBER, (Purpose.TARGETING,)
)  # fmt: skip
"""Who takes in what a partner's entry announced: the node itself; the trail names it so."""

_scanner = msgspec.json.Decoder(Scanner)


def make(
    officer: Officer, scans: Sequence[str], title: str, marking: Marking, node: Working,
    purpose: Purpose = Purpose.TARGETING,
) -> PackageView:  # fmt: skip
    """Make a package of scans of one container: preview, lossless DICOS with all readings, how the scanner stands.

    Raises:
        NotForYou: The officer may not, or sees one of the scans not. BadRequest: No scan, too many, of several boxes.
        ExchangeRefused: The node is in no federation, or the marking says too little.
    """
    made, raw = made_of(officer, scans, title, marking, node, purpose)
    node.store.packages.put(made, raw, node.now())
    leave(officer, purpose, "export-scans", f"package {made.sha256}", node, scans=len(set(scans)), bytes=len(raw))
    return _view(made.sha256, node, made)


def made_of(
    officer: Officer, scans: Sequence[str], title: str, marking: Marking, node: Working,
    purpose: Purpose = Purpose.TARGETING,
) -> tuple[Package, bytes]:  # fmt: skip
    """Write a package without keeping it; gives it with its bytes.

    Raises: As `make`.
    """
    permit(officer, "export-scans", purpose, "package", node)
    if not 0 < len(scans) <= MOST_SCANS:
        raise BadRequest(reason="package-scans", most=MOST_SCANS)
    records = [scanning.scan_for(officer, one, node, "export-scans", purpose) for one in dict.fromkeys(scans)]
    boxes = {one.visit.rpartition("-")[0] or one.facts.container for one in records}
    if len(boxes) != 1:
        raise BadRequest(reason="package-several-boxes", boxes=len(boxes))
    cover = Cover(
        kind=PackageKind.IMAGES, title=title, origin=own_name(node), created=node.now(), marking=marking,
        container=boxes.pop(), simulated=any(one.facts.simulated for one in records),
    )  # fmt: skip
    pieces = [piece for one in records for piece in _pieces(officer, one, node)]
    raw = pack(cover, pieces, signer(node))
    return Package(cover, tuple(pieces), sha256(raw).hexdigest()), raw


def _pieces(officer: Officer, one: ScanRecord, node: Working) -> list[Piece]:
    made = [
        Piece(file.name, "application/dicom", file.body, "report" if ".report" in file.name else "master")
        for file in scanning.export(officer, one.id, "dicos", node)
    ]
    preview = node.store.scans.blob(one, "preview")
    if preview is not None:
        made.append(Piece(f"{one.id}.preview.webp", "image/webp", preview, "preview"))
    scanner = node.store.scans.scanner(one.facts.scanner)
    if scanner is not None:  # what a partner needs to read the picture; tests and drift stay here
        told = msgspec.structs.replace(scanner, quality=(), drifts=(), site=one.site or scanner.site)
        made.append(Piece(f"{one.id}.scanner.json", "application/json", msgspec.json.encode(told), "profile"))
    return made


def send(
    officer: Officer, scans: Sequence[str], title: str, marking: Marking, node: Working,
    purpose: Purpose = Purpose.TARGETING,
) -> tuple[PackageView, SentView]:  # fmt: skip
    """Make a package and tell the nodes of the marking of it; they fetch it, or get it on a stick.

    Raises:
        NotForYou, BadRequest: As `make`, or the scans are of no known box. ExchangeRefused: It may not leave; then no
        package is kept.
    """
    permit(officer, "send-exchange", purpose, "exchange", node)
    made = make(officer, scans, title, marking, node, purpose)
    if not made.container:
        node.store.packages.drop(made.sha256)
        raise BadRequest(reason="package-no-box")
    first = node.store.scans.get(scans[0])
    assert first is not None  # it was packed a moment ago
    thing = Scan(
        made.container, first.at, first.facts.scanner or first.site or "-", made.sha256, made.size, MEDIA,
        f"{made.container or first.id}.zip",
    )  # fmt: skip
    try:
        sent = exchange.send(officer, thing, marking, node, purpose)
    except Exception:
        node.store.packages.drop(made.sha256)
        raise
    return made, sent


def page(officer: Officer, node: Node, purpose: Purpose = Purpose.TARGETING) -> tuple[PackageView, ...]:
    """List the packages, the latest first.

    Raises:
        NotForYou: The officer may not.
    """
    permit(officer, "see-exchange", purpose, "packages", node)
    leave(officer, purpose, "see-exchange", "packages", node)
    return tuple(_view(one.sha256, node) for one in node.store.packages.page())


def export(officer: Officer, wanted: str, node: Node, purpose: Purpose = Purpose.TARGETING) -> bytes:
    """The bytes of a package made here, for a stick.

    Raises:
        NotForYou: The officer may not. NotFound: It is not held, or was made elsewhere: the originator hands it out.
    """
    permit(officer, "export-scans", purpose, f"package {wanted[:64]}", node)
    found = node.store.packages.get(wanted)
    raw = node.store.packages.raw(wanted) if found is not None and found.origin == own_name(node) else None
    leave(officer, purpose, "export-scans", f"package {wanted[:64]}", node, refused=raw is None)
    if raw is None:
        raise NotFound(kind="package")
    return raw


def take_in(officer: Officer, raw: bytes, node: Working, purpose: Purpose = Purpose.TARGETING) -> PackageView:
    """Take a package in, from a stick or the wire: checked whole, kept, its scans brought to their boxes.

    Raises:
        NotForYou: The officer may not. ExchangeRefused: It is no package of a partner, was changed on its way, is not
        for this node, or its time has run out. ScanningMissing: The extra `scanning` is not installed.
    """
    permit(officer, "import-scans", purpose, "package", node)
    told = _checked(raw, node)
    node.store.packages.put(told, raw, node.now())
    scans = _scans_in(officer, told, node, purpose) if told.cover.kind is PackageKind.IMAGES else ()
    leave(officer, purpose, "import-scans", f"package {told.sha256}", node, origin=told.cover.origin, scans=len(scans))
    return msgspec.structs.replace(_view(told.sha256, node, told), scans=scans)


def _checked(raw: bytes, node: Node) -> Package:
    members = federation(node)

    def public_of(name: str, key: str) -> bytes:
        found = members.keys(name).get(key)
        return refuse(Why.UNKNOWN_KEY, key=key[:16]) if found is None else found

    told, me = unpack(raw, public_of), own_name(node)
    if me != told.cover.origin and me not in told.cover.marking.nodes:
        refuse(Why.NOT_RELEASABLE_NODE, node=me)
    if told.cover.marking.retain_until <= node.now():
        refuse(Why.EXPIRED)
    return told


def _scans_in(officer: Officer, told: Package, node: Working, purpose: Purpose) -> tuple[str, ...]:
    """Register scanners that nobody here knows, then hand the pictures in; each scan finds its box or waits."""
    for piece in told.pieces:
        if piece.role == "profile":
            _register(piece.body, node)
    files = [ScanFile(piece.name, piece.body) for piece in told.pieces if piece.role in ("master", "report")]
    if not files:
        refuse(Why.BAD_PACKAGE, place="pieces")
    had = {one.id for one in node.store.scans.of_container(told.cover.container)} if told.cover.container else set()
    done = scanning_intake.take_in(officer, files, node, archive=False, purpose=purpose)
    scans = tuple(row.id for row in done.rows)
    if told.cover.origin != own_name(node):
        node.store.packages.came(told.sha256, scans, had)
    return scans


def _register(body: bytes, node: Working) -> None:
    from vigie.desk.acts import ScannerChanged, item_of
    from vigie.desk.scanners import checked
    from vigie.desk.work import hand_in

    try:
        scanner = _scanner.decode(body)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        refuse(Why.BAD_PACKAGE, place="profile")
    if node.store.scans.scanner(scanner.name) is None and scanner.site not in node.settings.sites:
        checked(scanner)
        now = node.now()
        hand_in([item_of(ScannerChanged(scanner, "kept", RECEIVER.id, now), RECEIVER.id, now)], node)


def wanted(node: Node) -> list[tuple[str, str, int]]:
    """Packages that partners told of and that are not held: name, who has it, bytes; too large ones are left."""
    told = [standing_thing(id, node) for id in unheld((Scan, Training), node)]
    me = own_name(node)
    asked = [
        (one.thing.sha256, one.origin, one.thing.size) for one in told
        if one is not None and one.origin != me and isinstance(one.thing, (Scan, Training))
        and one.thing.media == MEDIA and 0 < one.thing.size <= MOST_PACKAGE
    ]  # fmt: skip
    held = node.store.packages.held([name for name, _, _ in asked])
    return [one for one in dict.fromkeys(asked) if one[0] not in held]


def arrived(raw: bytes, name: str, node: Working) -> PackageView:
    """Take in what was fetched because an entry named it.

    Raises:
        ExchangeRefused: It is another file than was announced, or as `take_in`.
    """
    if sha256(raw).hexdigest() != name:
        refuse(Why.BAD_PACKAGE, place="sha256")
    taken = take_in(RECEIVER, raw, node)
    let_packages_go([package_term(name)], node)  # it may have been taken back while it was on its way
    return taken


def for_partner(partner: str, name: str, node: Node) -> bytes:
    """The bytes of a package for a partner that asks for it: only one that an entry to that partner names.

    Raises:
        ExchangeRefused: There is none for it; whether there is one for others is not told.
    """
    me = own_name(node)
    for id in node.store.exchange.those([package_term(name)]).get(package_term(name), ()):
        told = standing_thing(id, node)
        if told is not None and told.origin == me and partner in told.marking.nodes:
            raw = node.store.packages.raw(name)
            if raw is not None:
                return raw
    return refuse(Why.NOT_ADDRESSED)


def sweep(node: Node) -> int:
    """Erase packages whose time to be kept has run out, and keys that were to go before; gives how many."""
    due = node.store.packages.due(node.now())
    for one in due:
        node.store.packages.drop(one.sha256)
    return len(due) + node.store.erasing.finish()


def _view(name: str, node: Node, told: Package | None = None) -> PackageView:
    found = node.store.packages.get(name)
    if found is None:
        raise NotFound(kind="package")
    return PackageView(
        found.sha256, found.kind, found.origin, found.origin == own_name(node), found.container, found.kept,
        found.until, found.size, "" if told is None else told.cover.title,
        () if told is None else tuple(piece.name for piece in told.pieces),
    )  # fmt: skip
