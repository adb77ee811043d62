"""What the demo model learns from: simulated containers of the split `train`, each with a twin that hides nothing."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import msgspec

from vigie.scanning import Lesson, find_zones, lesson

if TYPE_CHECKING:
    from vigie.world import View

Told = Callable[[int, int], None]
SPLIT = "train"


def demo_lessons(pictures: int, told: Told = lambda *_: None, first: int = 0) -> list[Lesson]:
    """Draw lessons: of each picture two, the second its twin.

    Args:
        pictures: How many of the split, from number `first` on.
        told: Hears how many of how many are drawn.
    """
    made: list[Lesson] = []
    for number in range(first, first + pictures):
        for each in _drawn(number):
            twin = len(made) + 1 if each.twin >= 0 else -1
            made.append(msgspec.structs.replace(each, twin=twin))
        if (number + 1) % 50 == 0:
            told(number + 1 - first, pictures)
    return made


def _drawn(number: int) -> Iterator[Lesson]:
    """A crowded container and its twin without what is hidden; nothing where either is not found in its picture."""
    from vigie.world import crowded, view, xray_parameters

    split = xray_parameters().splits[SPLIT]
    load = crowded(split.seed + number)
    made = [_lesson(view(each, split.scanner, 0)) for each in (load, load.cleaned())]
    if made[0] is not None and made[1] is not None:
        yield from (msgspec.structs.replace(made[0], twin=0), made[1])


def _lesson(seen: "View") -> Lesson | None:
    """A lesson of a picture; None where its container is not found."""
    zones = find_zones(seen.scan)
    if zones.container is None:
        return None
    hidden, blocks = ([each.box for each in some] for some in (seen.hidden, seen.blocks))
    return lesson(seen.scan, zones.container, hidden, blocks, zones.doors_at)
