"""Cut the segments of a part into groups: the first segment says what opens one."""

from collections.abc import Iterator, Sequence

from vigie.arrivals.edifact.envelope import one
from vigie.arrivals.edifact.messages.notes import Notes
from vigie.arrivals.edifact.messages.said import ACTS, Said
from vigie.arrivals.edifact.syntax import Elements

_TRAILERS = frozenset(("CNT", "UNT", "UNE", "UNZ", "UNS", "unt", "unz"))


_acts = ACTS.get


def opens(elements: Elements, openers: Sequence[str]) -> bool:
    """Tell whether a segment is one of the openers: a tag, or tag and qualifier."""
    tag = elements[0]
    if not isinstance(tag, str):
        return False
    tag = tag.upper()
    return tag in openers or f"{tag}+{one(elements, 1)}" in openers


def groups(segments: Sequence[Elements], openers: Sequence[str], notes: Notes) -> Iterator[Said]:
    """Read the groups of a part, each as far as the next opener of the same kind."""
    said: Said | None = None
    opener: tuple[str, str] | None = None
    begins: str | None = None
    for at, elements in enumerate(segments):
        tag = elements[0]
        if said is not None and begins is not None and tag != begins:
            if isinstance(tag, str) and (act := _acts(tag)) is not None:
                act(said, elements, at, notes)
            elif tag not in _TRAILERS:
                said.take(elements, at, notes)
            continue
        if opener is None:
            if opens(elements, openers):
                tag = tag if isinstance(tag, str) else ""
                opener = (tag, one(elements, 1) if f"{tag.upper()}+{one(elements, 1)}" in openers else "")
                begins = tag
            elif tag not in _TRAILERS:
                notes.tell("edifact-outside-group", at, str(tag)[:3])
        if opener is not None and tag == opener[0] and (not opener[1] or one(elements, 1) == opener[1]):
            if said is not None:
                yield said
            said = Said(at)
        if said is not None and tag not in _TRAILERS:
            said.take(elements, at, notes)
    if said is not None:
        yield said
