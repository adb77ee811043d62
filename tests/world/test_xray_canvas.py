import numpy as np
import pytest

from vigie.world.xray_canvas import Canvas, cells, cover, frame_of, window
from vigie.world.xray_settings import xray_parameters


def canvas(speed=1.0):
    make = xray_parameters().scanners["A"]
    return Canvas(frame_of(make, np.full(1500, speed, np.float32)))


def mass(given, matter):
    frame = given.frame
    return float((np.diff(frame.rows) / 10) @ given.of(matter) @ (np.diff(frame.columns) / 10))


def test_what_is_drawn_has_its_mass_wherever_it_lies():
    for x in (1000.0, 1003.3, 1007.9):
        one = canvas()
        one.block("wood", (x, x + 333.3), (1501.0, 1800.0), 10.0)
        assert mass(one, "wood") == pytest.approx(10 * 33.33 * 29.9, rel=1e-3)


def test_what_lies_nearer_to_the_source_is_drawn_larger():
    near, far = canvas(), canvas()
    near.block("wood", (1000, 1300), (3000, 3300), 10.0, 0.0)
    far.block("wood", (1000, 1300), (3000, 3300), 10.0, 2350.0)
    assert mass(near, "wood") > mass(far, "wood") * 1.2
    assert near.frame.down(4000, 0) < near.frame.down(4000, 2350)


def test_what_lies_outside_the_picture_is_cut():
    one = canvas()
    one.block("wood", (-500, -100), (0, 100), 5.0)
    one.block("wood", (-100, 100), (9000, 9500), 5.0)
    one.disc("wood", (-5000, 100), (100, 100), 5.0)
    assert mass(one, "wood") == 0
    one.block("wood", (-100, 100), (1000, 1100), 5.0)
    assert mass(one, "wood") == pytest.approx(5 * 10 * 10, rel=1e-3)


def test_shares_of_pixels_add_up_to_the_span():
    edges = np.arange(0, 101, 10, dtype=np.float32)
    where, share = cover(edges, 13.0, 57.5)
    assert share.sum() * 10 == pytest.approx(44.5)
    assert (where.start, where.stop) == (1, 6)
    assert cover(edges, 200.0, 300.0)[1].size == 0


@pytest.mark.parametrize(("shape", "area"), [("box", 1.0), ("round", np.pi / 4), ("pillow", 0.874)])
def test_cells_keep_the_area_of_their_profile(shape, area):
    edges = np.linspace(0, 1000, 114)
    starts = np.arange(20.0, 900.0, 110.0)
    full, which = cells(edges, starts, starts + 100, shape)
    assert (full * np.diff(edges)).sum() == pytest.approx(100 * len(starts) * area, rel=0.07)  # nine points a cell
    assert which.max() == len(starts) - 1


def test_a_tyre_is_thinnest_in_its_middle():
    full, _ = cells(np.linspace(0, 1000, 101), np.array([0.0]), np.array([1000.0]), "ring")
    assert full[50] < full[20]


def test_a_disc_and_a_ball_have_their_mass():
    one = canvas()
    one.disc("steel", (5000, 2000), (400, 300), 10.0)
    assert mass(one, "steel") == pytest.approx(10 * np.pi * 40 * 30, rel=0.02)
    two = canvas()
    two.disc("steel", (5000, 2000), (400, 300), 10.0, ball=True)
    assert mass(two, "steel") == pytest.approx(10 * 2 / 3 * np.pi * 40 * 30, rel=0.02)


def test_a_sheet_has_its_section_and_boxes_are_cut_to_the_picture():
    one = canvas()
    one.sheet("steel", (2000, 4000), 4000.0, 300.0, 20.0)
    assert mass(one, "steel") == pytest.approx(300.0 * 200, rel=0.01)
    assert one.frame.box((-100, 20_000), (-50, 9000)) == (0, 0, 1500, 600)


def test_a_window_of_a_frame_draws_what_the_whole_would():
    whole = canvas()
    part, where = window(whole.frame, (2000.0, 9000.0), (1000.0, 3500.0))
    piece = Canvas(part)
    for one in (whole, piece):
        one.block("wood", (3000.5, 4000.2), (1500.1, 2500.7), 10.0, 300.0)
        one.disc("wood", (6000, 2000), (400, 300), 10.0, 2000.0)
    assert np.abs(whole.of("wood")[where] - piece.of("wood")).max() < 1e-4
    assert whole.of("wood").sum() == pytest.approx(piece.of("wood").sum(), rel=1e-6)
