"""Teaching the channels of a node on its decision table, and judging them on later decisions."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
import numpy as np
import pyarrow as pa

from vigie.engine.indicators import scored
from vigie.engine.models import added, columns_of
from vigie.risk import (
    LIVE_POSITIVES,
    SHADOW_POSITIVES,
    UNKNOWN,
    Calibration,
    Card,
    ChannelSet,
    Earned,
    Fusion,
    How,
    Input,
    Judged,
    Label,
    LearningMeasured,
    Member,
    ModelSpec,
    Policy,
    Predictor,
    Role,
    TooFewPositives,
    apart,
    calibrate,
    chances,
    earn,
    house_fields,
    house_specs,
    load_model,
    model_hash,
    reliability,
    train,
    worth,
)

Array = np.ndarray[Any, np.dtype[Any]]
Told = Callable[[str], None]

TAUGHT = 0.6
"""Share of the decisions, the earliest, that models are taught on; of the rest, the earlier half teaches the votes and
the later half judges them. What was judged is what votes: nothing is taught again afterwards."""


@dataclass(frozen=True)
class Rows:
    """Decisions with their labels, in the order of time.

    Attributes:
        table: The decision table. at: Moments. looked: Somebody looked. positive, irregular: What was found.
        known_at: When the outcome was known; far away where nobody looked.
        propensity: Of rows drawn by chance, else NaN.
        find: Contraband of any kind was found. traders: Keys of consignee and of consignor, `UNKNOWN` where not told.
    """

    table: pa.Table
    at: Array
    looked: Array
    positive: Array
    irregular: Array
    known_at: Array
    propensity: Array
    find: Array
    traders: tuple[Array, Array]

    def only(self, stays: Array) -> "Rows":
        """Some of the rows."""
        consignee, consignor = self.traders
        return Rows(
            self.table.filter(pa.array(stays)), self.at[stays], self.looked[stays], self.positive[stays],
            self.irregular[stays], self.known_at[stays], self.propensity[stays], self.find[stays],
            (consignee[stays], consignor[stays]),
        )  # fmt: skip


_NEVER = 1 << 60
_NO_FIND = ("nothing", "irregularity")  # honest people err; they are no case
_BY_CHANCE = ("tilted", "uniform")  # strata, as `vigie.risk.RANDOM` says it in SQL


def rows_of(table: pa.Table) -> Rows:
    """Read labels off a decision table; a find after the box had left is a label like any other."""
    table = table.sort_by([("at", "ascending"), ("visit", "ascending")])
    found = table["found"].to_pylist()
    looked = np.array([one is not None for one in found], np.bool_)
    decided = zip(*(table[name].to_pylist() for name in ("propensity", "chosen", "stratum")), strict=True)
    drawn = [one if chosen and stratum in _BY_CHANCE else None for one, chosen, stratum in decided]
    return Rows(
        table, np.array(table["at"].to_pylist(), np.int64), looked,
        np.array([one == "cocaine" for one in found], np.bool_),
        np.array([one not in (None, "nothing") for one in found], np.bool_),
        np.array([_NEVER if one is None else one for one in table["outcome_at"].to_pylist()], np.int64),
        np.array([np.nan if one is None else one for one in drawn], np.float64),
        np.array([one not in (None, *_NO_FIND) for one in found], np.bool_),
        (_keys(table["consignee_key"]), _keys(table["consignor_key"])),
    )  # fmt: skip


def _keys(column: pa.ChunkedArray) -> Array:
    found: Array = column.fill_null(UNKNOWN).to_numpy()
    return found


@dataclass(frozen=True)
class Taught:
    """A set of channels and the bytes of its models, by hash."""

    channels: ChannelSet
    bodies: Mapping[str, bytes]


def teach_channels(table: pa.Table, rules: Policy, seed: int = 1, told: Told = lambda _: None) -> Taught:
    """Teach, weigh, calibrate and judge the channels of the house.

    Args:
        table: Decisions (`vigie.engine.Archive.read`). rules: The rules in force, without models.
        seed: Of all draws. told: Hears what is being done.

    Raises:
        TooFewPositives: Fewer finds than a model may run in the shadow with; how many are needed is among the facts.
    """
    rows = rows_of(table)
    have = int(rows.positive.sum())
    if have < SHADOW_POSITIVES:
        raise TooFewPositives(have=have, need=SHADOW_POSITIVES)
    first, last = int(len(rows.at) * TAUGHT), int(len(rows.at) * (1 + TAUGHT) / 2)
    whole, split, stays = rows, int(rows.at[last]), apart(rows.traders, rows.find, (first, last))
    if not stays[first:].any():  # one case is all there is
        raise TooFewPositives(have=0, need=SHADOW_POSITIVES)
    rows, last = whole.only(stays), int(stays[:last].sum())
    cut = int(rows.at[first])
    bodies = _models(rows, first, cut, seed, told)
    loaded = {name: load_model(body) for name, body in bodies.items()}
    told("judge")
    later = rows.table.slice(first)
    raws = {name: model.many(columns_of(later, model.spec.reads)) for name, model in loaded.items()}
    plain = np.array(scored(rules, later)["logodds_milli"].to_pylist(), np.int64)
    earned = _earned(rows, first, split, plain, raws, loaded, have, seed)
    fused = _fused(plain, raws, earned)
    steps, chance_table = _calibrated(rows, first, fused)
    measured = LearningMeasured(
        int(whole.at[0]), int(whole.at[-1]), cut, split, len(whole.at), int(whole.looked.sum()), have,
        int(whole.irregular.sum()),
        (*_worths(rows, first, last, plain, raws, earned), *_who_looked(rows, first, last, cut, seed)), chance_table,
        int((rows.positive & ~np.isnan(rows.propensity))[first:].sum()), seed, int((~stays).sum()),
    )  # fmt: skip
    members = tuple(
        Member(name, model.hash, model.spec.learner.value, model.inputs, model.card) for name, model in loaded.items()
    )
    channels = ChannelSet(members, Fusion(earned.votes, steps), earned.gains, earned.reason, measured,
                          _notes(have, steps, loaded))  # fmt: skip
    return Taught(channels, {model_hash(body): body for body in bodies.values()})


def _models(rows: Rows, first: int, cut: int, seed: int, told: Told) -> dict[str, bytes]:
    """Teach each channel on the earliest decisions, with what was known of them by then."""
    known = rows.looked[:first] & (rows.known_at[:first] < cut)
    early = rows.table.slice(0, first)
    bodies = {}
    for spec in house_specs(int((rows.positive[:first] & known).sum()), seed):
        told(spec.channel)
        label = rows.positive if spec.label is Label.POSITIVE else rows.irregular
        table = columns_of(early, spec.reads)
        try:
            bodies[spec.channel] = train(spec, house_fields(), table, label[:first] & known, rows.at[:first],
                                         looked=known, card=_card(spec))  # fmt: skip
        except TooFewPositives:
            continue
    return bodies


def _card(spec: ModelSpec) -> Card:
    notes = ["selective"] if spec.label is not Label.NONE else ["unsupervised"]
    return Card(notes=tuple(notes))


def _earned(
    rows: Rows,
    first: int,
    split: int,
    plain: Array,
    raws: Mapping[str, Array],
    loaded: Mapping[str, Predictor],
    have: int,
    seed: int,
) -> Earned:
    """Votes from decisions that somebody looked at, later than those the models know; usual boxes are all boxes."""
    seen = rows.looked[first:]
    hashes, weights = {name: model.hash for name, model in loaded.items()}, _weights(rows, first)[seen]
    voters = {name: raw for name, raw in raws.items() if name != "seizure" or have >= LIVE_POSITIVES}
    return earn(
        plain[seen], {name: raw[seen] for name, raw in voters.items()}, rows.positive[first:][seen],
        rows.at[first:][seen], hashes, weights=weights,
        centres={name: int(np.median(raw)) for name, raw in raws.items()}, until=split, seed=seed,
    )  # fmt: skip


def _weights(rows: Rows, first: int) -> Array:
    """A box drawn by chance stands for those that were not; others stand for themselves."""
    drawn: Array = np.where(np.isnan(rows.propensity), 1.0, 1.0 / rows.propensity)
    return drawn[first:]


def _fused(plain: Array, raws: Mapping[str, Array], earned: Earned, left_out: str = "") -> Array:
    told = plain.copy()
    for vote in earned.votes:
        if vote.name != left_out:
            told += added(vote, raws[vote.name])
    return told


def _calibrated(rows: Rows, first: int, fused: Array) -> tuple[Calibration | None, tuple[tuple[int, int, int], ...]]:
    seen = rows.looked[first:]
    propensity = [None if one != one else float(one) for one in rows.propensity[first:][seen].tolist()]
    steps = calibrate(fused[seen], rows.positive[first:][seen], rows.at[first:][seen], propensity)
    if steps is None:
        return None, ()
    fair = np.array([one is not None for one in propensity]) if steps.calibrated else np.ones(int(seen.sum()), np.bool_)
    said = chances(steps.starts, steps.ppm, fused[seen][fair])
    weights = [1.0 / one for one in propensity if one] if steps.calibrated else None
    return steps, reliability(said, rows.positive[first:][seen][fair], weights)


def _worths(
    rows: Rows, first: int, last: int, plain: Array, raws: Mapping[str, Array], earned: Earned
) -> tuple[Judged, ...]:
    """What each way to score is worth on the last decisions that somebody looked at."""
    seen = rows.looked.copy()
    seen[:last] = False
    judged = seen[first:]
    hit = rows.positive[first:][judged]
    ways: dict[str, Array] = {"rules": plain, "all": _fused(plain, raws, earned)}
    ways |= {f"without {vote.name}": _fused(plain, raws, earned, vote.name) for vote in earned.votes}
    ways |= {f"only {name}": raw for name, raw in raws.items()}
    return tuple(Judged(name, worth(score[judged], hit)) for name, score in ways.items())


def _who_looked(rows: Rows, first: int, last: int, cut: int, seed: int) -> tuple[Judged, ...]:
    """How much of "any irregularity" is explained by who looked: the proxy taught with and without, judged alike."""
    proxy = house_specs(0, seed)[1]
    who = tuple(Input(field.name, how=How.CODE) for field in house_fields() if field.role is Role.DETECTOR)
    known = rows.looked[:first] & (rows.known_at[:first] < cut)
    judged = rows.looked & (np.arange(len(rows.at)) >= last)
    told = []
    for name, spec in (("irregular", proxy), ("irregular with who looked", msgspec.structs.replace(
            proxy, inputs=(*proxy.inputs, *who), detector=True))):  # fmt: skip
        try:
            body = train(spec, house_fields(), columns_of(rows.table.slice(0, first), spec.reads),
                         rows.irregular[:first] & known, rows.at[:first], looked=known)  # fmt: skip
        except TooFewPositives:
            return ()
        score = load_model(body).many(columns_of(rows.table.filter(pa.array(judged)), spec.reads))
        told.append(Judged(name, worth(score, rows.irregular[judged])))
    return tuple(told)


def _notes(have: int, steps: Calibration | None, loaded: Mapping[str, Predictor]) -> tuple[str, ...]:
    found: Sequence[tuple[str, bool]] = (
        ("shadow-only", have < LIVE_POSITIVES), ("no-seizure", "seizure" not in loaded),
        ("no-proxy", "proxy" not in loaded), ("not-calibrated", steps is None or not steps.calibrated),
        ("selective", True),
    )  # fmt: skip
    return tuple(name for name, holds in found if holds)


def judge_channels(
    table: pa.Table, rules: Policy, channels: ChannelSet, models: Mapping[str, Predictor],
    before: pa.Table | None = None,
) -> tuple[Judged, ...]:  # fmt: skip
    """Judge taught channels on decisions they have not seen.

    Args:
        table: Decisions later than `channels.measured.until`. rules: The rules in force, without models.
        models: Loaded, by hash. before: What the channels knew (columns found, consignee_key, consignor_key): decisions
            of a trader who stood beside a find there judge nothing.

    Returns:
        Each way to score, on the decisions that somebody looked at; none where nobody looked.
    """
    rows = rows_of(table) if before is None else _apart_from(before, rows_of(table))
    if not rows.looked.any():
        return ()
    plain = np.array(scored(rules, rows.table)["logodds_milli"].to_pylist(), np.int64)
    raws = {one.name: models[one.model].many(columns_of(rows.table, models[one.model].spec.reads))
            for one in channels.members}  # fmt: skip
    earned = Earned(channels.fusion.votes, channels.gains, channels.reason)
    return _worths(rows, 0, 0, plain, raws, earned)


def _apart_from(before: pa.Table, rows: Rows) -> Rows:
    """The rows without those of the cases of before."""
    known, many = [one not in (None, *_NO_FIND) for one in before["found"].to_pylist()], before.num_rows
    earlier = (_keys(before["consignee_key"]), _keys(before["consignor_key"]))
    traders = tuple(np.concatenate(pair) for pair in zip(earlier, rows.traders, strict=True))
    return rows.only(apart(traders, np.concatenate([np.array(known, np.bool_), rows.find]), (many,))[many:])
