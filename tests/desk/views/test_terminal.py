import msgspec
import pytest

from vigie.desk.views import terminal

VIEWS = [kind for kind in vars(terminal).values() if isinstance(kind, type) and kind.__module__ == terminal.__name__]


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.__name__)
def test_a_view_is_a_frozen_value_that_tells_its_fields(view):
    assert view.__struct_config__.frozen
    assert view.__doc__
    msgspec.json.schema(view)
