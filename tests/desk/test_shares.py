from tests.desk.port import ANN, BOB, NOW

from vigie.desk import lifecycle
from vigie.desk.drift import propose_share
from vigie.desk.shares import SHARES, selection_of, share_in_force, share_otherwise
from vigie.desk.standing import SETTINGS
from vigie.risk import RuleKind, Shares
from vigie.selection import SelectionPolicy


def test_the_shares_that_came_hold_until_two_officers_put_others_in_force(node):
    assert share_in_force(node) == SelectionPolicy()
    version = propose_share(ANN, 151, "drift", node)
    for officer, verb in ((ANN, "submit"), (BOB, "approve"), (BOB, "live")):
        assert share_in_force(node) == SelectionPolicy()
        lifecycle.step(officer, RuleKind.POLICY, SETTINGS, version, verb, "as discussed", node)
    assert share_in_force(node) == SelectionPolicy(76, 75, 1)
    assert share_otherwise(node) == SelectionPolicy()
    assert selection_of(Shares(1, 2), 3) == SelectionPolicy(1, 2, 3)


def test_shares_that_cannot_be_read_change_nothing(node):
    made = lifecycle.draft(ANN, RuleKind.POLICY, SHARES, b"nonsense", node, reason="a try", valid_from=NOW)
    for officer, verb in ((ANN, "submit"), (BOB, "approve"), (BOB, "live")):
        lifecycle.step(officer, RuleKind.POLICY, SHARES, made.version, verb, "why not", node)
    assert share_in_force(node) == SelectionPolicy()
