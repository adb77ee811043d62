"""The benchmark of scans: its figures on cases known by hand, and a folder of foreign scans."""

import json

import numpy as np
import pytest
import tifffile

pytest.importorskip("onnxruntime")

from benchmarks.quality.scanning.figures import area, bootstrapped, curve, detection, level, shares
from benchmarks.quality.scanning.folder import scored
from benchmarks.quality.scanning.foreign import Unusable, read_foreign
from benchmarks.quality.scanning.judged import cfar
from benchmarks.quality.scanning.told import levels_of, told
from tests.scanning.xray.drawn import LEFT, TOP, attenuation, shot
from tests.scanning.xray.modelled import body

from vigie.scanning import HeatModel, Thresholds, gridded, write_tiff


def test_figures_on_scores_known_by_hand():
    clean, held = np.arange(100.0), np.array([99.5, 98.5, 50.0, -1.0])
    assert level(clean, 0.01) == 98.0
    assert detection(held, clean, 0.01) == 0.5
    assert area(held, clean) == pytest.approx((100 + 99 + 50.5 + 0) / 400)
    value, low, high = bootstrapped(area, held, clean, 200)
    assert low <= value <= high
    assert curve(held, clean, (0.01,), 50)["detection_at_0.01"]["value"] == 0.5
    assert shares({"doors": held, "roof": held[:0]}, 98.0, 50) == {
        "doors": {
            "positives": 4,
            "value": 0.5,
            "low": pytest.approx(0.25, abs=0.26),
            "high": pytest.approx(0.9, abs=0.2),
        }
    }


def rows(many, score):
    return [
        {"number": n, "positive": n % 2 == 0, "commodity": "tiles", "box": "22G1", "found": True, "doubt": [],
         "truths": [{"zone": "doors", "kg": 30.0, "concealment": "rip-off", "box": [10, 10, 20, 20]}] if n % 2 == 0 else [],
         "whole": {"net": score(n), "cfar": 0.1 * n, "lattice": 0.0}, "parts": {"doors": score(n) * 4},
         "boxes": [[score(n), "doors", [12, 12, 6, 6]]], "features": [0.0]}
        for n in range(many)
    ]  # fmt: skip


def test_all_figures_come_of_the_rows():
    made = told({name: rows(60, lambda n: (n % 2 == 0) + n / 100) for name in ("choose", "hard", "clean", "unseen")}, draws=50)
    assert made["hard"]["ways"]["net by part"]["auc"]["value"] == 1.0
    assert made["hard"]["places"]["value"] == 1.0
    assert made["clean"]["groups"]["concealment_at_0.01"]["rip-off"]["positives"] == 30
    assert made["clean"]["groups"]["weight_at_0.05"]["25 to 75 kg"]["value"] == 1.0
    assert set(made["unseen"]["carried"]) == {"0.01", "0.05", "0.1"}
    assert set(levels_of(rows(10, float))) == {"doors"}


def test_a_folder_of_foreign_scans_is_scored_whatever_its_sheets_lack(tmp_path):
    for name, extra in (("clean", []), ("held", [(LEFT + 500, TOP + 60, 60, 40, 1.2)])):
        for file in write_tiff(shot(attenuation(load=0.0, extra=extra)), name):
            tmp_path.joinpath(file.name).write_bytes(file.body)
        sheet = {"pixel_mm": 8.8, "energies_mev": [6.0, 4.0], "air": [60000.0, 58000.0], "commodity": None, "else": {},
                 "threats": [{"box": [1.5, 2, 3, 4], "zone": None, "kg": 3}] if extra else []}  # fmt: skip
        tmp_path.joinpath(f"{name}.json").write_text(json.dumps(sheet))
    tmp_path.joinpath("broken.json").write_text("[]")
    tmp_path.joinpath("unknown.json").write_text(json.dumps({"pixel_mm": 8.8, "energies_mev": [6, 4], "air": 60000}))
    for which in ("high", "low"):
        tmp_path.joinpath(f"unknown.{which}.tif").write_bytes(tmp_path.joinpath(f"held.{which}.tif").read_bytes())
    found = scored(tmp_path, HeatModel(body()), Thresholds(version="", values={}))
    assert found["auc"] == 1.0
    assert (found["with"], found["without"], found["unread"]) == (1, 1, 1)  # what tells no truth is in no figure
    assert found["scans"]["broken"]["error"] == "broken.json holds no JSON object"
    assert found["scans"]["held"]["boxes"]
    assert found["scans"]["unknown"]["score"] == found["scans"]["held"]["score"]


SHEET = {"pixel_mm": 8.8, "energies_mev": [6.0, 4.0], "air": [60000, 58000]}


def brought(folder, change, low=True, high=None):
    """One foreign scan with something changed in its sheet."""
    files = write_tiff(shot(attenuation(load=0.5)), "one")
    for file in files:
        if low or ".low." not in file.name:
            folder.joinpath(file.name).write_bytes(file.body)
    if high is not None:
        tifffile.imwrite(folder / "one.high.tif", high)
    told = {name: value for name, value in {**SHEET, **change}.items() if value != "gone"}
    folder.joinpath("one.json").write_text(json.dumps(told))
    return read_foreign(folder, "one")


@pytest.mark.parametrize(
    ("change", "note"),
    [
        ({"air": "gone"}, "air of the high picture is not told"),
        ({"air": [float("nan")]}, "air of the high picture is not told"),
        ({"air": 30000}, "brighter"),
        ({"energies_mev": [4.0, 6.0]}, "turned round"),
        ({"energies_mev": 6.0}, "names one energy"),
        ({"threats": [{"box": [1, "two"]}]}, "no box of four numbers"),
        ({"threats": [{"box": [90000, 1, 2, 3]}]}, "outside the picture"),
    ],
)
def test_what_was_mended_in_a_sheet_is_said(tmp_path, change, note):
    found = brought(tmp_path, change)
    assert any(note in each for each in found.notes), found.notes
    assert found.scan.facts.energies_mev[0] == 6.0
    assert found.scan.facts.air[0] == pytest.approx(60000, rel=0.02)


def test_a_low_picture_that_is_missing_or_of_another_size_is_left_out(tmp_path):
    assert brought(tmp_path, {}, low=False).scan.low is None
    tifffile.imwrite(tmp_path / "one.low.tif", np.full((50, 60), 9, np.uint16))
    found = brought(tmp_path, {}, low=False)
    assert found.scan.low is None
    assert "50 x 60" in found.notes[0]


def test_counts_of_another_type_are_turned_into_16_bits(tmp_path):
    light = np.full((300, 900), 0.5, np.float32)
    light[0, 0] = np.nan
    found = brought(tmp_path, {"air": 65535}, low=False, high=light)
    assert found.scan.high[5, 5] == 32768
    assert found.scan.high[0, 0] == 0
    assert any("1 pixels are no numbers" in each for each in found.notes)


@pytest.mark.parametrize("change", [{"pixel_mm": "gone"}, {"pixel_mm": -1}, {"energies_mev": [900, 800]}])
def test_what_cannot_be_used_is_said_in_words(tmp_path, change):
    with pytest.raises(Unusable, match=r"pixel_mm|energies_mev"):
        brought(tmp_path, change)


def test_the_classical_way_sees_a_dense_block():
    quiet = gridded(shot(attenuation(load=0.0)), (LEFT, TOP, 1385, 329))
    loud = gridded(shot(attenuation(load=0.0, extra=[(LEFT + 500, TOP + 130, 30, 30, 1.2)])), (LEFT, TOP, 1385, 329))
    assert cfar(loud)[0] > cfar(quiet)[0] + 1
