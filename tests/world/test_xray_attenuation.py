"""The pinned attenuation: any source that clamps or falls silent above 0.8 MeV fails here."""

import re
from pathlib import Path

import numpy as np
import pytest

from vigie.world.xray_attenuation import DETECTOR, attenuation, compound

PINNED = {  # NIST XCOM, total with coherent scattering, cm2/g, at 0.1, 1, 3 and 6 MeV
    1: (0.2944, 0.1263, 0.06921, 0.04498),
    6: (0.1514, 0.06362, 0.03562, 0.02470),
    26: (0.3717, 0.05995, 0.03621, 0.03057),
    82: (5.549, 0.07103, 0.04234, 0.04391),
}
MEV = np.array([0.1, 1.0, 3.0, 6.0])
TABLES = Path(__file__).parents[3] / "shared" / "data" / "scan" / "xcom" / "MassAtten"


def agrees(source):
    """What the test asks of a source of attenuation: half a percent at all four energies."""
    return all(np.allclose(source(element, MEV), told, rtol=0.005) for element, told in PINNED.items())


def test_values_are_those_of_nist():
    assert agrees(attenuation)


def test_a_source_that_clamps_or_falls_silent_is_found_out():
    assert not agrees(lambda element, mev: attenuation(element, np.minimum(mev, 0.8)))
    assert not agrees(lambda element, mev: np.where(mev > 0.8, 0.0, attenuation(element, mev)))


@pytest.mark.shared
@pytest.mark.skipif(not TABLES.exists(), reason="no ../shared/data")
def test_every_element_is_as_in_the_shared_tables():
    for element in range(1, 93):
        rows = [
            re.findall(r"\d\.\d+E[+-]\d+", line) for line in (TABLES / f"{element:02d}.txt").read_text().splitlines()
        ]
        true = {float(row[0]): float(row[-2]) for row in rows if len(row) >= 8}
        for mev in (0.1, 1.0, 3.0, 6.0):
            assert attenuation(element, np.array([mev]))[0] == pytest.approx(true[mev], rel=1e-6)


@pytest.mark.parametrize("mev", [0.02, 10.5])
def test_beyond_the_table_nothing_is_guessed(mev):
    with pytest.raises(ValueError):
        attenuation(26, np.array([mev]))
    with pytest.raises(ValueError):
        attenuation(93, np.array([1.0]))


def test_a_compound_lies_between_its_elements():
    water = compound({1: 2 * 1.008, 8: 15.999}, np.array([1.0]))[0]
    assert water == pytest.approx(0.07072, rel=0.002)  # NIST, liquid water at 1 MeV
    assert attenuation(DETECTOR, np.array([1.0]))[0] < attenuation(74, np.array([1.0]))[0]
