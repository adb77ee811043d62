"""What a package says of itself and of each of its files."""

from enum import StrEnum

import msgspec

from vigie.exchange.markings import Marking
from vigie.terms import Moment


class PackageKind(StrEnum):
    """What a package is for."""

    IMAGES = "images"
    CUT_OUTS = "cut-outs"
    REPORTS = "reports"
    MODEL = "model"
    TRAINING = "training"


class Piece(msgspec.Struct, frozen=True):
    """A file of a package.

    Attributes:
        name: File name, safe on every system. media: IANA media type, such as application/dicom.
        body: The bytes. role: What it is to the package: master, companded, preview, report, profile, cut-out, model,
            card or material. label: What a person reads beside it.
    """

    name: str
    media: str
    body: bytes
    role: str
    label: str = ""


class Cover(msgspec.Struct, frozen=True, kw_only=True):
    """What is said of a package as a whole.

    Attributes:
        kind: What it is for. title: What a person reads. origin: Node it comes from. created: When it was made.
        marking: Who may have it, for what, until when. container: ISO 6346 number; empty where it is of none.
        simulated: Whether its pictures come from a simulation, which must be said wherever they are shown.
    """

    kind: PackageKind
    title: str
    origin: str
    created: Moment
    marking: Marking
    container: str = ""
    simulated: bool = False
