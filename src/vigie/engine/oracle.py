"""Running the oracle's SQL on DuckDB: slow, independent, and the judge of the other two forms."""

from collections.abc import Iterator

import duckdb
import numpy as np

from vigie.engine.columns import UNSAID, HistoryColumns
from vigie.engine.fold import Column
from vigie.risk import FeatureSet, oracle_text


def judge(declared: FeatureSet, history: HistoryColumns, threads: int = 1) -> Iterator[Column]:
    """Compute all features by the SQL text.

    Args:
        declared: The features. history: All columns.
        threads: How many DuckDB may use.

    Returns:
        A column per feature; its rows are those of the history without retractions, ordered by hlc, line and kind.
    """
    with duckdb.connect(config={"threads": threads}) as base:
        base.register("given", dict(history.flat()))
        names = (f"NULLIF({name}, {UNSAID}) AS {name}" if name.startswith("k_") else name for name, _ in history.flat())
        base.execute(f"CREATE TABLE history AS SELECT {', '.join(names)} FROM given")
        for family in declared.families:
            mine = [feature.name for _, feature in declared.of_family(family.name)]
            if mine:
                found = base.execute(oracle_text(declared, family.name)).fetchnumpy()
                for name in mine:
                    values = np.ma.asarray(found[name])
                    known = ~np.ma.getmaskarray(values)
                    yield Column(name, values.filled(0).astype(np.int64), known)
