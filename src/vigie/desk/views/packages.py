"""What the faces show of packages."""

import msgspec

from vigie.desk.views.exchange_work import RecipientView
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


class PackedView(msgspec.Struct, frozen=True):
    """A file of a package. role: What it is to it. size: Bytes."""

    name: str
    role: str
    size: int


class PackagePreview(msgspec.Struct, frozen=True):
    """A package that would leave.

    Attributes:
        container: Whose pictures. title: What a person reads. simulated: Its pictures come from a simulation.
        size: Bytes. files: What is in it. recipients: Who would get it, and what is against it. two: A second officer
            has to say so too.
    """

    container: str
    title: str
    simulated: bool
    size: int
    files: tuple[PackedView, ...]
    recipients: tuple[RecipientView, ...]
    two: bool

    @property
    def may(self) -> bool:
        """Whether nothing is against it."""
        return bool(self.recipients) and not any(one.code for one in self.recipients)
