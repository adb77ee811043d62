import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.scanning.xray.pictures import TAKEN

from vigie.scanning import BadScan, ScanFacts, Threat, Travel
from vigie.scanning.xray.profile import LARGEST_PROFILE, read_profile, write_profile

LEAST = {"pixel_mm": 5, "energies_mev": [6, 4], "air": 60_000, "commodity": "timber", "threats": []}
_energy = st.floats(1.0, 10.0)


def wrong(**told):
    with pytest.raises(BadScan) as caught:
        read_profile(json.dumps(LEAST | told).encode())
    return caught.value.facts


def test_the_least_profile_is_enough():
    told = LEAST | {"threats": [{"box": [1, 2, 3, 4], "zone": "doors", "kg": 25}]}
    facts, threats = read_profile(json.dumps(told).encode())
    assert (facts.energies_mev, facts.air, facts.row_mm, facts.column_mm) == ((6.0, 4.0), (60_000, 60_000), 5.0, 5.0)
    assert threats == (Threat(box=(1.0, 2.0, 3.0, 4.0), zone="doors", kg=25.0),)


@given(
    st.tuples(_energy, _energy), st.integers(2, 65_535), st.floats(0.5, 50), st.floats(0.5, 50),
    st.sampled_from(Travel), st.text(max_size=20), st.booleans(), st.sampled_from([None, TAKEN]),
)  # fmt: skip
def test_what_is_written_is_read_as_it_was(energies, air, row, column, travel, commodity, simulated, taken):
    facts = ScanFacts(
        energies_mev=energies, air=(air, air), dark=(1, 0), row_mm=row, column_mm=column, travel=travel,
        commodity=commodity.strip(), simulated=simulated, taken=taken, scanner="MX-1", container="CSQU3054383",
    )  # fmt: skip
    assert read_profile(write_profile(facts)) == (facts, ())


@pytest.mark.parametrize(
    ("field", "value"),
    [("energies_mev", [0, 4]), ("energies_mev", [6, 4, 2]), ("energies_mev", [25, 4]), ("air", 0), ("air", 70_000),
     ("air", [60_000]), ("pixel_mm", 0.01), ("pixel_mm", 500), ("dark", 60_000), ("taken", "yesterday"),
     ("travel", "sideways"), ("threats", [{"box": [1, 2, 3]}])],
)  # fmt: skip
def test_what_cannot_be_is_refused_by_its_field(field, value):
    assert wrong(**{field: value})["field"].partition("[")[0] == field


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(raw):
    with pytest.raises(BadScan):
        read_profile(raw)


def test_too_large_a_profile_is_not_decoded():
    with pytest.raises(BadScan, match="scan-profile-too-large"):
        read_profile(b" " * (LARGEST_PROFILE + 1))
