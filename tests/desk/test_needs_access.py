from tests.desk.port import EVE
from tests.desk.test_needs import public

from vigie.desk import needs_access
from vigie.terms import Moment


def test_the_store_has_what_the_desk_needs_of_access_logs(node):
    assert all(hasattr(node.store.access, name) for name in public(needs_access.Access))
    which = node.store.access.ask("u-0", EVE.id, Moment(1), "why")
    assert all(hasattr(node.store.access.opening(which), name) for name in public(needs_access.Asked))
