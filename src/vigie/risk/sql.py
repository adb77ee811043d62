"""The oracle form of a feature set: plain SQL that says what a feature is, and shares no line with the other two forms.

One statement per key family, over a table `history` with the columns hlc, line, kind, target, one `k_<family>` per
family (NULL where not said) and one `m_<measure>` per measure. DuckDB, SQLite and PostgreSQL run the same text.
"""

from collections.abc import Iterator

from vigie.risk.aggregates import Aggregate, Feature, FeatureSet

_RETRACTED = 3  # Kind.RETRACTED


def history_columns(declared: FeatureSet) -> tuple[str, ...]:
    """The columns of the table `history` that the statements read, in order."""
    keys = (f"k_{family.name}" for family in declared.families)
    return ("hlc", "line", "kind", "target", *keys, *(f"m_{measure}" for measure in declared.measures))


def oracle_text(declared: FeatureSet, family: str) -> str:
    """Write the statement for one family.

    Returns:
        SQL whose rows are hlc, line, kind and the family's features, for each row of `history` but retractions, in
        order of hlc, line and kind.
    """
    mine = [feature for _, feature in declared.of_family(family)]
    summed = [each for each in mine if each.summed]
    slots = [each for each in mine if not each.summed]
    windows = list(dict.fromkeys(each.window_days for each in summed))
    tables = [_said(declared, family), *(_taken_back(summed, window) for window in windows)]
    if slots:
        tables += [_entries(slots), _FALLEN, *(_slot(each) for each in slots)]
    joins = [f"LEFT JOIN {_back(window)} ON {_back(window)}.k = said.k AND {_back(window)}.hlc = said.hlc"
             for window in windows]
    joins += [f"LEFT JOIN of_{each.name} ON of_{each.name}.k = said.k AND of_{each.name}.hlc = said.hlc"
              for each in slots]
    values = [_summed(each) if each.summed else f"  of_{each.name}.value AS {each.name}" for each in mine]
    return (
        "WITH " + ",\n".join(tables) + "\nSELECT said.hlc, said.line, said.kind,\n" + ",\n".join(values)
        + "\nFROM said\n" + "\n".join(joins) + f"\nWHERE said.kind <> {_RETRACTED}\nORDER BY 1, 2, 3"
    )


def _said(declared: FeatureSet, family: str) -> str:
    names = dict.fromkeys(feature.measure for _, feature in declared.of_family(family))
    measures = "".join(f", m_{name}" for name in names)
    return f"said AS (SELECT hlc, line, kind, target, k_{family} AS k{measures} FROM history)"


def _back(window_days: int | None) -> str:
    return "back_life" if window_days is None else f"back_{window_days}d"


def _amount(each: Feature, row: str) -> str:
    measure = f"{row}.m_{each.measure}"
    return measure if each.aggregate is Aggregate.SUM else f"CASE WHEN {measure} > 0 THEN 1 ELSE 0 END"


def _taken_back(summed: list[Feature], window_days: int | None) -> str:
    """What retractions before an entry took back from the entries of its window."""
    mine = [each for each in summed if each.window_days == window_days]
    window = mine[0].window
    inside = "" if window is None else f" AND r.target >= e.hlc - {window}"
    sums = ", ".join(f"CAST(SUM({_amount(each, 'r')}) AS BIGINT) AS {each.name}" for each in mine)
    return (
        f"{_back(window_days)} AS (\n"
        f"  SELECT e.k, e.hlc, {sums}\n"
        f"  FROM (SELECT DISTINCT k, hlc FROM said WHERE k IS NOT NULL) AS e\n"
        f"  JOIN said AS r ON r.kind = {_RETRACTED} AND r.k = e.k AND r.hlc <= e.hlc - 1{inside}\n"
        f"  GROUP BY e.k, e.hlc)"
    )


def _summed(each: Feature) -> str:
    start = "UNBOUNDED" if each.window is None else str(each.window)
    return (
        f"  CASE WHEN said.k IS NULL THEN NULL ELSE\n"
        f"    CAST(COALESCE(SUM(CASE WHEN said.kind <> {_RETRACTED} THEN {_amount(each, 'said')} ELSE 0 END) OVER\n"
        f"      (PARTITION BY said.k ORDER BY said.hlc RANGE BETWEEN {start} PRECEDING AND 1 PRECEDING), 0)\n"
        f"      AS BIGINT)\n"
        f"    - COALESCE({_back(each.window_days)}.{each.name}, 0) END AS {each.name}"
    )


def _entries(slots: list[Feature]) -> str:
    """Per key and entry: how many rows it gave, and the greatest of each measure."""
    names = dict.fromkeys(each.measure for each in slots)
    measures = ", ".join(f"MAX(m_{name}) AS m_{name}" for name in names)
    return (
        f"entries AS (SELECT k, hlc, COUNT(*) AS gave, {measures} FROM said\n"
        f"  WHERE kind <> {_RETRACTED} AND k IS NOT NULL GROUP BY k, hlc)"
    )


_FALLEN = f"""fallen AS (
  SELECT entries.k, entries.hlc, MIN(gone.hlc) AS fell
  FROM entries JOIN (
    SELECT k, target, hlc, COUNT(*) OVER
      (PARTITION BY k, target ORDER BY hlc RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS took
    FROM said WHERE kind = {_RETRACTED} AND k IS NOT NULL) AS gone
  ON gone.k = entries.k AND gone.target = entries.hlc AND gone.took >= entries.gave
  GROUP BY entries.k, entries.hlc)"""
"""Entries of which every row was taken back, and when the last one was."""


def _slot(each: Feature) -> str:
    """The measure in the first or last entry that stood when each entry came."""
    return ",\n".join(_slot_tables(each))


def _slot_tables(each: Feature) -> Iterator[str]:
    pick, nearer = ("MIN", "<") if each.aggregate is Aggregate.FIRST else ("MAX", ">")
    measure = f"m_{each.measure}"
    yield (
        f"sure_{each.name} AS (\n"
        f"  SELECT said.k, said.hlc,\n"
        f"    {pick}(CASE WHEN fallen.fell IS NULL AND entries.{measure} > 0 THEN said.hlc END) OVER\n"
        f"      (PARTITION BY said.k ORDER BY said.hlc RANGE BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS stood\n"
        f"  FROM (SELECT DISTINCT k, hlc FROM said WHERE k IS NOT NULL) AS said\n"
        f"  LEFT JOIN entries ON entries.k = said.k AND entries.hlc = said.hlc\n"
        f"  LEFT JOIN fallen ON fallen.k = said.k AND fallen.hlc = said.hlc)"
    )
    yield (
        f"then_{each.name} AS (\n"
        f"  SELECT e.k, e.hlc, {pick}(fallen.hlc) AS stood\n"
        f"  FROM (SELECT DISTINCT k, hlc FROM said WHERE k IS NOT NULL) AS e\n"
        f"  JOIN fallen ON fallen.k = e.k AND fallen.hlc <= e.hlc - 1 AND fallen.fell > e.hlc - 1\n"
        f"  JOIN entries ON entries.k = fallen.k AND entries.hlc = fallen.hlc AND entries.{measure} > 0\n"
        f"  GROUP BY e.k, e.hlc)"
    )
    yield (
        f"of_{each.name} AS (\n"
        f"  SELECT s.k, s.hlc, entries.{measure} AS value\n"
        f"  FROM (SELECT sure.k, sure.hlc, CASE WHEN sure.stood IS NULL OR later.stood {nearer} sure.stood\n"
        f"        THEN later.stood ELSE sure.stood END AS stood\n"
        f"        FROM sure_{each.name} AS sure\n"
        f"        LEFT JOIN then_{each.name} AS later ON later.k = sure.k AND later.hlc = sure.hlc) AS s\n"
        f"  JOIN entries ON entries.k = s.k AND entries.hlc = s.stood)"
    )
