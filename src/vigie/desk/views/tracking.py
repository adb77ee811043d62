"""Moves of boxes and ships as the faces show them."""

import msgspec

from vigie.terms import Moment, VisitId
from vigie.tracking import Condition, Conflict, Life, Reconciliation, SealSeen, Silence, Story


class SourceView(msgspec.Struct, frozen=True):
    """Who says what a log entry holds. form: Form or format of the message. message: Its name. received: When."""

    hlc: Moment
    form: str
    message: str
    received: Moment


class TrackPoint(msgspec.Struct, frozen=True):
    """Where its ship was by AIS. lat_e6, lon_e6: Millionths of a degree. speed_dkn: Tenths of a knot."""

    at: Moment
    lat_e6: int
    lon_e6: int
    speed_dkn: int | None = None


class LifeView(msgspec.Struct, frozen=True):
    """One life-cycle segment: its journey, seals, states, and the track of its ship while the box was aboard."""

    visit: VisitId
    opened: Moment
    story: Story
    seals: tuple[SealSeen, ...] = ()
    conditions: tuple[Condition, ...] = ()
    track: tuple[TrackPoint, ...] = ()


class Queue(msgspec.Struct, frozen=True):
    """Messages that were received and are not worked into the journeys yet. oldest: When the first of them came."""

    waiting: int = 0
    oldest: Moment | None = None


class MovesView(msgspec.Struct, frozen=True):
    """The journey of a container number.

    Attributes:
        container: Normalised number. known_at: What was known then is told; the latest entry where nothing was asked.
        now: As of when gaps are judged. lives: Its segments, oldest first. conflicts: Why the number is two boxes.
        boxes: The sightings parted into boxes, where there are conflicts. sources: Log entry to who says so.
        suggested: Known numbers of which this may be a misreading.
        entries: Every log entry that changed what is known of it, those after `known_at` too: what can be asked for.
        erased: Entries whose content was erased. silent: Facilities on its way that have said nothing for longer than
            they ever do; told of today alone. queue: What waits and may speak of it.
    """

    container: str
    known_at: Moment
    now: Moment
    lives: tuple[LifeView, ...]
    conflicts: tuple[Conflict, ...] = ()
    boxes: tuple[Life, ...] = ()
    sources: tuple[SourceView, ...] = ()
    suggested: tuple[str, ...] = ()
    entries: tuple[Moment, ...] = ()
    erased: int = 0
    silent: tuple[Silence, ...] = ()
    queue: Queue = Queue()


class ShipView(msgspec.Struct, frozen=True):
    """A reconciled call. hidden: Boxes of it out of the officer's reach: neither shown nor counted in."""

    told: Reconciliation
    hidden: int = 0


class CloneView(msgspec.Struct, frozen=True):
    """A number in two places. noticed: When the officers were told. visits: All its segments in reach."""

    container: str
    noticed: Moment
    conflicts: tuple[Conflict, ...]
    visits: tuple[VisitId, ...]


class SilentView(msgspec.Struct, frozen=True):
    """Facilities and how long they have said nothing, silent ones first. now: As of when. queue: What waits."""

    now: Moment
    rows: tuple[Silence, ...]
    queue: Queue = Queue()
