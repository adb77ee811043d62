"""What officers work with in the exchange: one thing, why a box is marked, operations, trainings, what would leave."""

import msgspec

from vigie.desk.views.exchange import CoverageRow, ExchangeRow
from vigie.terms import Moment


class FieldView(msgspec.Struct, frozen=True):
    """One field of a thing. name: Of the field. text: As it was written; empty for moments. at: The moment."""

    name: str
    text: str = ""
    at: Moment | None = None


class ReplyRow(msgspec.Struct, frozen=True):
    """An answer. id: Of the answer. node: By whom. word: As in `vigie.exchange.ReplyWord`. item: Which task, from 1."""

    id: str
    node: str
    word: str
    text: str
    when: Moment
    item: int = 0


class BecauseRow(msgspec.Struct, frozen=True):
    """Why a box is marked: what a partner told of it.

    Attributes:
        id: The thing. thing: What it is. node: Who told it. name, country: Of that organisation.
        what: In the partner's words. place: UN/LOCODE. when: When it happened, as told; 0 where nothing is told.
        since: When it came here. tlp, handling, evaluation: Of its marking. until: When it has to go.
        assessment: An opinion, not a fact. counts: Whether it raises an indicator. words: How it can be answered.
        answered: Words of this node's answers, the latest first.
    """

    id: str
    thing: str
    node: str
    name: str
    country: str
    what: str
    place: str
    when: Moment
    since: Moment
    tlp: str
    handling: str
    evaluation: str
    until: Moment
    assessment: bool
    counts: bool
    words: tuple[str, ...] = ()
    answered: tuple[str, ...] = ()


class HoldView(msgspec.Struct, frozen=True):
    """A legal hold. waits: Asked for and not confirmed yet. mine: The officer asked for it."""

    authority: str
    case: str
    ground: str
    until: Moment
    asked_by: str
    confirmed_by: str = ""
    waits: bool = False
    mine: bool = False


class ReleaseRow(msgspec.Struct, frozen=True):
    """A partner's wish to pass a thing on. node: Whose. nodes: To whom. answered: `granted`, `refused` or empty."""

    node: str
    nodes: tuple[str, ...]
    reason: str
    judicial: bool
    answered: str = ""


class ThingView(msgspec.Struct, frozen=True):
    """One thing with all that is known of it.

    Attributes:
        row: As it was told last. fields: What it says; empty where its content is gone. own: This node told it.
        versions: Every entry about it. answers: What partners answered when it was changed or taken back.
        replies: Answers to what it asks. words: How this node can answer. hold: A legal hold on it, or one asked for.
        asked: Who wishes to pass it on. grant: What the originator answered to this node's wish, `granted`, `refused`.
        desks, legal_basis, subjects, machine, assessment, handling_text: Of its marking.
        since: When it came. box: Whether the container it names is known here.
    """

    row: ExchangeRow
    fields: tuple[FieldView, ...]
    own: bool
    versions: tuple[ExchangeRow, ...]
    answers: tuple[CoverageRow, ...] = ()
    replies: tuple[ReplyRow, ...] = ()
    words: tuple[str, ...] = ()
    hold: HoldView | None = None
    asked: tuple[ReleaseRow, ...] = ()
    grant: str = ""
    desks: tuple[str, ...] = ()
    legal_basis: str = ""
    subjects: str = ""
    machine: bool = False
    assessment: bool = False
    handling_text: str = ""
    since: Moment = Moment(0)
    boxes: tuple[str, ...] = ()


class RecipientView(msgspec.Struct, frozen=True):
    """What one recipient would get.

    Attributes:
        node, name, country: Who. code: The rule against it; empty where it may leave. facts: What its text names.
        agreement: Under which agreement. third: Outside the EU and Schengen. days: How long it may be kept there.
    """

    node: str
    name: str
    country: str
    code: str
    facts: dict[str, str | int | float | bool | None]
    agreement: str = ""
    third: bool = False
    days: int = 0


class PreviewView(msgspec.Struct, frozen=True):
    """What would leave, to the byte.

    Attributes:
        draft: Name under which it waits for the officer's word. id: The thing. content: The objects that leave (STIX
        2.1). marking: The marking that leaves. bytes: Of both. recipients: Each with what is against it.
        two: A second officer has to approve. fields: What it says.
    """

    draft: str
    id: str
    thing: str
    content: str
    marking: str
    bytes: int
    recipients: tuple[RecipientView, ...]
    two: bool
    fields: tuple[FieldView, ...]

    @property
    def may(self) -> bool:
        """Whether nothing is against it."""
        return bool(self.recipients) and not any(one.code for one in self.recipients)


class TaskView(msgspec.Struct, frozen=True):
    """A task of an operation. state: `open`, `begun`, `done`. node, at: Who said so last, and when."""

    text: str
    state: str
    node: str
    at: Moment


class OperationView(msgspec.Struct, frozen=True):
    """A joint operation.

    Attributes:
        id: The thing. stage: How far it is. originator: Who proposed it. own: This node did. answers: Node and answer.
        starts, ends: Its time. containers: Its boxes, each with whether it is known here. units: Node and unit.
        words: What this node can say now. log: What was said, the oldest first.
    """

    id: str
    name: str
    description: str
    stage: str
    originator: str
    own: bool
    answers: tuple[tuple[str, str], ...]
    starts: Moment
    ends: Moment
    containers: tuple[tuple[str, bool], ...]
    units: tuple[tuple[str, str], ...]
    tasks: tuple[TaskView, ...]
    words: tuple[str, ...]
    log: tuple[ReplyRow, ...]
    closing: str
    tlp: str
    handling: str
    case: str


class TrainingView(msgspec.Struct, frozen=True):
    """A training package.

    Attributes:
        id: The thing. origin: Who made it. file, media, size, sha256: The material. here: The material is at this node.
        done: When the officer completed it; None: not yet. completed: Officers of this node and when, for who may see.
        count: How many completed it here. partners: Node and how many completed it there, as told.
    """

    id: str
    name: str
    description: str
    origin: str
    when: Moment
    language: str
    minutes: int
    file: str
    media: str
    size: int
    sha256: str
    tlp: str
    done: Moment | None = None
    count: int = 0
    completed: tuple[tuple[str, Moment], ...] = ()
    partners: tuple[tuple[str, int], ...] = ()
    own: bool = False
    here: bool = False


class MaterialRow(msgspec.Struct, frozen=True):
    """A file of a training's material. name: Of the file. media: IANA media type. size: Bytes. label: For people."""

    name: str
    media: str
    size: int
    label: str = ""


class RequestRow(msgspec.Struct, frozen=True):
    """A request to look at a container.

    Attributes:
        id: The thing. container: Which box. reason: Why. node: Who asks. own: This node asks. since: When it came.
        until: When it has to go. known: The box is known here. closed: It was answered for good.
        answers: The oldest first. words: How this node can answer.
    """

    id: str
    container: str
    reason: str
    node: str
    own: bool
    since: Moment
    until: Moment
    known: bool
    closed: bool
    answers: tuple[ReplyRow, ...]
    words: tuple[str, ...] = ()
