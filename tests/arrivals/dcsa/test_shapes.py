import inspect

import msgspec

from vigie.arrivals.dcsa import shapes


def test_every_field_may_be_missing() -> None:
    kinds = [kind for _, kind in inspect.getmembers(shapes, inspect.isclass) if issubclass(kind, msgspec.Struct)]
    assert len(kinds) > 20
    for kind in kinds:
        assert msgspec.json.decode(b"{}", type=kind) == kind()
