import msgspec

from vigie.arrivals.epcis import shapes


def test_every_field_may_be_missing() -> None:
    for kind in (shapes.Event, shapes.Sensor, shapes.Report, shapes.Named, shapes.Transaction, shapes.Quantity):
        assert msgspec.json.decode(b"{}", type=kind) == kind()
