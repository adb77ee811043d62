"""The score of many boxes at once, as SQL text over a table of columns; what the live score says, row by row."""

from vigie.risk.columns_row import DERIVED_COLUMNS, GIVEN_KINDS, KINDS
from vigie.risk.indicator import Action, Indicator
from vigie.risk.language_sql import Dialect, quoted, sql
from vigie.risk.language_text import parse
from vigie.risk.policy import Policy

WORD_BITS = 63
"""Indicators per mask word: a signed 64-bit integer without its sign, which every database has."""


def mask_sql(policy: Policy, rows: str, keys: tuple[str, ...] = (), dialect: Dialect = Dialect.DUCKDB) -> str:
    """Write the SELECT that tells which indicators fire.

    Args:
        policy: Whose indicators. rows: Name of a table or view with the columns of `KINDS`, or a SELECT in brackets.
        keys: Columns that are passed through.

    Returns:
        SQL with columns `keys`, `mask_0`, `mask_1` …; bit `n` of word `w` is indicator `63 w + n` of the policy.
    """
    words = [_word(policy.indicators[start : start + WORD_BITS], dialect)
             for start in range(0, len(policy.indicators), WORD_BITS)]
    named = [f"{word} AS mask_{place}" for place, word in enumerate(words)]
    return f"SELECT {', '.join([*map(quoted, keys), *named])} FROM {rows}"


def derived_sql(rows: str, dialect: Dialect = Dialect.DUCKDB) -> str:
    """Write the SELECT that adds the derived columns to a table of all others."""
    added = [f"{sql(parse(each.text), GIVEN_KINDS, dialect)} AS {quoted(each.name)}" for each in DERIVED_COLUMNS]
    return f"SELECT *, {', '.join(added)} FROM {rows}"


def _word(indicators: tuple[Indicator, ...], dialect: Dialect) -> str:
    parts = [f"CASE WHEN {sql(each.tree, KINDS, dialect)} THEN CAST({1 << place} AS BIGINT) ELSE 0 END"
             for place, each in enumerate(indicators)]  # fmt: skip
    return " + ".join(parts) or "0"


def score_sql(policy: Policy, rows: str, keys: tuple[str, ...] = (), dialect: Dialect = Dialect.DUCKDB) -> str:
    """Write the SELECT that tells the score of every row: `keys`, `logodds_milli`, `band`, `mandatory`, `mask_…`.

    Where models vote, the rows hold what each adds, in a column `channel_…` (`channel_column`) that is passed through.

    Evaluates every condition once: the inner SELECT gives one boolean per indicator, the outer one adds and bounds.
    """
    inner = [f"{sql(each.tree, KINDS, dialect)} AS f{place}" for place, each in enumerate(policy.indicators)]
    weights = [f"CAST({quoted(each.weight.column)} AS BIGINT) AS w{place}"
               for place, each in enumerate(policy.indicators) if each.weight.column]  # fmt: skip
    votes = [quoted(channel_column(vote.name)) for vote in (policy.fusion.votes if policy.fusion else ())]
    passed = ", ".join([*map(quoted, keys), *votes, f"{prior_sql(policy, dialect)} AS prior_milli", *inner, *weights])
    return added_sql(policy, f"(SELECT {passed} FROM {rows}) AS tested", keys)


def added_sql(policy: Policy, tested: str, keys: tuple[str, ...] = ()) -> str:
    """Write the SELECT that adds and bounds what was tested: the outer part of `score_sql`, in every dialect the same.

    Args:
        tested: Table with `prior_milli`, `f0` … (which indicators fire, null for unknown), `w0` … where the weight is a
            column's, and what each channel adds.
    """
    votes = [quoted(channel_column(vote.name)) for vote in (policy.fusion.votes if policy.fusion else ())]
    kept = ", ".join([*map(quoted, keys), *votes, "prior_milli", f"{_evidence(policy)} AS kept_milli",
                      f"({_any(policy, Action.MANDATORY)}) AS mandatory", *_masks(policy)])  # fmt: skip
    score = f"({' + '.join(['prior_milli', 'kept_milli', *votes])})"
    bands = " ".join(f"WHEN {score} >= {band.from_milli} THEN '{band.name}'" for band in reversed(policy.bands))
    told = [*map(quoted, keys), f"{score} AS logodds_milli", f"CASE {bands} END AS band", "mandatory",
            *(f"mask_{word}" for word in range(_words(policy))), *votes]  # fmt: skip
    return f"SELECT {', '.join(told)} FROM (SELECT {kept} FROM {tested}) AS added"


def channel_column(name: str) -> str:
    """The column in which a channel tells what it adds to a row, thousandths of log-odds."""
    return f"channel_{name}"


def _words(policy: Policy) -> int:
    return -(-len(policy.indicators) // WORD_BITS)


def _masks(policy: Policy) -> list[str]:
    words: list[list[str]] = [[] for _ in range(_words(policy))]
    for place in range(len(policy.indicators)):
        words[place // WORD_BITS].append(f"CASE WHEN f{place} THEN CAST({1 << place % WORD_BITS} AS BIGINT) ELSE 0 END")
    return [f"{' + '.join(word)} AS mask_{place}" for place, word in enumerate(words)]


def prior_sql(policy: Policy, dialect: Dialect = Dialect.DUCKDB) -> str:
    """Write the expression that tells where a box starts."""
    cases = " ".join(f"WHEN {sql(parse(one.when), KINDS, dialect)} THEN {one.milli}" for one in policy.priors[:-1])
    return f"CASE {cases} ELSE {policy.priors[-1].milli} END" if cases else str(policy.priors[-1].milli)


def _any(policy: Policy, action: Action) -> str:
    fit = [f"coalesce(f{place}, FALSE)" for place, each in enumerate(policy.indicators) if each.action is action]
    return " OR ".join(fit) or "FALSE"


def _evidence(policy: Policy) -> str:
    """The sum over typologies, each within the strongest grade that fired in it, then the bound of all."""
    groups: dict[str, list[int]] = {}
    for place, each in enumerate(policy.indicators):
        if each.action is Action.SCORE:
            groups.setdefault(each.typology, []).append(place)
    parts = []
    for places in groups.values():
        total = " + ".join(f"CASE WHEN f{place} THEN {_weight(policy, place)} ELSE 0 END" for place in places)
        highs = sorted({policy.indicators[place].weight.high for place in places}, reverse=True)
        cases = " ".join(f"WHEN {_fired(policy, places, high)} THEN {high}" for high in highs)
        parts.append(_smaller(total, f"CASE {cases} ELSE 0 END"))
    return _smaller(" + ".join(parts) or "0", str(policy.most_evidence_milli))


def _smaller(one: str, other: str) -> str:
    return f"CASE WHEN ({one}) < ({other}) THEN ({one}) ELSE ({other}) END"


def _fired(policy: Policy, places: list[int], high: int) -> str:
    return " OR ".join(f"f{place}" for place in places if policy.indicators[place].weight.high == high)


def _weight(policy: Policy, place: int) -> str:
    weight = policy.indicators[place].weight
    if not weight.column:
        return str(weight.milli)
    held = f"coalesce(w{place}, {weight.milli})"
    bounds = f"WHEN {held} < {weight.low} THEN {weight.low} WHEN {held} > {weight.high} THEN {weight.high}"
    return f"CASE {bounds} ELSE {held} END"
