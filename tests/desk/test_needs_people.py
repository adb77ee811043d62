from tests.desk.port import ANN, VISIT, manifest, take_in
from tests.desk.test_needs import public

from vigie.desk import needs_people
from vigie.desk.selection import order


def test_kept_orders_and_kept_audit_entries_have_what_the_desk_tells(node):
    take_in(node, manifest())
    order(ANN, [VISIT], "hold", node)
    assert all(hasattr(node.store.orders.of(VISIT)[0], name) for name in public(needs_people.Sent))
    assert all(hasattr(node.store.trail.page()[0], name) for name in public(needs_people.KeptAudit))
