"""First and last values over columns: the measure in the earliest or latest entry that still stands."""

from collections import deque
from dataclasses import dataclass

import numpy as np

from vigie.engine.columns import HistoryColumns, Ints, Truths
from vigie.risk import Aggregate, Feature


def standing(each: Feature, history: HistoryColumns, rows: Ints, code: Ints, taken: Truths) -> Ints:
    """Tell a first or last value for rows sorted by key and then as logged.

    Args:
        each: The feature. history: All columns.
        rows: Row numbers in the history. code: Key numbers from 0, ascending. taken: Whether a row is a retraction.

    Returns:
        Shape (rows,); the value before the entry of each row; 0 where there is none.
    """
    hlc, measure = history.hlc[rows], history.measures[each.measure][rows]
    values = _simple(each, code, hlc, np.where(taken, 0, measure))
    touched = np.unique(code[taken])
    target = history.target[rows]
    for start, end in zip(np.searchsorted(code, touched), np.searchsorted(code, touched, side="right"), strict=True):
        part = slice(int(start), int(end))
        values[part] = _walked(each, hlc[part].tolist(), measure[part].tolist(), taken[part].tolist(),
                               target[part].tolist())
    return values


def _simple(each: Feature, code: Ints, hlc: Ints, measure: Ints) -> Ints:
    """Without retractions: per (key, entry) the greatest measure, then the first or last of those before."""
    count = len(code)
    if not count:
        return np.zeros(0, np.int64)
    opens = np.ones(count, bool)
    opens[1:] = (code[1:] != code[:-1]) | (hlc[1:] != hlc[:-1])
    entry = np.cumsum(opens) - 1
    starts = np.flatnonzero(opens)
    greatest = np.maximum.reduceat(measure, starts)
    own = code[starts]
    said = np.flatnonzero(greatest > 0)
    if each.aggregate is Aggregate.LAST:
        found = np.searchsorted(said, np.arange(len(starts))) - 1
    else:
        found = np.searchsorted(said, np.searchsorted(own, own))
    picked = said[np.clip(found, 0, max(len(said) - 1, 0))] if len(said) else np.zeros(len(starts), np.int64)
    fits = (found >= 0) & (found < len(said)) & (own[picked] == own) & (picked < np.arange(len(starts)))
    result: Ints = np.where(fits, greatest[picked], 0)[entry]
    return result


def _walked(each: Feature, hlc: list[int], measure: list[int], taken: list[bool], target: list[int]) -> list[int]:
    """With retractions: walk the rows of one key, and drop entries for good that fell or say nothing."""
    end = 0 if each.aggregate is Aggregate.FIRST else -1
    entries: deque[_Entry] = deque()
    places: dict[int, _Entry] = {}
    values: list[int] = []
    for row, moment in enumerate(hlc):
        if not row or moment != hlc[row - 1]:
            while entries and (entries[end].stand <= 0 or not entries[end].greatest):
                entries.pop() if end else entries.popleft()
            current = entries[end].greatest if entries else 0
        values.append(current)
        if taken[row]:
            places[target[row]].stand -= 1
            continue
        if moment not in places:
            places[moment] = _Entry()
            entries.append(places[moment])
        places[moment].stand += 1
        places[moment].greatest = max(places[moment].greatest, measure[row])
    return values


@dataclass(slots=True)
class _Entry:
    """What an entry gave a key: the greatest measure, and how many of its rows stand."""

    greatest: int = 0
    stand: int = 0
