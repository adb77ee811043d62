from tests.desk.port import ANN

from vigie.desk import policy
from vigie.desk.views import PolicyRow
from vigie.desk.views.plain import plain


def test_values_are_plain_json_in_thousandths(node):
    policy.draft(ANN, {"shares": {"tilted_permille": 40, "uniform_permille": 60}}, "more evenly", node)
    rows = policy.policies(ANN, node)
    assert all(isinstance(one, PolicyRow) for one in rows)
    told = plain(policy.show(ANN, node, 1))
    assert told["values"]["shares"] == {"tilted_permille": 40, "uniform_permille": 60}
    assert told["row"]["made"].endswith("Z")
    assert {"id", "milli", "declared_milli", "low", "high"} <= set(told["values"]["weights"][0])
    assert [one["field"] for one in told["changes"]] == ["shares.tilted_permille", "shares.uniform_permille"]
    assert plain(rows[-1])["made"] is None
