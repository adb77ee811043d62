"""Pictures drawn by hand: a container on its chassis with air around it, no simulator."""

import numpy as np

from vigie.scanning import Scan, ScanFacts, Travel

FACTS = ScanFacts(energies_mev=(6.0, 4.0), air=(60_000, 58_000), row_mm=8.8, column_mm=8.8, travel=Travel.DOORS_FIRST)
LEFT, TOP, WIDTH, HEIGHT = 60, 90, 1385, 329  # 12.19 m by 2.90 m
FLOOR = TOP + HEIGHT - 18


def attenuation(*, load=0.6, chassis=True, extra=(), seed=1):
    """High-energy attenuation of 600 x 1500 pixels. extra: (x, y, w, h, attenuation) added."""
    field = np.zeros((600, 1500))
    field[TOP : TOP + HEIGHT, LEFT : LEFT + WIDTH] = 0.14
    field[TOP : TOP + 6, LEFT : LEFT + WIDTH] += 0.9
    field[FLOOR : TOP + HEIGHT, LEFT : LEFT + WIDTH] += 2.0
    for end in (LEFT, LEFT + WIDTH - 8):
        field[TOP : TOP + HEIGHT, end : end + 8] += 0.8
    if load:
        draw = np.random.default_rng(seed)
        cartons = np.kron(1 + 0.15 * draw.standard_normal((6, 30)), np.ones((30, 42)))
        field[FLOOR - 180 : FLOOR, LEFT + 40 : LEFT + 40 + 1260] += load * cartons
    if chassis:
        field[TOP + HEIGHT + 4 : TOP + HEIGHT + 30, LEFT : LEFT + WIDTH] += 0.5
        for axle in (1000, 1150, 1300):
            field[TOP + HEIGHT + 30 : TOP + HEIGHT + 130, axle : axle + 110] += 1.5
    for left, top, width, height, more in extra:
        field[top : top + height, left : left + width] += more
    return field


def shot(field, facts=FACTS, seed=1, low=True):
    """Counts of an attenuation, with their noise."""
    draw = np.random.default_rng(seed)
    high = draw.poisson(np.minimum(facts.air[0] * np.exp(-field), 65_535)).astype(np.uint16)
    dim = draw.poisson(np.minimum(facts.air[1] * np.exp(-1.22 * field), 65_535)).astype(np.uint16) if low else None
    return Scan(facts=facts, high=high, low=dim)
