from tests.desk.port import ANN, BOB
from tests.desk.test_indicators import fields

from vigie.desk import indicators
from vigie.desk.views import IndicatorRow, WaitingRow
from vigie.desk.views.plain import plain


def test_views_are_plain_json_with_moments_as_iso(node):
    made = indicators.draft(ANN, fields(), "a reason", node)
    indicators.step(ANN, made.id, 1, "submit", "", node)
    told = plain(indicators.show(BOB, "Z1", node))
    assert told["row"]["valid_from"].startswith("2020-01-01T")
    assert told["versions"][0]["made"].endswith("Z")
    assert told["examples"][0]["values"] == {"seals": 1, "empty": False}
    (waits,) = indicators.waiting(BOB, node)
    assert isinstance(waits, WaitingRow)
    assert (waits.mine, indicators.waiting(ANN, node)[0].mine) == (False, True)
    assert all(isinstance(one, IndicatorRow) for one in indicators.catalogue(BOB, node))
