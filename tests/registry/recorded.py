"""Seizures recorded through the desk, for tests of faces."""

from vigie.cli.operator import opened
from vigie.desk import registry
from vigie.registry import Report, Seized, Substance
from vigie.terms import DAY, Handling, Moment, read_moment

DAY_2024 = read_moment("2024-03-02T12:00:00Z")


def a_report(at, grams=1_000_000, *, place="BEANR", provenance="EC", case="", handling=Handling.AMBER, **more):
    told = Seized(at, place, (Substance("cocaine", net_g=grams),), provenance=provenance, case=case, cover_hs="080390",
                  handling=handling, **more)  # fmt: skip
    return Report("customs", "BE", "officer:operator", told)


def record(home):
    """Record two seizures of March 2024 at the node of the terminal."""
    with opened() as (node, officer):
        for place, grams in enumerate((1_000_000, 12_500)):
            at = Moment(DAY_2024 + DAY * place)
            registry.record(officer, a_report(at, grams, provenance=("EC", "BR")[place]), node)
