"""Case-control: who looked up or handled boxes that were later found positive, more often than chance gives.

Cases are boxes in which something was found, controls are boxes that were opened or scanned without a find. A touch
counts only if it came before the control ended: after a find everybody looks. Users are compared with their peers on
the boxes that the peers touch, stratum by stratum, so that a job that lies close to risky boxes is no suspicion.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from math import sqrt

import msgspec

from vigie.ports.access import AccessEvent, Act
from vigie.ports.chance import added, at_least, false_discoveries, hypergeometric, shape_of
from vigie.terms import Moment

FEWEST = 2
"""Positives that a user must have touched before anything is said: one is what every honest worker meets."""

_TOUCHES = (Act.LOOK, Act.HANDLE)


class Checked(msgspec.Struct, frozen=True):
    """A box that was controlled. at: When the control ended. positive: Something was found. stratum: Boxes alike."""

    container: str
    at: Moment
    positive: bool
    stratum: str = ""


class Uplift(msgspec.Struct, frozen=True):
    """What the case-control comparison says of one user.

    Attributes:
        user: Pseudonym. touched: Controlled boxes the user touched before. positive: Of them found positive.
        expected: How many of them chance gives, among the boxes the peers touch.
        risk: Relative risk, drawn towards 1 as far as the counts are small. low, high: Its 95 % interval.
        chance: One-sided chance of so many or more. q: Share of false names among those as unlikely.
        boxes: The positive boxes, first touched first.
    """

    user: str
    touched: int
    positive: int
    expected: float
    risk: float
    low: float
    high: float
    chance: float
    q: float
    boxes: tuple[str, ...]


class _Touch(msgspec.Struct, frozen=True):
    """First touch of a controlled box by a user; place: Which control."""

    at: Moment
    place: int


def case_control(events: Iterable[AccessEvent], checked: Iterable[Checked]) -> list[Uplift]:
    """Compare every user with the peers; the unlikeliest first.

    Args:
        events: In any order, several times as well: a box counts once per user and control.
        checked: Controls; a box that was controlled twice is two of them, told apart by time.

    Source: exact conditional law of Mantel and Haenszel, J. Nat. Cancer Inst. 22 (1959); relative risk by empirical
        Bayes (`shape_of`); false discoveries by `false_discoveries`. Docs: docs/explanation/insiders.md
    """
    controls = sorted(set(checked), key=lambda one: (one.container, one.at, one.positive, one.stratum))
    touches, groups = _touches(events, controls)
    rows = []
    whole = _whole(touches, groups, controls)
    for user, mine in touches.items():
        law, expected = [1.0], 0.0
        for stratum, (drawn, _) in sorted(_by_stratum(mine, controls).items()):  # one order: sums of floats
            total, marked = whole[groups[user], stratum]
            law = added(law, hypergeometric(marked, drawn, total))
            expected += drawn * marked / total
        hits = sorted((touch for touch in mine.values() if controls[touch.place].positive), key=lambda one: one.at)
        rows.append((user, len(mine), hits, expected, at_least(law, len(hits))))
    shape = shape_of([(len(hits), expected) for _, _, hits, expected, _ in rows])
    chances = [chance if len(hits) >= FEWEST else 1.0 for _, _, hits, _, chance in rows]
    told = []
    for (user, touched, hits, expected, _), chance, q in zip(rows, chances, false_discoveries(chances), strict=True):
        mean, low, high = _risk(len(hits), expected, shape)
        boxes = tuple(controls[touch.place].container for touch in hits)
        told.append(Uplift(user, touched, len(hits), expected, mean, low, high, chance, q, boxes))
    return sorted(told, key=lambda one: (one.chance, -one.risk, one.user))


def _touches(
    events: Iterable[AccessEvent], controls: list[Checked]
) -> tuple[dict[str, dict[int, _Touch]], dict[str, str]]:
    """Per user the controls whose box was touched before, and the peer group (the one the user is most often in)."""
    of_box: dict[str, list[int]] = defaultdict(list)
    for place, control in enumerate(controls):
        of_box[control.container].append(place)
    touches: dict[str, dict[int, _Touch]] = defaultdict(dict)
    jobs: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for event in events:
        if event.act not in _TOUCHES:
            continue
        jobs[event.user][event.group] += 1
        later = [place for place in of_box.get(event.container, ()) if controls[place].at > event.at]
        if later:  # the next control is the one that the touch may have to do with
            before = touches[event.user].get(later[0])
            if before is None or event.at < before.at:
                touches[event.user][later[0]] = _Touch(event.at, later[0])
    groups = {user: max(counts, key=lambda name: (counts[name], name)) for user, counts in jobs.items()}
    return dict(sorted(touches.items())), groups


def _by_stratum(mine: Mapping[int, _Touch], controls: list[Checked]) -> dict[str, tuple[int, int]]:
    """How many controls of each stratum, and how many positive."""
    found: dict[str, tuple[int, int]] = {}
    for place in mine:
        drawn, marked = found.get(controls[place].stratum, (0, 0))
        found[controls[place].stratum] = (drawn + 1, marked + controls[place].positive)
    return found


def _whole(
    touches: Mapping[str, Mapping[int, _Touch]], groups: Mapping[str, str], controls: list[Checked]
) -> dict[tuple[str, str], tuple[int, int]]:
    """Of each peer group and stratum: controls that anybody of the group touched before, and how many were positive."""
    seen: dict[str, dict[int, _Touch]] = defaultdict(dict)
    for user, mine in touches.items():
        seen[groups[user]].update(mine)
    return {
        (group, stratum): counts
        for group, mine in seen.items() for stratum, counts in _by_stratum(mine, controls).items()
    }  # fmt: skip


def _risk(count: int, expected: float, shape: float) -> tuple[float, float, float]:
    """Mean and 95 % interval of the relative risk after the count (gamma law; Wilson and Hilferty's cube root)."""
    a, b = shape + count, shape + expected
    spread = 1.96 / (3.0 * sqrt(a))
    low, high = (max(0.0, 1.0 - 1.0 / (9.0 * a) + sign * spread) ** 3 for sign in (-1, 1))
    return a / b, a / b * low, a / b * high
