"""What the demo model learns from: simulated containers of the split `train`, those that hide something with a twin."""

from collections.abc import Callable, Iterator, Sequence

import msgspec

from vigie.scanning import Lesson, Scan, find_zones, lesson

Told = Callable[[int, int], None]
SPLIT = "train"


def demo_lessons(pictures: int, told: Told = lambda *_: None, first: int = 0) -> list[Lesson]:
    """Draw lessons.

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
    from vigie.world import example, view, xray_parameters

    found = example(SPLIT, number)
    hidden, blocks = ([each.box for each in some] for some in (found.view.hidden, found.view.blocks))
    shown = _lesson(found.view.scan, hidden, blocks, 0 if hidden else -1)
    if shown is None:
        return
    if not hidden:
        yield shown
        return
    bare = view(msgspec.structs.replace(found.load, hidden=()), xray_parameters().splits[SPLIT].scanner, 0)
    twin = _lesson(bare.scan, (), [each.box for each in bare.blocks], -1)
    yield shown if twin is not None else msgspec.structs.replace(shown, twin=-1)
    if twin is not None:
        yield twin


def _lesson(
    scan: Scan, hidden: Sequence[tuple[int, int, int, int]], blocks: Sequence[tuple[int, int, int, int]], twin: int
) -> Lesson | None:
    """A lesson of a scan; None where its container is not found."""
    zones = find_zones(scan)
    if zones.container is None:
        return None
    return lesson(scan, zones.container, hidden, blocks, zones.doors_at, twin)
