"""Goods that do not stand in even rows: logs, timber, scrap, bales, a flexitank, machines, furniture."""

from typing import TYPE_CHECKING

from vigie.world.xray_canvas import INNER_MM, Canvas
from vigie.world.xray_stacks import Pack, Room, stack
from vigie.world.xray_texture import field

if TYPE_CHECKING:
    from numpy.random import Generator


def logs(canvas: Canvas, room: Room, chance: "Generator") -> None:
    """Round logs along the box, in one or two lengths, several behind each other."""
    import numpy as np

    parts = int(chance.integers(1, 3)) if room.x[1] - room.x[0] < 7000 else int(chance.integers(2, 4))
    length = (room.x[1] - room.x[0]) / parts
    top = room.z[0] + (room.z[1] - room.z[0]) * float(chance.uniform(0.55, 0.85))
    for part in range(parts):
        for depth in np.linspace(250, INNER_MM - 250, 4):
            low = room.z[0]
            while low < top - 200:
                radius = float(chance.uniform(140, 330))
                start = room.x[0] + part * length + abs(chance.normal(0, 120))
                stop = room.x[0] + (part + 1) * length - abs(chance.normal(0, 180)) - 20
                mass = np.full((1, 1), 2 * radius / 10 * 0.68, np.float32)
                canvas.lattice(
                    "wood",
                    mass,
                    (np.array([start]), np.array([stop])),
                    (np.array([low]), np.array([low + 2 * radius])),
                    float(depth),
                    ("box", "round"),
                )
                low += 2 * radius * float(chance.uniform(0.85, 1.0))
    room.tops.append((*room.x, top))


def timber(canvas: Canvas, room: Room, chance: "Generator") -> None:
    """Packs of boards with bearers between them; the boards of a pack differ a little in length."""
    import numpy as np

    length = (room.x[1] - room.x[0]) / int(chance.integers(2, 5))
    board, bearer = float(chance.uniform(24, 60)), 80.0
    high = float(chance.uniform(550, 1050))
    at = room.x[0]
    while at + length < room.x[1] + 1:
        low = room.z[0] + bearer
        while low + high < room.z[1] - 60:
            count = int(high / board)
            lows = low + np.arange(count)[::-1] * board
            for depth in (600.0, INNER_MM - 600):
                ends = at + 40 + abs(chance.normal(0, 12, 2))
                mass = np.full((count, 1), 100 * float(chance.uniform(0.52, 0.66)), np.float32)
                stop = at + length - 40 - abs(chance.normal(0, 40))
                canvas.lattice("wood", mass, (ends[:1], np.array([stop])), (lows, lows + board - 2.5), depth)
            for share in (0.1, 0.5, 0.9):
                canvas.block("wood", (at + share * length - 45, at + share * length + 45), (low - bearer, low), 120.0)
            low += high + bearer
        at += length
    room.tops.append((*room.x, low - bearer))


def scrap(canvas: Canvas, room: Room, chance: "Generator") -> None:
    """Loose iron: uneven at every size, with bars and plates."""
    import numpy as np

    top = room.z[0] + (room.z[1] - room.z[0]) * float(chance.uniform(0.3, 0.6))
    (rows, share), (columns, along) = canvas.spans(room.x, (room.z[0], top + 350), INNER_MM / 2)
    xs = canvas.frame.columns[columns.start : columns.stop] - room.x[0]
    ys = canvas.frame.rows[rows.start : rows.stop] - canvas.frame.rows[rows.start]
    rough = field(chance, xs, ys, 420) * 0.5 + field(chance, xs, ys, 130) * 0.45 + field(chance, xs, ys, 45) * 0.45
    skyline = field(chance, xs, np.zeros(1), 600)[0] * 160 + 350
    full = np.clip((ys[:, None] - skyline[None, :]) / 60, 0, 1)
    canvas.of("steel")[rows, columns] += (np.exp(rough) * full * share[:, None] * along * 70).astype(np.float32)
    for _ in range(int(chance.integers(25, 60))):
        x, z = chance.uniform(*room.x), chance.uniform(room.z[0], top)
        size = chance.uniform(15, 60), chance.uniform(100, 700)
        wide, high = size if chance.random() < 0.5 else size[::-1]
        canvas.block(
            "steel", (x, min(x + wide, room.x[1])), (z, min(z + high, room.z[1])), float(chance.uniform(10, 60))
        )
    room.tops.append((*room.x, top))


def bales(canvas: Canvas, room: Room, chance: "Generator") -> None:
    """Pressed bales of pulp, wired, in two to four heights."""
    density = float(chance.uniform(0.72, 0.9))
    stack(
        canvas,
        room,
        Pack(
            "paper",
            (float(chance.choice([820, 700])), float(chance.choice([480, 580])), 600),
            density,
            gap=18,
            high=0.95,
            spread=0.04,
            ragged=0.2,
        ),
        chance,
    )


def flexitank(canvas: Canvas, room: Room, chance: "Generator") -> None:
    """A bag of liquid over the whole length, its surface sagging to the ends, a bulkhead at the doors."""
    import numpy as np

    high = float(chance.uniform(1150, 1400))
    (rows, share), (columns, along) = canvas.spans(
        (room.x[0] + 250, room.x[1] - 60), (room.z[0], room.z[0] + high), 1175
    )
    place = np.linspace(-1, 1, columns.stop - columns.start)
    level = np.sqrt(np.clip(1 - np.abs(place) ** 14, 0, 1))
    down = np.linspace(1, 0, rows.stop - rows.start)
    inside = np.clip((level[None, :] - down[:, None]) * high / 25, 0, 1) * np.sqrt(
        np.clip(1 - down[:, None] ** 6, 0, 1)
    )
    canvas.of("fruit")[rows, columns] += (inside * share[:, None] * along * 228).astype(np.float32)
    canvas.block("steel", (room.x[0] + 150, room.x[0] + 190), (room.z[0], room.z[0] + 1500), 60.0)
    for z in np.arange(room.z[0] + 150, room.z[0] + 1500, 300):
        canvas.block("steel", (room.x[0] + 120, room.x[0] + 200), (float(z), float(z) + 40), 50.0)
    room.tops.append((*room.x, room.z[0] + high))


def machines(canvas: Canvas, room: Room, chance: "Generator") -> None:
    """Crates with iron parts of all forms."""
    at = room.x[0] + 60
    while at < room.x[1] - 500:
        length = float(chance.uniform(700, 2600))
        stop, high = min(at + length, room.x[1] - 40), float(chance.uniform(700, 2000))
        high = min(high, room.z[1] - room.z[0] - 150)
        _crate(canvas, (at, stop), (room.z[0], room.z[0] + high), chance)
        for _ in range(int(chance.integers(5, 16))):
            _iron(canvas, (at, stop), (room.z[0] + 120, room.z[0] + high), chance)
        room.tops.append((at, stop, room.z[0] + high))
        at = stop + float(chance.uniform(40, 500))


def _crate(canvas: Canvas, x: tuple[float, float], z: tuple[float, float], chance: "Generator") -> None:
    if chance.random() < 0.3:
        canvas.block("steel", x, (z[0], z[0] + 110), 45.0)
        return
    canvas.block("wood", x, z, 2.6)
    for low in (z[0], z[0] + 100, z[1] - 30):
        canvas.block("wood", x, (low, low + 25), 75.0)
    for start in (x[0], (x[0] + x[1]) / 2 - 40, x[1] - 80):
        canvas.block("wood", (start, start + 80), z, 9.0)


def _iron(canvas: Canvas, x: tuple[float, float], z: tuple[float, float], chance: "Generator") -> None:
    """One part: shaft, plate, gear, housing."""
    middle = float(chance.uniform(*x)), float(chance.uniform(*z))
    radius = float(chance.uniform(50, 330))
    radius = max(min(radius, middle[0] - x[0], x[1] - middle[0], middle[1] - z[0], z[1] - middle[1]), 20.0)
    mass, kind, depth = float(chance.uniform(6, 70)), chance.random(), float(chance.uniform(300, INNER_MM - 300))
    matter = "steel" if chance.random() < 0.85 else "aluminium"
    if kind < 0.3:
        canvas.disc(matter, middle, (radius, radius), mass, depth)
        canvas.disc(matter, middle, (radius / 3, radius / 3), -mass * 0.9, depth)
    elif kind < 0.5:
        canvas.disc(matter, middle, (radius, radius), mass * 1.3, depth, ball=True)
    elif kind < 0.8:
        high = radius * float(chance.uniform(0.15, 1.0))
        canvas.block(
            matter, (middle[0] - radius, middle[0] + radius), (middle[1] - high, middle[1] + high), mass, depth
        )
    else:
        canvas.block(matter, (x[0] + 40, x[1] - 40), (middle[1] - 30, middle[1] + 30), mass, depth)


def furniture(canvas: Canvas, room: Room, chance: "Generator") -> None:
    """Flat packs and hollow pieces: boards seen edge on, air between."""
    import numpy as np

    at = room.x[0] + 20
    while at < room.x[1] - 300:
        length = min(float(chance.uniform(450, 1900)), room.x[1] - at - 10)
        low = room.z[0]
        while low < room.z[1] - 350:
            high = float(chance.uniform(250, 900))
            high = min(high, room.z[1] - low - 40)
            canvas.block("wood", (at, at + length - 15), (low, low + high - 8), float(chance.uniform(4, 16)))
            boards = np.sort(chance.uniform(at, at + length - 40, int(chance.integers(1, 5))))
            for start in boards:
                canvas.block(
                    "wood", (float(start), float(start) + 20), (low, low + high - 8), float(chance.uniform(20, 70))
                )
            canvas.block("wood", (at, at + length - 15), (low, low + 20), float(chance.uniform(20, 90)))
            low += high
        room.tops.append((at, at + length, low))
        at += length
