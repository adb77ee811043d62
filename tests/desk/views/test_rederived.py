import msgspec
import pytest

from vigie.desk.views import rederived

VIEWS = [kind for kind in vars(rederived).values() if isinstance(kind, type) and kind.__module__ == rederived.__name__]


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.__name__)
def test_a_view_is_a_frozen_value_that_tells_its_fields(view):
    assert view.__struct_config__.frozen
    assert view.__doc__
    msgspec.json.schema(view)


@pytest.mark.parametrize(("verdict", "missing", "lacking"), [
    ("equal", (), ""), ("erased", ("entry 5",), ""), ("not-kept", ("policy feed",), "policy"),
    ("not-kept", ("model beef",), "model"), ("not-kept", ("declarations feed",), "declarations"),
])  # fmt: skip
def test_what_is_lacking_is_told_apart(verdict, missing, lacking):
    assert rederived.Rederived("X-1", 5, verdict, "feed", 3, 4, missing=missing).lacking == lacking
