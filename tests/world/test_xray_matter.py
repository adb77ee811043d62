import numpy as np
import pytest

from vigie.world.xray_matter import MATTER


def test_known_materials_attenuate_as_published():
    mev = np.array([1.0])
    assert MATTER["water"].attenuation(mev)[0] == pytest.approx(0.07072, rel=0.002)  # NIST
    assert MATTER["steel"].attenuation(mev)[0] == pytest.approx(0.05995, rel=0.002)
    assert MATTER["plastic"].attenuation(mev)[0] == pytest.approx(0.07262, rel=0.003)  # polyethylene, NIST


def test_all_materials_are_within_the_table_and_dense():
    mev = np.array([0.2, 2.0, 9.0])
    for name, matter in MATTER.items():
        assert name == matter.name
        assert (matter.attenuation(mev) > 0).all()
        assert 0.1 < matter.density < 12
