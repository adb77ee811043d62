from vigie.arrivals import Call, Consignment, Equipment, GoodsItem, Measurement, Movement, Position, Route
from vigie.arrivals.table.fields import FIELDS

_OWN = {"vessel", "goods_gross_g", "document", "booking", "grams", "tenths", "flag"}


def test_fields_are_named_as_the_canonical_rows_name_them() -> None:
    rows = {"consignment": (Consignment, Equipment, GoodsItem, Call, Route), "movement": (Movement, Call),
            "measurement": (Measurement,), "position": (Position,)}
    for kind, fields in FIELDS.items():
        known = {name for row in rows[kind] for name in row.__struct_fields__} | _OWN
        assert {field for field in fields if "_" not in field or field.split("_")[0] not in (
            "consignor", "consignee", "notify", "buyer", "seller", "forwarder", "declarant")} <= known | {"container"}
