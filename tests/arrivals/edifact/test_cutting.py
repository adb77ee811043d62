"""One message while it streams by: what is too large is cut, and said."""

import io

from tests.arrivals.edifact.looking import message

from vigie.arrivals.edifact import cutting, split


def test_a_long_head_is_cut_off():
    raw = message("COARRI", "BGM+44", *[f"FTX+AAI+++{'x' * 1000}"] * 100, "EQD+CN+CSQU3054383")
    parts = list(split(io.BytesIO(raw)))
    assert len(parts[0].head) <= cutting.LONGEST_HEAD + 200
    assert parts[-1].body.startswith(b"EQD+CN")
    assert b"".join([parts[0].head, *(part.body for part in parts)]) == raw


def test_a_part_without_end_is_cut():
    raw = message("DESADV", "BGM+1", *[f"FTX+AAI+++{'x' * 60_000}"] * 150)
    parts = list(split(io.BytesIO(raw)))
    assert len(parts) == 3
    assert all(len(part.body) < cutting.LONGEST_PART + 70_000 for part in parts)
    assert [doubt.code for part in parts for doubt in part.doubts] == ["edifact-part-too-long"] * 2


def test_equipment_without_end_is_read_on_its_own(monkeypatch):
    monkeypatch.setattr(cutting, "LARGEST_POOL", 1000)
    raw = message("CUSCAR", "BGM+785", *(f"EQD+CN+CSQU{number:07d}" for number in range(200)), "CNI+1+B", "GID+1")
    parts = list(split(io.BytesIO(raw)))
    assert "edifact-equipment-apart" in {doubt.code for part in parts for doubt in part.doubts}
    assert sum(part.body.count(b"EQD+") for part in parts) == 200
    assert sum(part.body.count(b"CNI+") for part in parts) == 1
