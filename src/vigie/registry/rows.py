"""The register as plain rows, one for each substance of each seizure that counts: for figures and statistics."""

from collections.abc import Iterable, Iterator

import msgspec

from vigie.registry.seizure import Seizure


class SeizureRow(msgspec.Struct, frozen=True):
    """One substance of one seizure.

    Attributes:
        id: The seizure. hlc: Log entry of its first record. at: When it was seized, µs UTC.
        place, country: UN/LOCODE; ISO 3166 of it. substance: Of the vocabulary.
        grams: What counts: net, else gross; None where not weighed. net_g, gross_g: Each as told.
        leads: The first substance: findings are counted by it, so that a seizure counts once.
        packages: Number, where counted. cover_hs: HS code of the goods around. concealment, detector: Words or empty.
        provenance, loaded, route: Country; UN/LOCODE; UN/LOCODEs, a blank between.
        services, countries: Sorted, a blank between. scope: Way it came. handling: 0 to 4.
        is_closed: False while provisional. is_joint: Told of by several. container, visit: The box, where it was one.
    """

    id: str
    hlc: int
    at: int
    place: str
    country: str
    substance: str
    grams: int | None
    net_g: int | None
    gross_g: int | None
    leads: bool
    packages: int | None
    cover_hs: str
    concealment: str
    provenance: str
    loaded: str
    route: str
    detector: str
    services: str
    countries: str
    scope: str
    handling: int
    is_closed: bool
    is_joint: bool
    container: str
    visit: str


SEIZURE_COLUMNS = SeizureRow.__struct_fields__
"""Names of the columns, in their order; the same in the store, in exports and for statistics."""


def rows_of(seizure: Seizure) -> Iterator[SeizureRow]:
    """The rows of one seizure."""
    told = seizure.seized
    services = sorted({*told.services, *(one.service for one in seizure.reports if one.service)})
    countries = sorted({*told.countries, *(one.country for one in seizure.reports if one.country)})
    for place, one in enumerate(told.substances):
        yield SeizureRow(
            seizure.id, seizure.recorded, told.at, told.place, told.place[:2], one.name, one.grams, one.net_g,
            one.gross_g, place == 0, one.packages, told.cover_hs,
            "" if told.concealment is None else told.concealment.value, told.provenance, told.loaded,
            " ".join(told.route), "" if told.detector is None else told.detector.value, " ".join(services),
            " ".join(countries), told.scope, int(told.handling), told.is_closed, seizure.is_joint, told.container,
            str(told.visit),
        )  # fmt: skip


LOTS_G = (10_000, 100_000, 1_000_000)
"""Bounds of the classes of lots, grams: 10 kg, 100 kg, 1 t. Source: own classes, one step of ten each."""

UNWEIGHED = "x"
"""Class of what was not weighed."""

LOTS = (*(str(place) for place in range(len(LOTS_G) + 1)), UNWEIGHED)
"""The classes of lots, the lightest first."""


def lot_of(grams: int | None) -> str:
    """The class of a lot: `0` to `3` by `LOTS_G`, `x` where it was not weighed.

    >>> [lot_of(grams) for grams in (None, 10_000, 10_001, 2_000_000)]
    ['x', '0', '1', '3']
    """
    return UNWEIGHED if grams is None else str(sum(grams > bound for bound in LOTS_G))


class Sum(msgspec.Struct, frozen=True):
    """What rows come to. findings: Seizures. grams: Of those that were weighed. unweighed: How many were not. open:
    How many are provisional. ids: The seizures, for whoever wants to see what a figure was made of.
    """

    findings: int
    grams: int
    unweighed: int
    open: int
    ids: tuple[str, ...]


def summed(rows: Iterable[SeizureRow]) -> Sum:
    """Sum rows: whole grams, the same in any order."""
    seen: dict[str, bool] = {}
    grams = unweighed = 0
    for row in rows:
        seen[row.id] = row.is_closed
        unweighed += row.grams is None
        grams += row.grams or 0
    return Sum(len(seen), grams, unweighed, sum(not closed for closed in seen.values()), tuple(seen))
