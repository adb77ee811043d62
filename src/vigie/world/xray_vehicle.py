"""What carries the box: a skeletal trailer with its axles, the end of the tractor, its cab."""

from typing import TYPE_CHECKING

from vigie.world.xray_canvas import INNER_MM, Canvas
from vigie.world.xray_shell import STEEL, Hull

if TYPE_CHECKING:
    from numpy.random import Generator

WHEEL_MM = 500.0
"""Outer radius of a lorry's wheel (385/65 R 22.5: 1,072 mm across; rounded)."""


def draw_vehicle(canvas: Canvas, hull: Hull, kind: str, chance: "Generator") -> None:
    """Draw what stands below a box, and before it.

    Args:
        canvas: Gets it. hull: The box. kind: `none` (the box stands on beams), `chassis`, `cab`. chance: Its measures.
    """
    (x0, x1), low = hull.x, hull.z[0]
    if kind == "none":
        for x in (x0 + 60, (x0 + x1) / 2 - 150, x1 - 360):
            canvas.block("steel", (x, x + 300), (0, low), 40.0)
        return
    _beams(canvas, x0 - 150, x1 + 300, low, chance)
    first = x0 + chance.uniform(900, 1500)
    for number in range(int(chance.integers(2, 4))):
        wheel(canvas, first + 1310 * number, chance)
    legs = x1 - chance.uniform(2300, 2900)
    for depth in (500.0, INNER_MM - 500):
        canvas.block("steel", (legs, legs + 120), (low - 900, low - 150), 16 * STEEL, depth)
        canvas.block("steel", (legs - 90, legs + 210), (low - 930, low - 900), 60 * STEEL, depth)
    rear = x1 - chance.uniform(500, 900)
    wheel(canvas, rear, chance)
    canvas.block("steel", (rear - 450, rear + 450), (low - 260, low - 190), 70.0)
    canvas.block("steel", (rear - 900, x1 + 2600), (WHEEL_MM + 150, WHEEL_MM + 400), 2 * 9 * STEEL)
    canvas.block("water", (rear + 650, rear + 1500), (380, 900), 28.0)
    if kind == "cab":
        _cab(canvas, x1 + chance.uniform(550, 800), chance)


def _beams(canvas: Canvas, x0: float, x1: float, low: float, chance: "Generator") -> None:
    high = chance.uniform(260, 400)
    for depth in (700.0, INNER_MM - 700):
        canvas.block("steel", (x0, x1), (low - high, low - 15), 7 * STEEL, depth)
        for z in (low - high, low - 32):
            canvas.block("steel", (x0, x1), (z, z + 16), 120 * STEEL, depth)
    at = x0 + 200
    while at < x1:
        canvas.block("steel", (at, at + 70), (low - 150, low - 30), 30.0)
        at += float(chance.uniform(900, 1500))


def wheel(canvas: Canvas, x: float, chance: "Generator") -> None:
    """Draw the wheels of one axle: tyres, rims, hubs with brakes, on both sides."""
    radius = WHEEL_MM + chance.normal(0, 8)
    middle = (x, radius)
    canvas.disc("rubber", middle, (radius, radius), 26.0)
    canvas.disc("rubber", middle, (radius * 0.58, radius * 0.58), -24.0)
    canvas.disc("steel", middle, (radius * 0.60, radius * 0.60), 13.0)
    canvas.disc("steel", middle, (radius * 0.56, radius * 0.56), -9.0)
    canvas.disc("steel", middle, (radius * 0.42, radius * 0.42), 52.0)
    canvas.disc("steel", middle, (radius * 0.20, radius * 0.20), 110.0)


def _cab(canvas: Canvas, x: float, chance: "Generator") -> None:
    """The rear of a cab, as far as the picture reaches: sheets, seats, engine. Nobody sits in it."""
    stop = x + 2250
    canvas.block("steel", (x, stop), (950, 3500 + chance.uniform(-500, 200)), 3.2)
    canvas.block("steel", (x, x + 60), (950, 3300), 45.0)
    canvas.block("plastic", (x + 150, x + 800), (1350, 2300), 9.0)
    canvas.block("steel", (x + 300, x + 1500), (620, 1330), 95.0)
    canvas.disc("steel", (x + 700, 1000), (420, 300), 75.0, ball=True)
    wheel(canvas, x + 1500, chance)
