"""The machinery of a refrigerated box: invented layouts of several makes, units that differ, a state that changes.

No maker's drawing was used: a typical integral unit (compressor, condenser, receiver, control box below and outside;
evaporator with two fans above and inside) is varied by `reefers` in `xray.toml`.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigie.world.xray_canvas import INNER_MM, Canvas
from vigie.world.xray_settings import xray_parameters
from vigie.world.xray_shell import Hull

if TYPE_CHECKING:
    from numpy.random import Generator


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a unit.

    Attributes:
        name, matter: What it is and of what. x, z: Its middle, shares of the unit's depth and height.
        wide, high: Half its size, mm. mass: g/cm². form: `block`, `disc`, `ball`. depth: From the source's side, mm.
    """

    name: str
    matter: str
    x: float
    z: float
    wide: float
    high: float
    mass: float
    form: str = "block"
    depth: float = INNER_MM / 2


_TYPICAL = (
    Part("compressor", "steel", 0.45, 0.16, 150, 180, 62, "ball", 600),
    Part("motor", "copper", 0.40, 0.17, 80, 90, 30, "disc", 600),
    Part("receiver", "steel", 0.62, 0.12, 75, 230, 24, "disc", 1700),
    Part("condenser", "aluminium", 0.30, 0.47, 45, 330, 42),
    Part("condenser fan", "steel", 0.52, 0.46, 60, 210, 15, "disc"),
    Part("fan motor", "copper", 0.60, 0.46, 70, 75, 28, "disc"),
    Part("control box", "aluminium", 0.70, 0.26, 95, 190, 12, "block", 300),
    Part("transformer", "copper", 0.68, 0.22, 60, 65, 55, "block", 300),
    Part("inverter", "aluminium", 0.72, 0.36, 70, 90, 24, "block", 400),
    Part("evaporator", "aluminium", 0.22, 0.72, 110, 260, 34),
    Part("heater", "copper", 0.22, 0.61, 100, 16, 14),
    Part("fan left", "steel", 0.32, 0.90, 150, 70, 20, "disc", 650),
    Part("fan right", "steel", 0.32, 0.90, 150, 70, 20, "disc", 1700),
    Part("drain pan", "steel", 0.22, 0.575, 150, 12, 30),
    Part("frame lower", "steel", 0.80, 0.07, 70, 100, 50),
    Part("frame middle", "steel", 0.55, 0.56, 200, 22, 36),
    Part("frame upper", "steel", 0.55, 0.97, 200, 25, 40),
    Part("upright", "steel", 0.93, 0.5, 22, 1150, 34),
    Part("hatch left", "steel", 0.90, 0.75, 14, 240, 30, "block", 500),
    Part("hatch right", "steel", 0.90, 0.75, 14, 240, 30, "block", 1900),
)


def layout(make: int, unit: int) -> tuple[Part, ...]:
    """The parts of a unit of a make.

    Args:
        make: Number of the make, from 0. unit: Any number; the same unit has the same parts in every scan.
    """
    import numpy as np

    given = xray_parameters().reefers
    one = np.random.Generator(np.random.SFC64([unit, make, 7]))
    refit = one.random() < given.refit
    odd = int(one.integers(len(_TYPICAL)))
    other = _alike(make, one) if one.random() < 0.7 else -1
    parts = _made(make)
    if refit:
        parts = (
            tuple(part for n, part in enumerate(parts) if n != odd)
            if other < 0
            else tuple(_made(other)[n] if n == odd else part for n, part in enumerate(parts))
        )
    return tuple(_varied(part, one, given.unit_sd, 0.0) for part in parts)


def _alike(make: int, drawn: "Generator") -> int:
    """Another make of the same part of the benchmark: held makes lend nothing to those that teach."""
    given = xray_parameters().reefers
    known = given.makes - given.held_makes
    if make >= given.makes:  # beyond the benchmark's: lent by one of those beyond, too
        return make + 1 + int(drawn.integers(1_000))
    group = range(known) if make < known else range(known, given.makes)
    others = [one for one in group if one != make]
    return others[int(drawn.integers(len(others)))]


def _made(make: int) -> tuple[Part, ...]:
    import numpy as np

    drawn = np.random.Generator(np.random.SFC64([make, 20_261_122]))
    return tuple(_varied(part, drawn, xray_parameters().reefers.make_sd, 0.06) for part in _TYPICAL)


def _varied(part: Part, drawn: "Generator", sd: float, place_sd: float) -> Part:
    import numpy as np

    size = np.exp(drawn.normal(0, sd, 3) - sd * sd / 2)
    x, z = drawn.normal(0, place_sd, 2)
    return Part(
        part.name,
        part.matter,
        float(np.clip(part.x + x, 0.08, 0.95)),
        float(np.clip(part.z + z / 2, 0.05, 0.97)),
        part.wide * float(np.clip(size[0], 0.6, 1.6)),
        part.high * float(np.clip(size[1], 0.6, 1.6)),
        part.mass * float(size[2]),
        part.form,
        part.depth,
    )


def draw_unit(canvas: Canvas, hull: Hull, make: int, unit: int, state: "Generator") -> None:
    """Draw the unit of a box.

    Args:
        canvas: Gets it. hull: A refrigerated box. make, unit: As for `layout`.
        state: Draws what changes from scan to scan: water and ice.
    """
    import numpy as np

    given = xray_parameters().reefers
    if hull.unit_x is None:
        return
    (x0, x1), (z0, z1) = hull.unit_x, (hull.z[0] + 60, hull.z[1] - 60)
    moved = np.random.Generator(np.random.SFC64([unit, make, 11]))
    for part in layout(make, unit):
        dx, dz = moved.normal(0, given.unit_shift_mm, 2)
        x, z = x0 + part.x * (x1 - x0) + dx, z0 + part.z * (z1 - z0) + dz
        if part.form == "block":
            canvas.block(
                part.matter, (x - part.wide, x + part.wide), (z - part.high, z + part.high), part.mass, part.depth
            )
        else:
            canvas.disc(part.matter, (x, z), (part.wide, part.high), part.mass, part.depth, ball=part.form == "ball")
    _partition(canvas, hull, x0, (z0, z1))
    if state.random() < given.wet:
        height = z0 + 0.575 * (z1 - z0)
        canvas.block("water", (x0 + 40, x0 + 180), (height, height + state.uniform(5, 40)), state.uniform(5, 30))
        canvas.block(
            "water", (x0 + 30, x0 + 160), (height + 60, height + 60 + state.uniform(80, 500)), state.uniform(1, 10)
        )


def _partition(canvas: Canvas, hull: Hull, x0: float, z: tuple[float, float]) -> None:
    """The insulated wall between hold and machinery, with its frame and pipes."""
    canvas.block("plastic", (x0 - 55, x0 + 10), (z[0] + 60, z[1] - 40), 0.05 * INNER_MM / 10)
    canvas.block("aluminium", (x0 - 60, x0 - 52), (z[0] + 60, z[1] - 200), 55.0)
    canvas.block("plastic", (hull.x[1] - 90, hull.x[1] - 30), (z[0] + 1200, z[1]), 0.04 * INNER_MM / 10)
    for share in (0.30, 0.34, 0.41):
        canvas.block("copper", (x0 + 60, x0 + 340), (z[0] + share * 2500, z[0] + share * 2500 + 14), 5.0)
