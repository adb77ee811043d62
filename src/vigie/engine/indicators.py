"""Indicators and scores over many rows: the SQL that the risk room writes, run by DuckDB on Arrow tables."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

import duckdb
import pyarrow as pa

from vigie.engine.models import voted, with_chances
from vigie.risk import COLUMNS, Policy, Predictor, derived_sql, mask_sql, score_sql

_ARROW = {"int": pa.int64(), "moment": pa.int64(), "float": pa.float64(), "text": pa.string(), "bool": pa.bool_()}


def row_table(rows: Iterable[Sequence[object]], **keys: Sequence[object]) -> pa.Table:
    """Turn rows of `vigie.risk.columns` into a table with one column each.

    Args:
        rows: Rows in the order of `COLUMNS`. keys: Further columns, as long as the rows are many (visit, hlc …).

    Returns:
        Columns named and typed as declared: whole numbers and moments (µs) as 64-bit integers, unknown as null.
    """
    turned = list(zip(*rows, strict=True)) or [()] * len(COLUMNS)
    arrays = {each.name: pa.array(values, _ARROW[each.type]) for each, values in zip(COLUMNS, turned, strict=True)}
    return pa.table({**{name: pa.array(values) for name, values in keys.items()}, **arrays})


def derived(table: pa.Table, threads: int = 1) -> pa.Table:
    """Compute the derived columns of a table that holds all others; columns beside them are kept."""
    return _run(derived_sql("rows"), table, threads)


def fired(policy: Policy, table: pa.Table, keys: Sequence[str] = (), threads: int = 1) -> pa.Table:
    """Tell which indicators fire, row by row, in the order of the table.

    Args:
        policy: Whose indicators. table: Columns of `COLUMNS`, by name. keys: Columns to pass through.
        threads: Cores that DuckDB may use.

    Returns:
        `keys`, then words `mask_0` …; bit `n` of word `w` is indicator `63 w + n` of the policy.
    """
    return _run(mask_sql(policy, "rows", tuple(keys)), table, threads)


def scored(
    policy: Policy, table: pa.Table, keys: Sequence[str] = (), threads: int = 1,
    models: Mapping[str, Predictor] = MappingProxyType({}),
) -> pa.Table:
    """Tell the score of every row, as the live assessment of the same row tells it.

    Args:
        models: Those that vote in the policy, by hash.

    Returns:
        `keys`, `logodds_milli`, `band`, `mandatory`, then words `mask_0` …, in the order of the table; where models
        vote, `channel_…` of each (what it added); where the policy is calibrated, `chance_ppm`.
    """
    if policy.fusion is None:
        return _run(score_sql(policy, "rows", tuple(keys)), table, threads)
    rows = voted(policy, table, models, threads)
    return with_chances(policy, _run(score_sql(policy, "rows", tuple(keys)), rows, threads))


def _run(query: str, table: pa.Table, threads: int) -> pa.Table:
    with duckdb.connect(config={"threads": threads}) as connection:
        connection.register("rows", table)
        return connection.sql(query).to_arrow_table()
