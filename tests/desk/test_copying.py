"""A node is moved to another database by its administrator, while it stands still."""

import pytest
from tests.desk.port import VISIT, a_node, an_officer, manifest, take_in

from vigie.desk import audit, container
from vigie.desk.copying import copy_store
from vigie.terms import NotForYou, Purpose, Role, StoreFault

ADMIN = an_officer("dan", Role.ADMINISTRATOR, purposes=(Purpose.ADMINISTRATION,))


def test_the_copy_works_like_the_first_and_its_trail_says_where_it_came_from(tmp_path):
    keys = tmp_path / "keys.json"
    with a_node(tmp_path / "home", keys=keys) as node:
        take_in(node, manifest())
        before = container.container(an_officer("ann"), VISIT, node)
        copied = copy_store(ADMIN, f"sqlite:///{tmp_path}/new/store.db", node)
        assert {one.table: one.rows for one in copied}["visit"] == 1
    with a_node(tmp_path / "home", keys=keys, store=f"sqlite:///{tmp_path}/new/store.db") as node:
        assert container.container(an_officer("ann"), VISIT, node).timeline == before.timeline
        auditor = an_officer("eva", Role.AUDITOR, purposes=(Purpose.OVERSIGHT,))
        assert all(chain.whole for chain in audit.verify(auditor, node, Purpose.OVERSIGHT))
        assert "copy-store" in [one.entry.act for one in node.store.trail.after(0, 100)]
        assert take_in(node, manifest()).assessed == 0  # what was taken in stays known


def test_who_is_no_administrator_copies_nothing(tmp_path):
    with a_node(tmp_path / "home") as node, pytest.raises(NotForYou):
        copy_store(an_officer("ann"), f"sqlite:///{tmp_path}/new.db", node)
    assert not (tmp_path / "new.db").exists()


def test_a_running_node_is_not_copied(tmp_path):
    with a_node(tmp_path / "home") as node, a_node(tmp_path / "home") as other, other.sequencer() as mine:
        assert mine
        with pytest.raises(StoreFault) as refused:
            copy_store(ADMIN, f"sqlite:///{tmp_path}/new.db", node)
    assert refused.value.facts["reason"] == "node-runs"
