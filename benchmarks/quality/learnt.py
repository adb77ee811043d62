"""Models of public tables, taught and loaded by the code that a port runs."""

from typing import Any

from benchmarks.quality.risk_table import Table

from vigie.risk import Field, ModelSpec, Predictor, load_model, train


def learnt(spec: ModelSpec, fields: tuple[Field, ...], table: Table, positive: Any, when: str) -> Predictor:
    """Teach a recipe on a table, and load it with its proof.

    Args:
        fields: What the table holds, each with its role. positive: Label of each row. when: Column of the moments.
    """
    return load_model(train(spec, fields, table, positive, table[when]))
