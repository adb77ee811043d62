from tests.desk.port import manifest, take_in
from tests.desk.test_needs import public

from vigie.desk import needs_kept


def test_a_chain_that_was_read_has_what_the_desk_tells(node):
    take_in(node, manifest())
    for chain in (node.store.log.verify(), node.store.trail.verify()):
        assert all(hasattr(chain, name) for name in public(needs_kept.Verified))
