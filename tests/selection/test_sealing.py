from vigie.selection import commitment, day_key, fits
from vigie.selection.sealing import lot


def test_only_the_committed_key_fits():
    key = day_key(b"m" * 32, "BEANR", "2026-11-22")
    published = commitment(key, "BEANR", "2026-11-22")
    assert fits(key, "BEANR", "2026-11-22", published)
    assert not fits(day_key(b"m" * 32, "BEANR", "2026-11-23"), "BEANR", "2026-11-22", published)
    assert not fits(key, "NLRTM", "2026-11-22", published)


def test_sites_days_and_nodes_have_keys_of_their_own():
    keys = {day_key(m, s, d) for m in (b"1" * 32, b"2" * 32) for s in ("BEANR", "NLRTM") for d in ("a", "b")}
    assert len(keys) == 8


def test_a_lot_depends_on_every_word():
    assert len({lot(b"k", "a", "b"), lot(b"k", "b", "a"), lot(b"k", "ab"), lot(b"l", "a", "b")}) == 4
