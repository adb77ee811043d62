"""Champion and challenger: two policies choose from the same boxes, as many as were chosen; what did each find?

Outcomes exist for boxes that were looked into, most of them because the champion chose them; so a box that the
challenger alone would have chosen is seldom known. The paired test counts known boxes only and says how many they are.
"""

import msgspec

from vigie.risk.decisions import INSPECTED, POSITIVE, RANDOM
from vigie.risk.estimate import Interval, exact, mcnemar
from vigie.risk.language_sql import quoted
from vigie.risk.policy import Policy
from vigie.risk.score_batch import score_sql

DAY_US = 86_400_000_000


class Pairing(msgspec.Struct, frozen=True):
    """Known boxes by who chose them.

    Attributes:
        both, only_first, only_second, neither: Boxes looked into. hits_…: Of those, with cocaine.
        p: Chance of so uneven a split of the hits that one side alone had, were both equally good (exact, two-sided).
        share: Share of those hits that the first had alone, with its exact interval; 0 to 1 where there are none.
    """

    both: int
    only_first: int
    only_second: int
    neither: int
    hits_both: int
    hits_first: int
    hits_second: int
    hits_neither: int
    p: float
    share: Interval


class Compared(msgspec.Struct, frozen=True):
    """Two policies over the same decisions.

    Attributes:
        first, second: Hashes. boxes: Decisions. chosen: Boxes each may choose: as many as were chosen each day.
        both: Chosen by both. looked: Over all boxes looked into. random: Over those drawn by chance alone: few, but
            no policy had a say in them.
        sites: Port to (chosen, both).
    """

    first: str
    second: str
    boxes: int
    chosen: int
    both: int
    looked: Pairing
    random: Pairing
    sites: dict[str, tuple[int, int]]


def compare_sql(first: Policy, second: Policy, rows: str, others: str = "") -> str:
    """Write the SELECT that counts decisions by port, by who chooses them, and by what came of them.

    Each policy chooses per port and day as many boxes as were chosen then: mandatory ones first, then by score.

    Args:
        rows: The decisions. others: The same, with what other models add; empty where the same models vote in both.

    Returns:
        SQL with `site`, `one`, `two` (chosen by the first, the second), `inspected`, `random`, `hit`, `boxes`.
    """
    told = f"coalesce({INSPECTED}, FALSE) AS inspected, coalesce({RANDOM}, FALSE) AS random," \
        f" coalesce({POSITIVE}, FALSE) AS hit, {quoted('at')} - {quoted('at')} % {DAY_US} AS day"  # fmt: skip
    keys = ("visit", "site", "day", "chosen", "inspected", "random", "hit")
    base = f"(SELECT *, {told} FROM {rows})"
    one, two = score_sql(first, base, keys), score_sql(second, others or base, ("visit",))
    joined = (
        "SELECT a.*, b.logodds_milli AS other_milli, b.mandatory AS other_mandatory"
        f" FROM ({one}) a JOIN ({two}) b USING (visit)"
    )
    ranked = (
        "SELECT *, count(*) FILTER (chosen) OVER (PARTITION BY site, day) AS slots,"
        f" {_rank('mandatory', 'logodds_milli')} AS rank_one, {_rank('other_mandatory', 'other_milli')} AS rank_two"
        f" FROM ({joined})"
    )
    return (
        "SELECT site, rank_one <= slots AS one, rank_two <= slots AS two, inspected, random, hit, count(*) AS boxes"
        f" FROM ({ranked}) GROUP BY ALL"
    )


def _rank(mandatory: str, milli: str) -> str:
    order = f"{quoted(mandatory)} DESC, {quoted(milli)} DESC, visit"
    return f"row_number() OVER (PARTITION BY site, day ORDER BY {order})"


def pairing(counts: dict[tuple[bool, bool, bool], int]) -> Pairing:
    """Pair known boxes up.

    Args:
        counts: (chosen by the first, by the second, hit) to boxes.
    """
    def boxes(one: bool, two: bool) -> int:
        return counts.get((one, two, False), 0) + counts.get((one, two, True), 0)

    only_first, only_second = counts.get((True, False, True), 0), counts.get((False, True, True), 0)
    apart = only_first + only_second
    return Pairing(
        boxes(True, True), boxes(True, False), boxes(False, True), boxes(False, False),
        counts.get((True, True, True), 0), only_first, only_second, counts.get((False, False, True), 0),
        mcnemar(only_first, only_second), exact(only_first, apart) if apart else Interval(0.0, 1.0),
    )  # fmt: skip
