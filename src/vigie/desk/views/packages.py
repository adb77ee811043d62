"""What the faces show of packages."""

import msgspec

from vigie.terms import Moment


class PackageView(msgspec.Struct, frozen=True):
    """A package.

    Attributes:
        sha256: Its name. kind: What it is for. origin: Node it comes from. own: It was made here.
        container: Whose pictures. kept: When it was made or came. until: When it has to go. size: Bytes.
        pieces: Files in it, by name. title: What a person reads; both empty in lists.
        scans: Scans of this node that came of it; empty where none did, or it was made here.
    """

    sha256: str
    kind: str
    origin: str
    own: bool
    container: str
    kept: Moment
    until: Moment
    size: int
    title: str = ""
    pieces: tuple[str, ...] = ()
    scans: tuple[str, ...] = ()
