"""What all tests share: where the sample files lie, and how long a Hypothesis law may look."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

_SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"

# 2 cores are shared by everything else that runs: the default slice is short, `VIGIE_HYPOTHESIS=soak` looks longer.
settings.register_profile("default", max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("soak", max_examples=5_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("VIGIE_HYPOTHESIS", "default"))


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of sample files beside the checkout; read-only, never committed."""
    if _SHARED.is_dir():
        return _SHARED
    missing = f"sample files absent: {_SHARED} (they lie beside the checkout, never in it)"
    if os.environ.get("CI"):
        pytest.fail(missing)
    pytest.skip(missing)
