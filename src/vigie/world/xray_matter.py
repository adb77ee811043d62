"""What boxes and goods are made of: composition by mass and density, for the simulated scans."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigie.world.xray_attenuation import compound

if TYPE_CHECKING:
    from vigie.world.xray_attenuation import Floats

_MASS = {
    1: 1.008,
    6: 12.011,
    7: 14.007,
    8: 15.999,
    11: 22.990,
    13: 26.982,
    14: 28.085,
    15: 30.974,
    16: 32.06,
    17: 35.45,
    19: 39.098,
    20: 40.078,
    26: 55.845,
    29: 63.546,
    30: 65.38,
    82: 207.2,
}
"""Standard atomic masses. Source: IUPAC, abridged."""


@dataclass(frozen=True, slots=True)
class Matter:
    """A material.

    Attributes:
        name: Name inside the world. atoms: Atomic number to atoms in the formula. density: g/cm³ where it lies packed.
    """

    name: str
    atoms: tuple[tuple[int, float], ...]
    density: float

    def attenuation(self, mev: "Floats") -> "Floats":
        """Mass attenuation in cm²/g."""
        return compound({element: count * _MASS[element] for element, count in self.atoms}, mev)


_CELLULOSE = ((6, 6.0), (1, 10.0), (8, 5.0))
_WATERY = ((1, 2.0), (8, 1.0))

MATTER = {
    one.name: one
    for one in (
        Matter("steel", ((26, 1.0),), 7.85),
        Matter("aluminium", ((13, 1.0),), 2.70),
        Matter("copper", ((29, 1.0),), 8.96),
        Matter("lead", ((82, 1.0),), 11.34),
        Matter("wood", _CELLULOSE, 0.60),
        Matter("paper", _CELLULOSE, 0.75),
        Matter("dry-goods", ((6, 6.0), (1, 10.6), (8, 5.0), (7, 0.2)), 0.70),
        Matter("water", _WATERY, 1.00),
        Matter("fruit", ((1, 2.0), (8, 1.05), (6, 0.12)), 0.95),
        Matter("meat", ((1, 2.0), (8, 0.85), (6, 0.25), (7, 0.05)), 0.95),
        Matter("plastic", ((6, 1.0), (1, 2.0)), 0.95),
        Matter("rubber", ((6, 5.0), (1, 8.0), (16, 0.05), (14, 0.15), (8, 0.3)), 1.10),
        Matter("textile", ((6, 6.0), (1, 10.0), (8, 4.6)), 0.35),
        Matter("ceramic", ((14, 1.0), (13, 0.35), (8, 2.6), (19, 0.05), (20, 0.05)), 2.10),
        Matter("glass", ((14, 1.0), (8, 2.4), (11, 0.35), (20, 0.15)), 2.50),
        Matter("salts", ((7, 1.0), (15, 0.4), (19, 0.5), (8, 2.2), (1, 3.0), (17, 0.3)), 1.00),
        Matter("charcoal", ((6, 1.0), (8, 0.06), (1, 0.25)), 0.28),
        Matter("cocaine", ((6, 17.0), (1, 22.0), (7, 1.0), (8, 4.0), (17, 1.0)), 1.15),
    )
}
"""All materials. Formulas are those of the substances; mixtures (fruit, meat, salts, rubber) are rounded by us."""
