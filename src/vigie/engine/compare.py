"""Two policies over the same decisions, counted by DuckDB."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

import duckdb
import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from vigie.engine.backtest import SILENT, given
from vigie.engine.models import voted
from vigie.risk import Compared, Policy, Predictor, compare_sql, pairing


def compared(
    first: Policy, second: Policy, source: pa.Table | Sequence[Path], threads: int = 2,
    models: Mapping[str, Predictor] = MappingProxyType({}),
) -> Compared:  # fmt: skip
    """Let two policies choose from the same decisions.

    Args:
        first, second: Champion and challenger; where the second names no votes, those of the first vote in it, so that
            only the rules differ. source: A decision table, or its files. threads: Cores that DuckDB may use.
        models: Those that vote in either, by hash.
    """
    if second.fusion is None:
        second = msgspec.structs.replace(second, fusion=first.fusion)
    others: pa.Table | None = None
    if (first.fusion or second.fusion) and (isinstance(source, pa.Table) or source):
        table = source if isinstance(source, pa.Table) else pa.concat_tables([pq.read_table(path) for path in source])
        source = voted(first, table, models, threads)
        others = None if _same_votes(first, second) else voted(second, table, models, threads)
    rows: list[tuple[str, bool, bool, bool, bool, bool, int]] = []
    if isinstance(source, pa.Table) or source:
        with duckdb.connect(config={"threads": threads}) as connection:
            connection.execute(SILENT)
            if others is not None:
                connection.register("other_rows", others)
            told = compare_sql(first, second, given(connection, source), "" if others is None else "other_rows")
            rows = connection.sql(told).fetchall()
    looked: Counter[tuple[bool, bool, bool]] = Counter()
    drawn: Counter[tuple[bool, bool, bool]] = Counter()
    sites: dict[str, tuple[int, int]] = {}
    for site, one, two, inspected, random, hit, boxes in rows:
        chosen, both = sites.get(site or "", (0, 0))
        sites[site or ""] = (chosen + boxes * one, both + boxes * (one and two))
        if inspected:
            looked[one, two, hit] += boxes
            drawn[one, two, hit] += boxes * random
    return Compared(
        first.hash, second.hash, sum(row[-1] for row in rows), sum(chosen for chosen, _ in sites.values()),
        sum(both for _, both in sites.values()), pairing(looked), pairing(drawn), sites,
    )  # fmt: skip


def _same_votes(first: Policy, second: Policy) -> bool:
    return first.fusion is not None and second.fusion is not None and first.fusion.votes == second.fusion.votes
