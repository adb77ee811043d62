"""What each channel finds, per modus operandi, at the same capacity; and what random draws are worth when smugglers move.

Channels are taught on years drawn from one library and judged on later years drawn from another, so that no box stands
in both. Labels are only what the plans of the earlier years looked into.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

import numpy as np
import pyarrow as pa
from benchmarks.quality._library import Library
from benchmarks.quality._resampled import Port, Scores, Week, scores_of, table_of

from vigie.engine.learning import Taught, rows_of, teach_channels
from vigie.engine.models import added, columns_of
from vigie.risk import Policy, TooFewPositives, Voting, exact, house_fields, house_specs, load_model, train
from vigie.risk.models.voting import MOST_MILLI, OTHER_MILLI
from vigie.selection import SelectionPolicy
from vigie.terms import Found
from vigie.world import Smugglers

UPLIFT = 8.0
"""Lots as often as in the demonstration: at the published intensity the years below give too few finds to learn from."""

MEMORY = 6
"""Years that the model of `explored` is taught on: the last ones."""

SPAN = 2
"""Years between its lessons."""

TAUGHT_YEARS, JUDGED_YEARS = 12, 4
"""Twelve years of 20,000 boxes are about nine months of Antwerp's South-American boxes (EIPA/EPSA: 330,000 a year)."""

def _hits(library: Library, weeks: Sequence[Week]) -> dict[str, tuple[int, int, int]]:
    """Per modus operandi: lots that came, lots in boxes that were looked into, lots found."""
    found: Counter[tuple[str, int]] = Counter()
    for week in weeks:
        for place, row in enumerate(week.rows.tolist()):
            modus = library.truth["typology"][row]
            if modus:
                looked = bool(week.stratum[place])
                hit = looked and week.shows[place] in (Found.COCAINE, Found.PEOPLE)
                for name in (modus, "all"):
                    found[name, 0] += 1
                    found[name, 1] += looked
                    found[name, 2] += hit
    return {name: (found[name, 0], found[name, 1], found[name, 2]) for name, part in found if part == 0}


def _added(one: dict[str, tuple[int, int, int]], other: dict[str, tuple[int, int, int]]) -> dict[str, tuple[int, int, int]]:
    names = one.keys() | other.keys()
    zero = (0, 0, 0)
    return {name: tuple(a + b for a, b in zip(one.get(name, zero), other.get(name, zero), strict=True)) for name in names}  # type: ignore[misc]  # three numbers


def variants(plain: Scores, raws: Mapping[str, Any], earned: Sequence[Voting]) -> dict[str, Scores]:
    """The ways to score that are compared.

    Args:
        plain: Of the rules. raws: Per channel what its model says of every row of the library that is judged.
        earned: Votes that were earned out of time; the house counts these and no others.
    """
    milli = np.array(plain.milli, np.int64)
    votes = {vote.name: vote for vote in earned if vote.weight_milli}
    ways = {"rules": milli}
    if votes:
        ways["rules + votes earned"] = milli + sum(added(vote, raws[name]) for name, vote in votes.items())
    for name, raw in raws.items():
        ways[f"rules + {name}, full weight"] = milli + added(_full(name, raw), raw)
        ways[f"{name} alone"] = raw
    full = sum(added(_full(name, raw), raw) for name, raw in raws.items())
    ways["rules + all, full weight"] = milli + full
    return {name: Scores(score.tolist(), plain.mandatory, name) for name, score in ways.items()}


def _full(name: str, raw: Any) -> Voting:
    """A vote of weight 1 within the bounds of the house, whether it was earned or not."""
    return Voting(name, "", 1000, int(np.median(raw)), MOST_MILLI.get(name, OTHER_MILLI))


def _raws(lessons: Taught, library: Library) -> dict[str, Any]:
    """What each model says of every row of a library."""
    loaded = {member.name: load_model(lessons.bodies[member.model]) for member in lessons.channels.members}
    return {name: model.many(columns_of(library.rows, model.spec.reads)) for name, model in loaded.items()}


def recalled(taught: Library, judged: Library, rules: Policy, chains: int) -> dict[str, Any]:
    """Recall per modus operandi and channel at 8 % scanned, with and without adaptation."""
    told: dict[str, Any] = {"uplift": UPLIFT, "taught_years": TAUGHT_YEARS, "judged_years": JUDGED_YEARS, "chains": chains,
                            "share": 0.08, "votes": [], "rows": []}  # fmt: skip
    plain, later = scores_of(taught, rules), scores_of(judged, rules)
    for adapt in (False, True):
        sums: dict[str, dict[str, tuple[int, int, int]]] = {}
        for chain in range(chains):
            minds = Smugglers() if adapt else None
            port = Port(taught, plain, 9_000_000 + chain, uplift=UPLIFT, smugglers=minds)
            weeks = [week for number in range(TAUGHT_YEARS) for week in port.year(number)]
            lessons = _lessons(table_of(taught, plain, weeks), rules, chain)
            if lessons is None:
                continue
            told["votes"].append(_votes(lessons, adapt, chain))
            for name, scores in variants(later, _raws(lessons, judged), lessons.channels.fusion.votes).items():
                port = Port(judged, scores, 9_500_000 + chain, uplift=UPLIFT, smugglers=deepcopy(minds))
                years = range(TAUGHT_YEARS, TAUGHT_YEARS + JUDGED_YEARS)
                sums[name] = _added(sums.get(name, {}), _hits(judged, [week for number in years for week in port.year(number)]))
        told["rows"] += [_row(adapt, name, modus, counts) for name, table in sums.items() for modus, counts in
                         sorted(table.items())]  # fmt: skip
    return told


def _lessons(table: pa.Table, rules: Policy, seed: int) -> Taught | None:
    try:
        return teach_channels(table, rules, seed + 1)
    except TooFewPositives:
        return None


def _votes(lessons: Taught, adapt: bool, chain: int) -> dict[str, Any]:
    measured = lessons.channels.measured
    return {"adapt": adapt, "chain": chain, "reason": lessons.channels.reason, "positives": measured.positives,
            "looked": measured.looked, "votes": {vote.name: vote.weight_milli for vote in lessons.channels.fusion.votes},
            "members": [member.name for member in lessons.channels.members]}  # fmt: skip


def _row(adapt: bool, name: str, modus: str, counts: tuple[int, int, int]) -> dict[str, Any]:
    came, looked, found = counts
    interval = exact(looked, came)
    return {"adapt": adapt, "channels": name, "modus": modus, "lots": came, "looked": looked, "found": found,
            "recall": round(looked / came, 4), "low": round(interval.low, 4), "high": round(interval.high, 4)}  # fmt: skip


def explored(taught: Library, later: Sequence[Library], rules: Policy, chains: int) -> dict[str, Any]:
    """Pure exploitation beside 90/5/5 while smugglers adapt: the seizure model at full weight, taught anew for each span.

    Each span of years is drawn from a library of its own, so that a model never meets a box that it was taught on.
    """
    ways = {"100/0/0": SelectionPolicy(0, 0), "90/5/5": SelectionPolicy(50, 50)}
    told: dict[str, Any] = {"chains": chains, "uplift": UPLIFT, "taught_years": MEMORY, "rows": []}
    sums: Counter[tuple[str, int, int]] = Counter()
    for chain in range(chains):
        for name, shares in ways.items():
            for number, counts in enumerate(_learning(taught, later, rules, chain, shares)):
                sums.update({(name, number, part): count for part, count in enumerate(counts)})
    years = range(SPAN * len(later))
    told["rows"] = [_explored(name, number, [sums[name, number, part] for part in range(3)]) for name in ways for number in years]
    totals = {name: [sum(sums[name, number, part] for number in years) for part in range(3)] for name in ways}
    told["totals"] = {name: _explored(name, -1, counts) for name, counts in totals.items()}
    (lots, looked, _), (other_lots, other_looked, _) = totals.values()
    told["p"] = round(_exactly(looked, lots, other_looked, other_lots), 4)
    return told


def _explored(way: str, number: int, counts: Sequence[int]) -> dict[str, Any]:
    lots, looked, found = counts
    interval = exact(looked, lots)
    return {"way": way, "year": number + 1, "lots": lots, "looked": looked, "found": found, "recall": round(looked / lots, 4),
            "low": round(interval.low, 4), "high": round(interval.high, 4)}  # fmt: skip


def _exactly(looked: int, lots: int, other_looked: int, other_lots: int) -> float:
    """Two shares of different lots compared: Fisher's exact test, two-sided."""
    from scipy.stats import fisher_exact

    return float(fisher_exact([[looked, lots - looked], [other_looked, other_lots - other_looked]])[1])


def _learning(taught: Library, later: Sequence[Library], rules: Policy, chain: int,
              shares: SelectionPolicy) -> list[tuple[int, int, int]]:
    """Years after the lessons, each with what came, what was looked into, what was found."""
    minds, told, tables = Smugglers(), [], []

    def year(library: Library, scores: Scores, number: int) -> list[Week]:
        port = Port(library, scores, 8_000_000 + chain, uplift=UPLIFT, smugglers=minds, policy=shares)
        weeks = list(port.year(number))
        tables.append(_looked(table_of(library, scores, weeks)))
        return weeks

    plain = scores_of(taught, rules)
    for number in range(MEMORY):
        year(taught, plain, number)
    for span, library in enumerate(later):
        scores = _seizure(pa.concat_tables(tables[-MEMORY:]), library, scores_of(library, rules), chain)
        for number in range(SPAN):
            told.append(_hits(library, year(library, scores, MEMORY + span * SPAN + number))["all"])
    return told


def _looked(table: pa.Table) -> pa.Table:
    """Only what was looked into: a model of finds learns from nothing else."""
    return table.filter(table["chosen"])


def _seizure(table: pa.Table, library: Library, plain: Scores, seed: int) -> Scores:
    """The rules with the seizure channel at full weight, taught on all controls of a table; too few finds leave the rules."""
    rows = rows_of(table)
    spec = next(one for one in house_specs(int(rows.positive.sum()), seed + 1) if one.channel == "seizure")
    try:
        body = train(spec, house_fields(), columns_of(table, spec.reads), rows.positive, rows.at, looked=rows.looked)
    except TooFewPositives:
        return plain
    raw = load_model(body).many(columns_of(library.rows, spec.reads))
    milli = np.array(plain.milli, np.int64) + added(_full("seizure", raw), raw)
    return Scores(milli.tolist(), plain.mandatory, "rules and seizure")
