"""What nodes tell each other, in the words of the trade; `vigie.exchange.stix` writes each as STIX 2.1."""

from enum import StrEnum

import msgspec

from vigie.terms import Moment


class Concealment(msgspec.Struct, frozen=True):
    """A way of hiding goods in a container. cavity: Where it is hidden. commodity: What the box carries, as HS code or
    words. tool: What is needed to open it."""  # fmt: skip

    name: str
    description: str
    cavity: str
    commodity: str = ""
    tool: str = ""


class Movement(msgspec.Struct, frozen=True):
    """A suspicious movement of a container. what: What it did. where: UN/LOCODE. when: At what moment. why: Why that is
    suspicious. vessel: IMO number of the ship, where there is one."""  # fmt: skip

    container: str
    what: str
    where: str
    when: Moment
    why: str
    vessel: str = ""


class Seizure(msgspec.Struct, frozen=True):
    """Goods that were seized. place: UN/LOCODE. net_kg, gross_kg: Kilograms. packages: How many. logos: Marks on them.
    container: Where they lay."""  # fmt: skip

    name: str
    when: Moment
    place: str
    substance: str
    net_kg: float | None = None
    gross_kg: float | None = None
    packages: int | None = None
    logos: tuple[str, ...] = ()
    container: str = ""


class Scan(msgspec.Struct, frozen=True):
    """A scan of a container; the pixels travel beside the log. sha256: Of the file (hexadecimal). size: Bytes.
    media: IANA media type. file: Name of the file. instrument: Make and model."""  # fmt: skip

    container: str
    when: Moment
    instrument: str
    sha256: str
    size: int
    media: str
    file: str


class Box(msgspec.Struct, frozen=True):
    """A container: "please look at this one". number: ISO 6346. size_type: ISO 6346. reason: Why."""

    number: str
    size_type: str = ""
    reason: str = ""


class Target(msgspec.Struct, frozen=True):
    """A high-value target. roles: What it does in the network. priority: 1 (highest) to 5."""

    name: str
    roles: tuple[str, ...]
    priority: int
    description: str = ""


class JointOperation(msgspec.Struct, frozen=True):
    """A joint operation that is proposed. units: Who takes part. starts, ends: Time window. containers: Which boxes.
    tasks: What is to be done."""  # fmt: skip

    name: str
    description: str
    units: tuple[str, ...]
    starts: Moment
    ends: Moment
    containers: tuple[str, ...]
    tasks: tuple[str, ...] = ()


class Decision(msgspec.Struct, frozen=True):
    """A strategic decision. decided_by: Body. when: At what moment. follow_up: What has to follow."""

    name: str
    description: str
    decided_by: str
    when: Moment
    follow_up: str = ""


class Training(msgspec.Struct, frozen=True):
    """Training material. when: It was made. language: `fr`, `nl`, `en`, `pt`, `es`. minutes: How long it takes.
    sha256, size, media, file: The material, which travels beside the log."""  # fmt: skip

    name: str
    description: str
    when: Moment
    language: str
    minutes: int
    sha256: str
    size: int
    media: str
    file: str


class Finding(msgspec.Struct, frozen=True):
    """What a machine found. about: STIX id of what it speaks of. opinion: One of the five words of STIX for opinions.
    model, model_version: Which model. score: 0 to 1. explanation: Why. verdict: What an officer said of it."""

    about: str
    opinion: str
    explanation: str
    model: str
    model_version: str
    score: float
    verdict: str = ""


class ReplyWord(StrEnum):
    """What an answer says."""

    WILL_LOOK = "will-look"
    NOTHING = "nothing"
    FOUND = "found"
    CANNOT = "cannot"
    ACCEPT = "accept"
    DECLINE = "decline"
    UNIT = "unit"  # a unit that takes part
    BEGUN = "begun"  # a task
    DONE = "done"  # a task
    LOG = "log"
    CLOSE = "close"
    COMPLETED = "completed"  # a training


class Reply(msgspec.Struct, frozen=True):
    """An answer to a thing. about: Its id. word: What is answered. text: A sentence. when: At what moment. item: Which
    task of an operation, from 1; how many people completed a training; 0 elsewhere."""  # fmt: skip

    about: str
    word: ReplyWord
    text: str
    when: Moment
    item: int = 0


Thing = (
    Concealment | Movement | Seizure | Scan | Box | Target | JointOperation | Decision | Training | Finding | Reply
)  # fmt: skip
