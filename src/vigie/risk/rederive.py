"""Two judgements of one box laid side by side: equal to the byte, or exactly what differs."""

from collections.abc import Mapping

import msgspec

from vigie.terms import Fact

_json = msgspec.json.Encoder()
_ABSENT = "-"


class Difference(msgspec.Struct, frozen=True):
    """One place where a judgement made again is not what was kept.

    Attributes:
        part: What differs: `features`, `policy`, a field of the assessment, `reason` and so on. name: Which feature,
            indicator or list; empty where the part says it. kept, again: The values, as JSON; `-` where there is none.
        handling: Who may know of it, as a handling code; 0 where it names no indicator.
    """

    part: str
    name: str
    kept: str
    again: str
    handling: int = 0


def bodies_differ(kept: bytes, again: bytes) -> tuple[Difference, ...]:
    """Compare two assessments as JSON; empty where they are equal to the byte.

    Args:
        kept, again: JSON of an `Assessment`. Reasons and channels are compared by name, all else field by field; where
            every field is equal and the bytes are not, `bytes` is named.
    """
    if kept == again:
        return ()
    one, other = msgspec.json.decode(kept), msgspec.json.decode(again)
    found: list[Difference] = []
    for field in sorted({*one, *other}):
        if one.get(field) == other.get(field):
            continue
        if field == "fired":
            found += _named("reason", _by(one, field, "indicator"), _by(other, field, "indicator"))
        elif field == "channels":
            found += _named("channel", _by(one, field, "name"), _by(other, field, "name"))
        else:
            found.append(Difference(field, "", told(one, field), told(other, field)))
    return tuple(found) or (Difference("bytes", "", str(len(kept)), str(len(again))),)


def vectors_differ(
    names: tuple[str, ...], kept: tuple[int | None, ...], again: tuple[int | None, ...]
) -> tuple[Difference, ...]:
    """Compare two feature vectors value by value."""
    if len(kept) != len(again) or len(kept) != len(names):
        return (Difference("features", "", str(len(kept)), str(len(again))),)
    return tuple(
        Difference("features", name, json(one), json(other))
        for name, one, other in zip(names, kept, again, strict=True)
        if one != other
    )


def json(value: Fact | object) -> str:
    """Write a value as it stands in the kept judgement."""
    return _json.encode(value).decode()


def told(fields: Mapping[str, object], name: str) -> str:
    """Write a field as JSON; `-` where it is not there."""
    return json(fields[name]) if name in fields else _ABSENT


def _by(body: Mapping[str, object], field: str, key: str) -> dict[str, object]:
    rows = body.get(field, [])
    return {row[key]: row for row in rows} if isinstance(rows, list) else {}


def _named(part: str, one: Mapping[str, object], other: Mapping[str, object]) -> list[Difference]:
    """Rows that differ; where all rows are equal, their order does."""
    found = [
        Difference(part, name, told(one, name), told(other, name), _handling(one.get(name, other.get(name))))
        for name in dict.fromkeys((*one, *other))
        if one.get(name) != other.get(name)
    ]
    return found or [Difference(part, "", json(list(one)), json(list(other)), max(map(_handling, one.values())))]


def _handling(row: object) -> int:
    held = row.get("handling", 0) if isinstance(row, dict) else 0
    return held if isinstance(held, int) else 0
