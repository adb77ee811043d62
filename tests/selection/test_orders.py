import csv
import io

import pytest

from vigie.selection import Order, OrderKind, as_csv, as_movement, order_id


def an_order(**more):
    return Order(
        **{
            "id": "a1",
            "kind": OrderKind.HOLD,
            "visit": "CSQU3054383-1",
            "container": "CSQU3054383",
            "site": "BEANR",
            "issued": 0,
            "officer": "o1",
            "document": "BL1",
        }
        | more
    )


@pytest.mark.parametrize(
    ("kind", "code"), [(OrderKind.HOLD, "CUSS"), (OrderKind.INSPECT, "CUSI"), (OrderKind.RELEASE, "CUSR")]
)
def test_an_order_is_the_customs_event_of_the_trade(kind, code):
    moved = as_movement(an_order(kind=kind))
    assert (moved.code, moved.container, moved.place, moved.documents) == (code, "CSQU3054383", "BEANR", ("BL:BL1",))
    assert not moved.reason
    assert not moved.remarks


def test_the_table_names_no_officer_and_runs_no_formula():
    rows = list(csv.DictReader(io.StringIO(as_csv([an_order(document="=1+1")]))))
    assert rows[0]["document"] == "'=1+1"
    assert rows[0]["issued"] == "1970-01-01T00:00:00Z"
    assert "o1" not in rows[0].values()


def test_the_same_order_has_the_same_name():
    assert (
        order_id(OrderKind.HOLD, "A-1", 5) == order_id(OrderKind.HOLD, "A-1", 5) != order_id(OrderKind.HOLD, "A-1", 6)
    )
