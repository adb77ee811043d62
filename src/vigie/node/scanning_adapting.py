"""A model comes to a site's own scanner: no picture of a threat is needed.

Of the site come clean pictures alone. `moved` moves thresholds by what is usual there, in half a minute of one core,
and is what was measured to help. `adapt` also goes on with the weights, in three minutes: some pictures to learn from,
others to count on, threats and harmless blocks laid over both (`vigie.scanning.xray.teaching_site`); of no use so far
(ADR 0056).
"""

import time
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from typing import TYPE_CHECKING

import msgspec

from vigie.node.scanning_bags import drawn_patches
from vigie.node.scanning_lessons import demo_lessons
from vigie.node.scanning_teaching import NOT_FOR_OPERATION, Made
from vigie.scanning import (
    Background,
    Card,
    HeatModel,
    Lesson,
    Recipe,
    Scan,
    Thresholds,
    area_of,
    backgrounds_of,
    eight_bits_earned,
    find_zones,
    hottest_of,
    lesson,
    parts_on,
    shifted,
    site_thresholds,
)

if TYPE_CHECKING:
    from vigie.scanning import Patch

Told = Callable[[str, int, int], None]
SIMULATED, LEARNT = 300, 120
"""Clean pictures drawn where a site brings none; most of a site's that are learnt from: on the others is counted."""
BLOCKS = 50
"""Loads whose harmless blocks are laid over for counting: some hundred blocks."""
BLOCK_SEED = 65_000_000
"""Loads of those blocks have seeds of their own from here on; no split draws them."""
HOME, HOME_SEED = 60, 67_000_000
"""Clean pictures of the scanner at home beside which the site's are laid, and their seeds."""
FEWEST = 100
"""Pictures below which nothing is said of what is usual: as `triage.LEAST_NEGATIVES`."""
LEARNT_SHARE = 0.4
"""Share of a site's pictures that is learnt from: a threshold needs 100 that were not."""


def simulated_scans(many: int, told: Told = lambda *_: None, first: int = 0) -> Iterator[Scan]:
    """Clean pictures of the simulated scanner that no demo model was taught on; see the split `adapt`."""
    from vigie.world import example

    for number in range(first, first + many):
        yield example("adapt", number).view.scan
        if number % 50 == 49:
            told("clean", number + 1, many)


def home_backgrounds(many: int = HOME) -> list[Background]:
    """Clean pictures of the simulated scanner that the demo model was taught on, of seeds that no split draws."""
    from vigie.world import draw_load, view

    return backgrounds_of(view(draw_load(HOME_SEED + number), "A", 0).scan for number in range(many))


def harmless(many: int = BLOCKS, told: Callable[[int, int], None] = lambda *_: None) -> "list[Patch]":
    """Harmless blocks as they change a picture: of loads of the simulator with and without them."""
    from vigie.scanning import patches_of
    from vigie.world import draw_load, view

    lessons: list[Lesson] = []
    for number in range(many):
        load = draw_load(BLOCK_SEED + number, hard=True)
        pictures = [view(one, "A", 0) for one in (load, msgspec.structs.replace(load, blocks=()))]
        zones = find_zones(pictures[0].scan)
        if zones.container is not None:
            boxes = [each.box for each in pictures[0].blocks]
            lessons.append(lesson(pictures[0].scan, zones.container, boxes, (), zones.doors_at, len(lessons) + 1))
            lessons.append(lesson(pictures[1].scan, zones.container, (), (), zones.doors_at))
        if number % 50 == 49:
            told(number + 1, many)
    return patches_of(lessons)


def moved(
    held: tuple[bytes, bytes, Card], site: Sequence[Background], seed: int, told: Told = lambda *_: None,
    blocks: "Sequence[Patch]" = (), scanner: str = "", home: Sequence[Background] = (),
) -> Made:  # fmt: skip
    """A model as it is, with its thresholds moved to a site's own scanner: what was measured to help (ADR 0056).

    Args:
        held: The model in 32 and 8 bits, with its card.
        site: Clean pictures of that scanner, at least `FEWEST`.
        seed: Of what blocks are laid where.
        blocks: Harmless ones to lay over what is counted on; without them those of `harmless`.
        scanner: Its name, on which alone they then count; empty for any.
        home: Clean pictures of the scanner that the model was taught on; without them those of `home_backgrounds`.
    """
    began = time.process_time()
    full, small, card = held
    blocks = blocks or harmless(BLOCKS, lambda done, of: told("blocks", done, of))
    model = HeatModel(small or full)
    before, after = ([each[0] for each in parts_on([model], some, seed, blocks)]
                     for some in (home or home_backgrounds(HOME), site))  # fmt: skip
    limits = shifted(card.thresholds, before, after, scanner)
    found = {"split": "the site's own, clean", "pictures": len(site), "thresholds": len(limits.values)}
    made = msgspec.structs.replace(
        card, name="scan-heat-moved", recipe="adapt", thresholds=limits, measured=found,
        cpu_seconds=round(time.process_time() - began),
    )  # fmt: skip
    return Made(full, small, made)


def adapt(
    full: bytes, site: Sequence[Background], recipe: Recipe, told: Told = lambda *_: None,
    blocks: "Sequence[Patch]" = (), home: Thresholds | None = None,
) -> Made:  # fmt: skip
    """Go on from a model with a site's clean pictures.

    Args:
        full: The model to go on from, ONNX in 32 bits.
        site: Its clean pictures, at least 20; with fewer than 100 beyond those learnt from there are no thresholds.
        recipe: `pictures` of the simulator, and `drawn` ones, give the threats that are laid over.
        blocks: Harmless ones to lay over what is counted on; without them those of `harmless`.
        home: Thresholds of the model on the scanner it came from: moved by what its pictures differ from the site's;
            without them thresholds are counted on the site's pictures, blocks laid over, and are too high (ADR 0056).

    Raises:
        ModuleNotFoundError: torch or onnx is not installed (`pip install 'vigie[train]'`).
    """
    from vigie.scanning import SiteShow, export_heat, half_way, net_again, patches_of, teach

    began = time.process_time()
    lessons = demo_lessons(recipe.pictures, lambda done, of: told("threats", done, of))
    patches = [*patches_of(lessons), *drawn_patches(recipe.drawn)]
    blocks = blocks or harmless(BLOCKS, lambda done, of: told("blocks", done, of))
    many = min(LEARNT, int(len(site) * LEARNT_SHARE))
    learnt, apart = [each.lesson for each in site[:many]], site[many:]

    def heard(step: str, done: int, of: int, loss: float) -> None:
        told(f"{step} loss {loss:.3f}", done, of)

    dealt = SiteShow(lessons, learnt, recipe.seed, patches)
    taught = teach(lessons, recipe, heard, net_again(full), dealt=dealt)
    net = half_way(net_again(full), taught)
    facts = {"use": NOT_FOR_OPERATION, "recipe": recipe.name, "seed": str(recipe.seed)}
    body, small = export_heat(net, learnt, facts)
    models = [HeatModel(body), HeatModel(small)]
    laid = [parts_on(models, apart, recipe.seed, blocks, some) for some in ((), patches)]
    areas = [area_of({kind: hottest_of(laid[kind], n) for kind in (True, False)}) for n in (0, 1)]
    keep = eight_bits_earned(areas[0], areas[1])
    usual = [each[1 if keep else 0] for each in laid[0]]
    if home is not None and len(usual) >= FEWEST:
        before = [each[0] for each in parts_on([HeatModel(full)], home_backgrounds(), recipe.seed, blocks)]
        limits = shifted(home, before, usual)
    else:
        limits = site_thresholds(usual)
    card = Card(
        name=f"scan-heat-{recipe.name}", use=NOT_FOR_OPERATION, recipe=recipe.name, seed=recipe.seed,
        pictures=len(site), steps=recipe.steps, full=sha256(body).hexdigest(),
        small=sha256(small).hexdigest() if keep else "",
        thresholds=limits,
        measured={"split": "laid over the site's own", "pictures": len(apart), "auc": round(areas[0], 4),
                  "auc_8_bits": round(areas[1], 4)},
        cpu_seconds=round(time.process_time() - began),
    )  # fmt: skip
    return Made(body, small if keep else b"", card)
