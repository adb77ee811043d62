from inspect import signature

import pytest

from vigie.desk import needs_readings
from vigie.store.readings import Readings


@pytest.mark.parametrize("name", [one for one in vars(needs_readings.Readings) if not one.startswith("_")])
def test_the_store_has_what_the_desk_needs(name):
    wanted = list(signature(getattr(needs_readings.Readings, name)).parameters)
    assert list(signature(getattr(Readings, name)).parameters)[: len(wanted)] == wanted
