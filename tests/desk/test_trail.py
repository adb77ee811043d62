from tests.desk.port import ANN, NOW, trail

from vigie.desk.trail import leave
from vigie.terms import AuditEntry, Purpose


def test_a_look_and_a_refusal_are_frozen_values(node):
    leave(ANN, Purpose.TARGETING, "see", "X-1", node)
    leave(ANN, Purpose.TARGETING, "see", "X-1", node, refused=True, how="late")
    assert trail(node) == [
        AuditEntry(ANN.id, Purpose.TARGETING, "see", "X-1", "refused", NOW, {"how": "late"}),
        AuditEntry(ANN.id, Purpose.TARGETING, "see", "X-1", "done", NOW, {}),
    ]
