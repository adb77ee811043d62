"""Cut-outs: their mass, their file, and what is refused before anything is unpacked."""

import json
import pickle
import zlib

import numpy as np
import pytest
from tests.scanning.xray.drawn import attenuation, shot

from vigie.scanning import BadCutout, cut_out, read_cutout, write_cutout
from vigie.scanning.xray.cutout import LARGEST_SIDE, MAGIC, cutout_of
from vigie.scanning.xray.physics import areal_density


def a_cutout(rows=20, columns=30):
    masses = np.zeros((rows, columns), np.float32)
    masses[4:16, 5:25] = 12.5
    return cutout_of("bag", masses, 8.8, energies_mev=(6.0, 4.0), concealment="rip-off")


def test_a_cutout_weighs_what_its_densities_say():
    assert a_cutout().facts.kg == pytest.approx(12 * 20 * 0.88**2 * 12.5 / 1000, rel=1e-3)
    assert a_cutout().masses().max() == pytest.approx(12.5, abs=0.005)


def test_a_cutout_is_what_was_added_to_the_clean_picture():
    box = (700, 250, 40, 30)
    scan, clean = shot(attenuation(extra=[(*box, 0.5)])), shot(attenuation())
    told = cut_out(scan, box, "bag", clean=clean)
    before, after = (areal_density(one.high[255:275, 705:735], one.facts).mean() for one in (clean, scan))
    assert told.masses()[5:25, 5:35].mean() == pytest.approx(after - before, rel=0.02)


def test_without_a_clean_picture_the_rim_is_the_background():
    inner = (400, 60, 40, 20)  # in air above the box
    told = cut_out(shot(attenuation(extra=[(*inner, 0.5)])), (396, 55, 48, 30), "bag")
    assert told.masses()[8:22, 8:38].mean() == pytest.approx(0.5 * 17.6, rel=0.1)
    assert told.masses()[:3].mean() < 0.3


@pytest.mark.parametrize("box", [(-1, 0, 10, 10), (0, 0, 1, 10), (1490, 0, 20, 10), (0, 595, 10, 10)])
def test_a_box_outside_the_picture_is_refused(box):
    with pytest.raises(BadCutout):
        cut_out(shot(attenuation()), box, "bag")


def test_a_file_comes_back_as_it_went():
    assert read_cutout(write_cutout(a_cutout())) == a_cutout()


def header(**changed):
    facts = json.loads(write_cutout(a_cutout())[len(MAGIC) :].split(b"\n")[0]) | changed
    return MAGIC + json.dumps(facts).encode() + b"\n"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        pickle.dumps([1]),
        MAGIC,
        MAGIC + b"{" * 5_000,
        MAGIC + b"{}\n",
        MAGIC + b"\xff\xfe\n",
        header() + b"not packed",
        header() + zlib.compress(b"\0" * 1200),
        header(rows=LARGEST_SIDE + 1) + zlib.compress(b""),
        header(pixel_mm=0.0) + zlib.compress(b""),
        header(odd=1) + zlib.compress(a_cutout().density),
        header() + zlib.compress(b"\0" * 50_000_000),
        write_cutout(a_cutout())[:-4],
    ],
)
def test_what_is_no_cutout_is_refused(body):
    with pytest.raises(BadCutout):
        read_cutout(body)


def test_no_byte_that_is_changed_goes_unnoticed():
    body, good = write_cutout(a_cutout()), a_cutout()
    draw = np.random.default_rng(4)
    for place in draw.integers(len(MAGIC), len(body), 200):
        bad = bytearray(body)
        bad[place] ^= int(draw.integers(1, 256))
        try:
            assert read_cutout(bytes(bad)).density == good.density  # a name or a mass was changed, no density
        except BadCutout:
            continue


@pytest.mark.parametrize("masses", [np.zeros((5, 5)), np.zeros((0, 5)), np.ones((LARGEST_SIDE + 1, 1)), np.ones(4)])
def test_nothing_and_too_much_are_no_cutout(masses):
    with pytest.raises(BadCutout):
        cutout_of("bag", masses, 8.8)
