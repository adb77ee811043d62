"""How people read a scan: who reads next, what a reader may see, when two readers disagree, and what follows."""

from collections.abc import Sequence
from enum import StrEnum
from hashlib import sha256

import msgspec
from msgspec import Struct

from vigie.terms import MINUTE, BadRequest, Moment, OfficerId

MOST_REGIONS = 20
"""Regions of one reading: more are no longer pointed at but painted. Source: own figure."""

LONGEST_NOTE = 1000
"""Characters of a note."""

LONGEST_SECONDS = 24 * 3600
"""Longest reading that is believed, s."""

_MILLION = 1_000_000


class ReadingOrder(StrEnum):
    """Which reading of a scan it is."""

    FIRST = "first"
    SECOND = "second"
    ARBITER = "arbiter"


class Verdict(StrEnum):
    """What a reader says of a scan. There is no "cleared": that nothing was seen says no more than that."""

    NOTHING = "nothing-seen"
    HOLD = "hold-and-visit"
    SECOND = "second-reader"


class Sighting(StrEnum):
    """Why a reader marks a region."""

    BRICKS = "bricks"
    BAGS = "bags"
    BLOCK = "foreign-block"
    STRUCTURE = "structure"
    REEFER = "reefer"
    GOODS = "unlike-goods"
    CHANGED = "changed"
    PERSON = "person"
    OTHER = "other"


class Region(Struct, frozen=True, omit_defaults=True):
    """A part of the picture that a reader points at.

    Attributes:
        x, y: Upper left corner, pixels of the high-energy picture, 0 or more. width, height: Pixels, 1 or more.
        reason: Why. note: Words of the reader.
    """

    x: int
    y: int
    width: int
    height: int
    reason: Sighting
    note: str = ""


class Reading(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What one person saw in one scan.

    Attributes:
        scan: The scan. reader: Who. order: Which reading of the scan. verdict: What the reader says.
        regions: Where and why; at least one where the reader holds. seconds: From the first look to the verdict, s.
        at: When it was given. saw_machine: The machine's findings were shown before it was given.
        saw_reasons: The reasons of the box's risk were shown before it was given. note: Words of the reader.
        drawn: Of a first reading: a second reader was drawn for the scan (`is_drawn`), by the rules of that moment.
    """

    scan: str
    reader: OfficerId
    order: ReadingOrder
    verdict: Verdict
    at: Moment
    seconds: int
    regions: tuple[Region, ...] = ()
    saw_machine: bool = False
    saw_reasons: bool = False
    note: str = ""
    drawn: bool = False


class RoomRules(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """How the readers of a site work; a change is kept in the trail, and each reading says what its reader was shown.

    Attributes:
        machine_first: Findings of the machine show before a person's own reading. Off: readers who have seen a
            machine's marks look at those places (shared/reference/console.md, open decision 3).
        reasons_shown: The reasons of the box's risk stand beside the picture while it is read.
        places_shown: The list says which queue the machine put a scan into; its order follows the queues anyway.
        second_ppm: Share of first readings that a second reader gets unasked, millionths, drawn by the scan's name.
            Source: scan.md, section 5 step 4 gives 2 to 5 % as an example; the middle.
        claim_minutes: After so long without a reading a claim lapses, minutes.
        due_minutes: After so long a scan should have its first reading, minutes.
    """

    machine_first: bool = False
    reasons_shown: bool = True
    places_shown: bool = True
    second_ppm: int = 35_000
    claim_minutes: int = 15
    due_minutes: int = 60


class Awaits(StrEnum):
    """What a scan waits for."""

    FIRST = "first"
    SECOND = "second"
    ARBITER = "arbiter"
    NOTHING = "done"


class Case(Struct, frozen=True):
    """How the reading of a scan stands.

    Attributes:
        awaits: Whom it waits for. verdict: What was decided; None while it waits. agreed: Two readers said the same;
            None where there were no two. by_chance: The second reader was drawn, not asked for.
    """

    awaits: Awaits
    verdict: Verdict | None = None
    agreed: bool | None = None
    by_chance: bool = False


def is_drawn(scan: str, rules: RoomRules) -> bool:
    """Whether a scan gets a second reader unasked: told by its name alone, so nobody can choose."""
    number = int.from_bytes(sha256(b"second-reader:" + scan.encode()).digest()[:8], "big")
    return number % _MILLION < rules.second_ppm


def standing(readings: Sequence[Reading]) -> Case:
    """Tell how the reading of a scan stands.

    A first reader who holds holds at once; a drawn second reader reads nonetheless, blind. Where a first reader asks
    for a second one, the second decides; where two differ, an arbiter does.

    Args:
        readings: Those given, in their order.
    """
    drawn = any(one.drawn for one in readings if one.order is ReadingOrder.FIRST)
    by = {one.order: one.verdict for one in readings}
    first, second, arbiter = (by.get(one) for one in ReadingOrder)
    if first is None:
        return Case(Awaits.FIRST)
    chance = drawn and first is not Verdict.SECOND
    if second is None:
        needed = first is Verdict.SECOND or drawn
        return Case(Awaits.SECOND if needed else Awaits.NOTHING, _settled(first), by_chance=chance)
    if first is Verdict.SECOND:
        return Case(Awaits.NOTHING, second)
    if first is second:
        return Case(Awaits.NOTHING, first, True, chance)
    if arbiter is None:
        return Case(Awaits.ARBITER, Verdict.HOLD, False, chance)
    return Case(Awaits.NOTHING, arbiter, False, chance)


def _settled(first: Verdict) -> Verdict | None:
    return None if first is Verdict.SECOND else first


def check_reading(reading: Reading, before: Sequence[Reading], width: int, height: int) -> None:
    """Refuse a reading that cannot stand.

    Args:
        before: Readings of the scan so far. width, height: Of the picture, pixels.

    Raises:
        BadRequest: Not the one the scan waits for; the same person reads twice; a hold without a region; a region
        outside the picture, without words where its reason is "other", or too many; a second reader asked for by
        another than the first; a time that cannot be.
    """
    case = standing(before)
    if case.awaits.value != reading.order.value:
        raise BadRequest(reason="the-scan-does-not-wait-for-this-reading", awaits=case.awaits.value)
    if any(one.reader == reading.reader for one in before):
        raise BadRequest(reason="a-second-reader-is-another-person")
    if reading.verdict is Verdict.SECOND and reading.order is not ReadingOrder.FIRST:
        raise BadRequest(reason="only-the-first-reader-asks-for-a-second")
    if reading.verdict is Verdict.HOLD and not reading.regions:
        raise BadRequest(reason="a-hold-needs-a-region")
    if len(reading.regions) > MOST_REGIONS or not 0 <= reading.seconds <= LONGEST_SECONDS:
        raise BadRequest(reason="a-reading-like-this-cannot-be")
    if len(reading.note) > LONGEST_NOTE or any(len(one.note) > LONGEST_NOTE for one in reading.regions):
        raise BadRequest(reason="a-note-is-too-long")
    for one in reading.regions:
        inside = one.x >= 0 and one.y >= 0 and one.x + one.width <= width and one.y + one.height <= height
        if not inside or one.width < 1 or one.height < 1:
            raise BadRequest(reason="a-region-lies-outside-the-picture")
        if one.reason is Sighting.OTHER and not one.note.strip():
            raise BadRequest(reason="another-reason-needs-words")


def may_read(reader: OfficerId, readings: Sequence[Reading]) -> ReadingOrder | None:
    """Tell which reading an officer can give of a scan; None where none, because it is done or is the officer's own."""
    case = standing(readings)
    if case.awaits is Awaits.NOTHING or any(one.reader == reader for one in readings):
        return None
    return ReadingOrder(case.awaits.value)


def shows_machine(reader: OfficerId, readings: Sequence[Reading], rules: RoomRules) -> bool:
    """Tell whether the machine's findings may stand beside the picture for an officer.

    They do where the site shows them first; else once the officer has given a reading, or to who can give none any
    more because all are given. A second reader is blind to them as to the first; an arbiter sees them.
    """
    if rules.machine_first or any(one.reader == reader for one in readings):
        return True
    return bool(readings) and may_read(reader, readings) in (None, ReadingOrder.ARBITER)


def shows_readings(reader: OfficerId, readings: Sequence[Reading]) -> bool:
    """Tell whether an officer may see what was read: not who is to read next without knowing, nor who has read while
    another still reads blind."""
    case = standing(readings)
    if case.awaits in (Awaits.FIRST, Awaits.SECOND):
        return False
    return case.awaits is Awaits.NOTHING or may_read(reader, readings) is ReadingOrder.ARBITER


def due_at(received: Moment, leaves: Moment | None, rules: RoomRules) -> Moment:
    """When a scan should have its first reading: so long after it came, or when the box may leave, what is earlier."""
    due = Moment(received + rules.due_minutes * MINUTE)
    return due if leaves is None or leaves <= received else min(due, leaves)


def claimed_until(now: Moment, rules: RoomRules) -> Moment:
    """Until when a claim made now holds."""
    return Moment(now + rules.claim_minutes * MINUTE)


def read_rules(raw: bytes | None) -> RoomRules:
    """Read the rules of a site as they are kept; the defaults where none are.

    Raises:
        BadRequest: A field is unknown, or no number of its range.
    """
    if not raw:
        return RoomRules()
    try:
        rules = msgspec.json.decode(raw, type=RoomRules)
    except msgspec.MsgspecError:
        raise BadRequest(reason="rules-of-the-reading-room") from None
    in_range = 0 <= rules.second_ppm <= _MILLION and 1 <= rules.claim_minutes <= 24 * 60
    if not in_range or not 1 <= rules.due_minutes <= 14 * 24 * 60:
        raise BadRequest(reason="rules-of-the-reading-room")
    return rules
