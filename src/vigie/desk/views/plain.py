"""Views as plain JSON values for the command line and the API: moments become ISO 8601, nothing else changes."""

from functools import lru_cache
from typing import Any, get_args

import msgspec

from vigie.terms import Moment, write_moment


def plain(view: Any) -> Any:
    """Turn a view, or a tuple or dict of views, into dicts, lists, texts and numbers.

    Fields declared as `Moment` become ISO 8601 in UTC; None and empty fields stay, so that every row has the same keys.
    """
    if isinstance(view, msgspec.Struct):
        return {name: _field(getattr(view, name), moment) for name, moment in fields_of(type(view))}
    if isinstance(view, dict):
        return {str(key): plain(value) for key, value in view.items()}
    if isinstance(view, list | tuple | set | frozenset):
        return [plain(value) for value in view]
    return view


def _field(value: Any, moment: bool) -> Any:
    return write_moment(Moment(value)) if moment and isinstance(value, int) else plain(value)


@lru_cache(maxsize=256)
def fields_of(kind: type[msgspec.Struct]) -> tuple[tuple[str, bool], ...]:
    """The fields of a view in order, each with whether it holds a moment."""
    return tuple((field.name, _is_moment(field.type)) for field in msgspec.structs.fields(kind))


def _is_moment(declared: Any) -> bool:
    return declared is Moment or Moment in get_args(declared)
