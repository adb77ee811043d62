"""The links of both chains, the same in every store: with them the chains are computed again."""

from hashlib import sha256

import msgspec
from tests.store_values import a_look, an_entry

from vigie.store.chain import START


def test_the_links_of_the_log_are_those_of_what_it_covers(store):
    (unit,) = store.units(1)
    store.log.append([an_entry(hlc, unit) for hlc in (1, 2, 3)])
    links = list(store.links.log())
    before = START
    for (place, link), told in zip(links, store.links.covered([3, 1, 2, 9]), strict=True):
        covered = (told.hlc, told.kind, told.subject, told.unit, told.source, bytes.fromhex(told.digest))
        assert (place, link) == (told.hlc, sha256(before + msgspec.msgpack.encode(covered)).digest())
        before = link
    assert before.hex() == store.log.verify().head


def test_the_links_of_the_trail_end_at_its_head(store):
    assert list(store.links.trail()) == []
    store.trail.keep(a_look(), a_look())
    assert [seq for seq, _ in store.links.trail()] == [1, 2]
    assert [link.hex() for _, link in store.links.trail()][-1] == store.trail.verify().head
