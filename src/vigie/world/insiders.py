"""Access logs of a simulated terminal: people with jobs, shifts and doors; and a few who do what insiders did.

It writes rows as real systems export them (`vigie.ports.COLUMNS`); who was planted is told apart and never in a row.
Every figure here is an assumption of ours: no terminal publishes its access logs.
"""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from random import Random

import msgspec

from vigie.terms import DAY, HOUR, MINUTE, Moment, write_moment
from vigie.world.chance import poisson, spread, stream

PEOPLE = 120
"""People of a terminal with doors of their own. Source: reference page sense, baseline with 114-odd people."""

ZONES = tuple(f"zone-{letter}" for letter in "abcdefghijkl")
SHIFTS = (6, 14, 22)
"""First hours, UTC; eight hours each."""

READS, LOOKS, LIFTS = 6.0, 7.0, 12.0
"""Doors passed, boxes looked up (by planners and forwarders), boxes moved (by drivers of straddle carriers) a shift."""

ROLELESS = 0.02
"""Look-ups outside the own files: a wrong number, a favour for a colleague."""

_JOBS = (("planner", 0.35), ("straddle", 0.30), ("gate", 0.15), ("forwarder", 0.20))
_BEFORE = 2 * DAY  # boxes are asked after from two days before the ship on


class Behaviour(StrEnum):
    """What a planted person does. Source: reference pages trade (section 2b) and sense (insider indicators)."""

    CONTAMINATED = "looks-up-contaminated"
    BADGE = "foreign-zone-off-hours"
    PICKUP = "query-then-pick-up"


class AccessBox(msgspec.Struct, frozen=True):
    """A box on the terminal.

    Attributes:
        container: Number. lane: Where it comes from. landed, out: When it was there. controlled: When a control ended.
        positive: That control found something. contaminated: Whether there was something, found or not.
    """

    container: str
    lane: str
    landed: Moment
    out: Moment
    controlled: Moment | None = None
    positive: bool = False
    contaminated: bool = False


class Planted(msgspec.Struct, frozen=True, tag="insider"):
    """The truth of one planted person. user: As in the rows. moments: When each planted act was done."""

    user: str
    behaviour: Behaviour
    moments: tuple[Moment, ...]


class AccessLog(msgspec.Struct, frozen=True):
    """Rows in time order, and the truth beside them."""

    rows: tuple[dict[str, str], ...]
    planted: tuple[Planted, ...]


class _Person(msgspec.Struct, frozen=True):
    name: str
    job: str
    zones: tuple[str, ...]
    shift: int
    eager: float
    careless: float


def access_boxes(seed: int, start: Moment, days: int, a_day: int = 60, cases: float = 0.03) -> list[AccessBox]:
    """Boxes of a terminal for tests of people alone; a demonstration takes those of its node.

    Args:
        a_day: Boxes landed a day. cases: Share of controlled boxes that hold something. A quarter is controlled, and
            nine in ten of the contaminated: a benchmark of people wants finds, not a picture of controls.
    """
    chance, boxes = stream(seed, "access-boxes"), []
    for number in range(a_day * days):
        landed = Moment(start + number * DAY // a_day)
        out = Moment(landed + round(chance.uniform(1.0, 8.0) * DAY))
        contaminated = chance.random() < cases / 4
        looked = chance.random() < (0.9 if contaminated else 0.25)
        at = Moment(landed + round((out - landed) * chance.uniform(0.5, 0.95))) if looked else None
        boxes.append(AccessBox(f"SIMU{number:07d}", chance.choice(("EC", "BR", "CO", "CL")), landed, out, at,
                               looked and contaminated, contaminated))  # fmt: skip
    return boxes


def access_log(
    seed: int, boxes: Sequence[AccessBox], start: Moment, days: int, *, people: int = PEOPLE,
    plant: Sequence[Behaviour] = tuple(Behaviour), since: int | None = None, acts: int = 8,
) -> AccessLog:
    """Let a terminal work for some days.

    Args:
        seed: The same seed and boxes give the same rows. start: Midnight, UTC. plant: One person per entry.
        since: Day, from 0, from which planted people act; None: two thirds of the way. acts: How often each does.
    """
    staff = [_person(seed, number) for number in range(people)]
    rows: list[tuple[Moment, dict[str, str]]] = []
    there = _by_day(boxes, start, days)
    for one in staff:
        rows += _work(stream(seed, "work", one.name), one, there, start, days)
    chance = stream(seed, "collected")
    for box in boxes:
        if start <= box.out < start + days * DAY:
            rows.append((box.out, _row(box.out, f"driver-{chance.randrange(300):03d}", "pick-up", box.container,
                                       system="gate", role="haulier", group="driver",
                                       party=f"haulier-{chance.randrange(60):02d}")))  # fmt: skip
    truth = []
    draw, first = stream(seed, "planted"), start + (days * 2 // 3 if since is None else since) * DAY
    able = [one for one in staff if one.job in ("planner", "forwarder")]
    for place, (behaviour, who) in enumerate(zip(plant, draw.sample(able, len(plant)), strict=True)):
        window = [box for box in boxes if first + DAY <= box.out - HOUR < start + days * DAY]
        made = list(_planted(draw, behaviour, who, window, (Moment(first), Moment(start + days * DAY)), acts, place))
        rows += made
        truth.append(Planted(who.name, behaviour, tuple(sorted(at for at, _ in made))))
    rows.sort(key=lambda one: (one[0], one[1]["user"], one[1]["container"], one[1]["zone"]))
    return AccessLog(tuple(row for _, row in rows), tuple(truth))


def as_access_csv(rows: Sequence[dict[str, str]]) -> str:
    """Rows as a CSV table with header."""
    names = list(_row(Moment(0), "", ""))
    return "\n".join([",".join(names), *(",".join(row[name] for name in names) for row in rows)]) + "\n"


def _person(seed: int, number: int) -> _Person:
    chance = stream(seed, "person", number)
    job = chance.choices([name for name, _ in _JOBS], [share for _, share in _JOBS])[0]
    near = {"planner": ZONES[:4], "straddle": ZONES[2:8], "gate": ZONES[7:10], "forwarder": ZONES[9:]}[job]
    shift = chance.choice(SHIFTS if job != "forwarder" else SHIFTS[:1])
    return _Person(f"{job}-{number:03d}", job, tuple(chance.sample(near, 2)), shift, spread(chance, 0.4),
                   spread(chance, 0.5))  # fmt: skip


def _by_day(boxes: Sequence[AccessBox], start: Moment, days: int) -> list[list[AccessBox]]:
    there: list[list[AccessBox]] = [[] for _ in range(days)]
    for box in boxes:
        first, last = (box.landed - _BEFORE - start) // DAY, (box.out - start) // DAY
        for day in range(max(first, 0), min(last, days)):
            there[day].append(box)
    return there


def _work(
    chance: Random, one: _Person, there: Sequence[Sequence[AccessBox]], start: Moment, days: int
) -> Iterator[tuple[Moment, dict[str, str]]]:
    """Five shifts in seven days; now and then a shift is swapped with a colleague's."""
    rest = chance.randrange(7)
    for day in range(days):
        if (day + rest) % 7 >= 5:
            continue
        hour = chance.choice(SHIFTS) if chance.random() < 0.03 else one.shift
        begin = start + day * DAY + hour * HOUR
        for _ in range(poisson(chance, READS)):
            zone = chance.choice(one.zones) if chance.random() < 0.97 else chance.choice(ZONES)
            at = _moment(chance, begin)
            yield at, _row(at, one.name, "badge", zone=zone, system="doors", group=one.job, party=_firm(one))
        act, mean = ("handle", LIFTS) if one.job == "straddle" else ("look-up", LOOKS * (one.job != "gate"))
        for _ in range(poisson(chance, mean * one.eager) if there[day] else 0):
            box, at = chance.choice(there[day]), _moment(chance, begin)
            stray = act == "look-up" and chance.random() < ROLELESS * one.careless
            role = "none" if stray else "forwarder" if one.job == "forwarder" else "terminal"
            yield at, _row(at, one.name, act, box.container, system="tos", role=role, group=one.job, party=_firm(one))


def _planted(
    chance: Random, behaviour: Behaviour, one: _Person, boxes: Sequence[AccessBox], within: tuple[Moment, Moment],
    acts: int, place: int,
) -> Iterator[tuple[Moment, dict[str, str]]]:
    """What the planted person does beside the work: the look-ups lie in the own files unless the behaviour says not."""
    mine = {"system": "tos", "group": one.job, "party": _firm(one)}
    if behaviour is Behaviour.BADGE:
        for number in range(acts):
            day = (within[0] // DAY + 1 + number * ((within[1] - within[0]) // DAY - 1) // acts) * DAY
            hour = (one.shift + 12) % 24 + chance.randrange(4)
            for _ in range(3):
                at = Moment(day + hour * HOUR + round(chance.random() * HOUR))
                zone = chance.choice([zone for zone in ZONES if zone not in one.zones])
                yield at, _row(at, one.name, "badge", zone=zone, **mine | {"system": "doors"})
        return
    wanted = [box for box in boxes if box.contaminated and (box.controlled or 0) > within[0]] if (
        behaviour is Behaviour.CONTAMINATED) else [box for box in boxes if not box.contaminated]  # fmt: skip
    for box in chance.sample(wanted, min(acts, len(wanted))):
        before = (box.controlled or box.out) if behaviour is Behaviour.CONTAMINATED else box.out
        at = Moment(max(before - round(chance.uniform(2, 12) * HOUR), within[0]))
        role = "none" if behaviour is Behaviour.PICKUP else "forwarder" if one.job == "forwarder" else "terminal"
        yield at, _row(at, one.name, "look-up", box.container, role=role, **mine)


def _moment(chance: Random, begin: int) -> Moment:
    return Moment(begin + round(chance.random() * 8 * 60) * MINUTE)


def _firm(one: _Person) -> str:
    return f"forwarder-firm-{int(one.name[-3:]) % 8}" if one.job == "forwarder" else "terminal-firm"


def _row(
    at: Moment, user: str, act: str, container: str = "", *, zone: str = "", system: str = "", role: str = "",
    group: str = "", party: str = "",
) -> dict[str, str]:
    return {"at": write_moment(at), "user": user, "system": system, "act": act, "container": container, "zone": zone,
            "role": role, "group": group, "party": party}  # fmt: skip
