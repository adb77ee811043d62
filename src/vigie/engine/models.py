"""Models over many rows: Arrow columns to what a model reads, and what each channel adds to a row's score."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vigie.risk import Policy, Predictor, Voting, chances, channel_column

_EXACT = 1 << 53  # above it a double no longer holds every whole number (IEEE 754)


def columns_of(table: pa.Table, names: Sequence[str]) -> dict[str, Sequence[Any]]:
    """Turn columns of a table into what models read: arrays of numbers with NaN for null, else lists with None."""
    return {name: _values(table[name]) for name in names}


def _values(column: pa.ChunkedArray) -> Any:
    kind = column.type
    if pa.types.is_boolean(kind):
        column, kind = column.cast(pa.int8()), pa.int8()
    if pa.types.is_floating(kind):
        return column.to_numpy()
    if pa.types.is_integer(kind):
        bounds = pc.min_max(column)
        if not column.null_count or max(abs(one or 0) for one in bounds.as_py().values()) <= _EXACT:
            return column.to_numpy()
    return column.to_pylist()


def added(vote: Voting, raw_milli: "np.ndarray[Any, np.dtype[np.int64]]") -> "np.ndarray[Any, np.dtype[np.int64]]":
    """What a channel adds to each row: the same whole numbers as `Voting.adds` one by one."""
    told: np.ndarray[Any, np.dtype[np.int64]] = np.clip(
        vote.weight_milli * (raw_milli - vote.centre_milli) // 1000, -vote.most_milli, vote.most_milli
    )
    return told


def voted(policy: Policy, table: pa.Table, models: Mapping[str, Predictor], threads: int = 1) -> pa.Table:
    """Add a column `channel_…` for each model of the policy that votes.

    Raises:
        KeyError: A model that votes is not among `models`; the live assessor of the policy says so first.
    """
    for vote in policy.fusion.votes if policy.fusion else ():
        model = models[vote.model]
        raw = model.many(columns_of(table, model.spec.reads), threads)
        table = table.append_column(channel_column(vote.name), pa.array(added(vote, raw), pa.int64()))
    return table


def with_chances(policy: Policy, told: pa.Table) -> pa.Table:
    """Add the column `chance_ppm` where the policy is calibrated: the chance that each score means, millionths."""
    steps = policy.fusion.calibration if policy.fusion else None
    if steps is None:
        return told
    found = chances(steps.starts, steps.ppm, told["logodds_milli"].to_numpy())
    return told.append_column("chance_ppm", pa.array(found, pa.int64()))
