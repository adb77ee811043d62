"""What all tests share: where the sample files lie, and how long a Hypothesis law may look."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, is_hypothesis_test, settings

# Before numpy is loaded anywhere: on two cores that two workers share, a second thread for each only spins.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

_SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"

# 2 cores are shared by everything else that runs: the default slice is short, `VIGIE_HYPOTHESIS=soak` looks longer.
settings.register_profile("default", max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("soak", max_examples=5_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
_OWN_COUNT = 500  # a law whose cases are dear asks for fewer than this in `make test`; a soak asks for ten times as many
settings.load_profile(os.environ.get("VIGIE_HYPOTHESIS", "default"))


def pytest_collection_modifyitems(items):
    """Where Hypothesis looks longer, each of its laws is one of the soak and says how many cases it asks for."""
    if os.environ.get("VIGIE_HYPOTHESIS") != "soak":
        return
    for item in items:
        law = getattr(item, "obj", None)
        if is_hypothesis_test(law):
            item.add_marker(pytest.mark.soak)
            item.add_marker(pytest.mark.timeout(7200))
            kept = getattr(law, "_hypothesis_internal_use_settings", None) or settings.default
            if kept.max_examples < _OWN_COUNT:
                kept = law._hypothesis_internal_use_settings = settings(kept, max_examples=10 * kept.max_examples)
            item.user_properties.append(("n", kept.max_examples))


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of sample files beside the checkout; read-only, never committed."""
    if _SHARED.is_dir():
        return _SHARED
    missing = f"sample files absent: {_SHARED} (they lie beside the checkout, never in it)"
    if os.environ.get("CI"):
        pytest.fail(missing)
    pytest.skip(missing)
