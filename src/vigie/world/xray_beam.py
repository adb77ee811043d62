"""What a linac emits and what a scintillator makes of it: our own description, held against published Geant4 spectra.

A thick target is taken as a pile of thin ones (Kramers 1923): electrons slow down from the end-point energy, at every
energy T each gives photons k with the shape u + SHAPE u² per photon energy (u = k/T), more forward the faster it is,
and tungsten in the target filters them. Stopping power: Bethe's formula as in ICRU Report 37 (electrons, tungsten) with
radiative losses of Z (T + mc²) / 800 MeV. The constants were fitted to the spectra of 6 and 9 MeV that go with Lalor
and Danagoulian's semiZ (MIT licence); other end points follow from the same constants and are not verified by us.
"""

from functools import cache
from typing import TYPE_CHECKING

from vigie.world.xray_attenuation import DETECTOR, attenuation

if TYPE_CHECKING:
    from vigie.world.xray_attenuation import Floats

ELECTRON_MEV = 0.51099895
"""Rest energy of an electron. Source: CODATA 2018."""
SHAPE, FORWARD, SPREAD, SOFT, SOFT_MEV, TARGET = 2.0, 0.317, 0.515, 3.51, 0.679, 1.012
"""Fitted: weight of u²; power of T in the forward yield; loss per MeV and radian off the axis; share and scale (MeV) of
photons scattered in target and collimator; tungsten passed, g/cm²."""
CRYSTAL = 24.0
"""Cadmium tungstate passed, g/cm² (about 30 mm); fitted to the response that goes with semiZ, agrees within 3 %."""
ANGLE = 0.10
"""Mean angle off the axis at which a container is seen, radians; the change over the fan is not simulated."""

_TUNGSTEN_Z, _TUNGSTEN_A, _IONISATION_MEV = 74, 183.84, 727e-6  # ICRU Report 37
_STEPS = 400  # of the spectrum: twice as many change the attenuation of 20 and 150 g/cm² by less than 1 in 100,000


def energies(end_mev: float) -> "Floats":
    """Photon energies on which a beam is described, MeV, evenly spaced up to the end point."""
    import numpy as np

    return 0.03 + (end_mev - 0.03) * (np.arange(_STEPS) + 0.5) / _STEPS


def _stopping(mev: "Floats") -> "Floats":
    import numpy as np

    tau = mev / ELECTRON_MEV
    fast = tau * (tau + 2) / (tau + 1) ** 2
    inner = 1 - fast + (tau * tau / 8 - (2 * tau + 1) * np.log(2)) / (tau + 1) ** 2
    ratio = np.log(tau**2 * (tau + 2) / (2 * (_IONISATION_MEV / ELECTRON_MEV) ** 2))
    collision = 0.153536 * _TUNGSTEN_Z / _TUNGSTEN_A / fast * (ratio + inner)
    return np.asarray(collision * (1 + _TUNGSTEN_Z * (mev + ELECTRON_MEV) / 800.0))


@cache
def beam(end_mev: float, angle: float = ANGLE) -> "Floats":
    """Photons a linac sends, per energy of `energies(end_mev)`; they sum to 1.

    Args:
        end_mev: End-point energy, 2 to 10 MeV.
        angle: Off the axis of the electrons, radians, 0 to 0.45.

    Raises:
        ValueError: The end point lies outside.
    """
    import numpy as np

    if not 2.0 <= end_mev <= 10.0:
        raise ValueError("end point outside 2 to 10 MeV")
    photon = energies(end_mev)
    steps = (np.arange(96) + 0.5) / 96
    electron = photon[:, None] + (end_mev - photon[:, None]) * steps
    part = photon[:, None] / electron
    thin = (part + SHAPE * part**2) * (electron / end_mev) ** FORWARD * np.exp(-SPREAD * electron * angle)
    made = (thin / _stopping(electron)).mean(axis=1) * (end_mev - photon) / photon
    passed = np.exp(-attenuation(_TUNGSTEN_Z, photon) * TARGET / np.cos(angle)) * (
        1 + SOFT * np.exp(-photon / SOFT_MEV)
    )
    return np.asarray(made * passed / (made * passed).sum())


def response(mev: "Floats") -> "Floats":
    """Energy a photon leaves in the scintillator on average, MeV."""
    import numpy as np

    return np.asarray(mev * (1 - np.exp(-attenuation(DETECTOR, mev) * CRYSTAL)))


def seen(end_mev: float) -> "Floats":
    """Share of the detector's signal in air that photons of each energy make; sums to 1."""
    weights = beam(end_mev) * response(energies(end_mev))
    return weights / float(weights.sum())
