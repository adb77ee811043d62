"""A small feature set with one of everything, random logs for it, and its definition written as plainly as can be."""

from hypothesis import strategies as st

from vigie.risk import (
    Aggregate,
    Family,
    Feature,
    FeatureSet,
    HistoryRow,
    Kind,
    LiveFeatures,
    MemoryState,
    Novelty,
)
from vigie.terms import DAY

SMALL = FeatureSet(
    (Family("party", ("party",)), Family("lane", ("lane",)), Family("seal", ("seal",))),
    ("boxes", "at", "grams", "new_lane"),
    (
        Feature("party_boxes", "party", Aggregate.COUNT, "boxes"),
        Feature("party_boxes_1d", "party", Aggregate.COUNT, "boxes", 1),
        Feature("party_grams_30d", "party", Aggregate.SUM, "grams", 30),
        Feature("party_first", "party", Aggregate.FIRST, "at"),
        Feature("party_last", "party", Aggregate.LAST, "at"),
        Feature("party_lanes_30d", "party", Aggregate.SUM, "new_lane", 30),
        Feature("lane_grams", "lane", Aggregate.SUM, "grams"),
        Feature("lane_grams_first", "lane", Aggregate.FIRST, "grams"),
        Feature("lane_weighed_30d", "lane", Aggregate.COUNT, "grams", 30),
        Feature("seal_grams_last", "seal", Aggregate.LAST, "grams"),
    ),
    (Novelty("new_lane", "lane", "boxes"),),
)

GAPS = (0, 1, 1000, DAY - 1, DAY, DAY + 1, 15 * DAY, 30 * DAY - 1, 30 * DAY, 30 * DAY + 1)
"""Steps of the clock: within an entry, and on both sides of every window's edge."""


@st.composite
def logs(draw: st.DrawFn, most: int = 24) -> list[HistoryRow]:
    """Rows in order of hlc: announcements, amendments, outcomes and retractions of any of them, or of nothing."""
    hlc, rows, standing = DAY, [], []
    key = st.one_of(st.none(), st.integers(0, 1))
    for line in range(draw(st.integers(0, most))):
        hlc += draw(st.sampled_from(GAPS))
        act = draw(st.integers(0, 9))
        old = draw(st.sampled_from(standing)) if standing and act < 3 else None
        if old is not None and old.hlc < hlc:
            standing.remove(old)
            target = old.hlc if old.kind == Kind.OUTCOME else hlc - 1
            rows.append(HistoryRow(hlc, old.line, Kind.RETRACTED, target=target, of=old.kind))
        elif act == 3:
            rows.append(HistoryRow(hlc, 10_000 + line, Kind.RETRACTED, target=hlc - 1, of=Kind.ANNOUNCED))
        else:
            kind = Kind.ANNOUNCED if act < 8 else Kind.OUTCOME if act == 8 else Kind.AMENDED
            announced = int(kind is Kind.ANNOUNCED)
            said = (announced, hlc * announced, draw(st.sampled_from((0, 1, 5))), 0)
            rows.append(HistoryRow(hlc, line, kind, (draw(key), draw(key), draw(key)), said))
            if kind is not Kind.AMENDED:
                standing.append(rows[-1])
    return rows


def counted_and_vectors(
    declared: FeatureSet, rows: list[HistoryRow], size: int
) -> tuple[list[HistoryRow], list[tuple[int | None, ...]]]:
    """Fold a log live in batches of at least `size` rows, never cutting an entry in two."""
    live, state = LiveFeatures(declared), MemoryState()
    counted: list[HistoryRow] = []
    vectors: list[tuple[int | None, ...]] = []
    start = 0
    while start < len(rows):
        end = min(start + size, len(rows))
        while end < len(rows) and rows[end].hlc == rows[end - 1].hlc:
            end += 1
        done = live.fold(rows[start:end], state)
        state.keep(done.rows, done.prefix, done.taken)
        counted += done.rows
        vectors += (vector for vector in done.vectors if vector)
        start = end
    return counted, vectors


def plainly(declared: FeatureSet, counted: list[HistoryRow]) -> list[tuple[int | None, ...]]:
    """The vectors by the definition, entry by entry, looking at the whole log each time."""
    return [
        tuple(_value(declared, feature, event, counted) for feature in declared.features)
        for event in counted if event.kind != Kind.RETRACTED
    ]


def _value(declared: FeatureSet, feature: Feature, event: HistoryRow, counted: list[HistoryRow]) -> int | None:
    family, measure = declared.family_number(feature.family), declared.measures.index(feature.measure)
    key = event.keys[family]
    if key is None:
        return None
    since = 0 if feature.window is None else event.hlc - feature.window
    before = [row for row in counted if row.hlc <= event.hlc - 1 and row.keys[family] == key]
    given = [row for row in before if row.kind != Kind.RETRACTED and row.hlc >= since]
    taken = [row for row in before if row.kind == Kind.RETRACTED and row.target >= since]
    if feature.summed:
        amounts = [sum(min(row.measures[measure], 1) if feature.aggregate is Aggregate.COUNT else row.measures[measure]
                       for row in rows) for rows in (given, taken)]
        return amounts[0] - amounts[1]
    gave = {at: [row for row in given if row.hlc == at] for at in sorted({row.hlc for row in given})}
    standing = [
        max(row.measures[measure] for row in rows)
        for at, rows in gave.items() if len(rows) > sum(row.target == at for row in taken)
    ]
    told = [value for value in standing if value > 0]
    return (told[0] if feature.aggregate is Aggregate.FIRST else told[-1]) if told else None
