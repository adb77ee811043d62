"""Packages are kept sealed, once, and are gone with their key on every store."""

from tests.exchange.test_package import LOOK, RAW, SCAN, a_cover, public_of
from tests.exchange.values import NOW, SIGNERS, a_marking

from vigie.exchange import pack, unpack
from vigie.terms import DAY, Moment

TOLD = unpack(RAW, public_of)


def another(store, box="TGHU7654321", until=NOW + 5 * DAY):
    cover = a_cover(container=box, marking=a_marking(retain_until=Moment(until)))
    raw = pack(cover, (LOOK,), SIGNERS[cover.origin])
    told = unpack(raw, public_of)
    store.packages.put(told, raw, Moment(NOW + 1))
    return told


def test_a_package_is_kept_once_and_read_back(store):
    assert store.packages.put(TOLD, RAW, NOW)
    assert not store.packages.put(TOLD, RAW, Moment(NOW + 1))
    kept = store.packages.get(TOLD.sha256)
    assert (kept.kind, kept.origin, kept.container, kept.kept, kept.size) == (
        "images", a_cover().origin, "MSCU1234566", NOW, len(RAW))  # fmt: skip
    assert store.packages.raw(TOLD.sha256) == RAW
    assert store.packages.raw("0" * 64) is None
    assert store.packages.held([TOLD.sha256, "0" * 64]) == {TOLD.sha256}
    assert store.packages.held([]) == set()


def test_lists_and_time(store):
    store.packages.put(TOLD, RAW, NOW)
    late = another(store)
    assert [one.sha256 for one in store.packages.page()] == [late.sha256, TOLD.sha256]
    assert [one.sha256 for one in store.packages.due(Moment(NOW + 6 * DAY))] == [late.sha256]
    assert store.packages.due(NOW) == []
    assert store.packages.names() == sorted((TOLD.sha256, late.sha256))


def test_what_is_dropped_leaves_nothing(store):
    store.packages.put(TOLD, RAW, NOW)
    unit = store.packages.get(TOLD.sha256).unit
    assert store.packages.drop(TOLD.sha256)
    assert not store.packages.drop(TOLD.sha256)
    assert store.packages.raw(TOLD.sha256) is None
    assert store.vault.gone([unit]) == {unit}
    files = [file for file in store.blobs.folder.rglob("*") if file.is_file()]
    assert all(SCAN.body[:64] not in file.read_bytes() for file in files)
    assert files == []


def test_packages_go_with_their_container(store):
    store.packages.put(TOLD, RAW, NOW)
    other = another(store)
    units = store.packages.units_of(["MSCU1234566"])
    assert store.packages.units_of([]) == set()
    store.erase(units)
    assert store.packages.get(TOLD.sha256) is None
    assert store.packages.raw(other.sha256) is not None
