"""The benchmark of scans: its figures on cases known by hand, and a folder of foreign scans."""

import json

import numpy as np
import pytest

pytest.importorskip("onnxruntime")

from benchmarks.quality.scanning.figures import area, bootstrapped, curve, detection, level, shares
from benchmarks.quality.scanning.folder import plain, scored
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
    found = scored(tmp_path, HeatModel(body()), Thresholds(version="", values={}))
    assert found["auc"] == 1.0
    assert "error" in found["scans"]["broken"]
    assert found["scans"]["held"]["boxes"]
    assert plain(b"no json") == b"no json"


def test_the_classical_way_sees_a_dense_block():
    quiet = gridded(shot(attenuation(load=0.0)), (LEFT, TOP, 1385, 329))
    loud = gridded(shot(attenuation(load=0.0, extra=[(LEFT + 500, TOP + 130, 30, 30, 1.2)])), (LEFT, TOP, 1385, 329))
    assert cfar(loud)[0] > cfar(quiet)[0] + 1
