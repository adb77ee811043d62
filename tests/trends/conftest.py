"""Counts of made-up ports, small enough to reckon by hand."""

import pytest

from vigie.trends import Count

FIRST = 12 * 2022


@pytest.fixture(scope="session")
def series():
    """Make three years of one large and two small ports; findings of each, the same in every month of a part."""

    def make(before=(12, 1, 1), after=None, at=24, months=36, inspected=(1000, 1000, 1000), looks=1, names=("A", "B", "C")):
        told = []
        for month in range(months):
            late = month >= at
            found = after if late and after is not None else before
            for name, n, looked in zip(names, found, inspected, strict=True):
                effort = looked * (looks if late and name != names[0] else 1) if looked is not None else None
                told.append(Count(FIRST + month, name, "", float(n), n * 300.0, effort))
        return told

    return make
