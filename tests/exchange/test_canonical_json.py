import json

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from vigie.exchange.canonical_json import canonical

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=("Cs",))),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(exclude_categories=("Cs",))), inner),
)


@given(JSON)
def test_it_writes_as_the_library_for_it_does(value):
    assert canonical(value) == rfc8785.dumps(value)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 2**54, {1: 2}, {"a": object()}, "\ud800"])
def test_what_json_cannot_hold_is_refused(value):
    with pytest.raises(ValueError):
        canonical(value)


@pytest.mark.parametrize(
    ("number", "told"),
    [(1e21, "1e+21"), (1e20, "100000000000000000000"), (-0.0, "0"), (1e-7, "1e-7"), (0.000001, "0.000001"),
     (333333333.33333329, "333333333.3333333"), (5e-324, "5e-324"), (123e-20, "1.23e-18")],
)  # fmt: skip
def test_numbers_are_written_as_ecmascript_does(number, told):
    assert canonical(number).decode() == told


@pytest.mark.shared
def test_the_vectors_of_the_standard(shared_data):
    folder = shared_data / "exchange" / "jcs" / "testdata"
    paths = sorted((folder / "input").glob("*.json"))
    assert len(paths) == 6
    for path in paths:
        assert canonical(json.loads(path.read_text())) == (folder / "output" / path.name).read_bytes(), path.name
