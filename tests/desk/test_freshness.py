from tests.desk.port import BOB

from vigie.desk import freshness, officers


def test_whoever_is_not_signed_in_reads_the_store_itself(node):
    assert freshness.must_show(("", "nobody's"), node) is None
    freshness.acted(("nobody's",), node)
    assert not freshness.replicated(node)


def test_the_last_act_is_kept_for_the_officer_whatever_session_he_asks_in(node):
    officers.add(None, BOB, node)
    first, second = (officers.sign_in(officers.link(None, BOB.id, node).token, node).token for _ in range(2))
    assert freshness.must_show((first,), node) == 0
    freshness.acted((first,), node)
    assert freshness.must_show(("", second), node) == node.store.end()
    assert node.store.preferences.get(BOB.id, "acted-upto") is not None
