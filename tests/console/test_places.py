"""Ports on the map lie where their terminals lie."""

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from vigie.console.places import Places

FARTHEST_DEG = 1.0  # a port's terminals lie up to tens of kilometres from its centre; the table is rounded to a tenth


def test_every_place_is_on_the_globe() -> None:
    for code, place in Places.load().table.items():
        assert len(code) == 5
        assert -60 < place.lat < 72
        assert -180 <= place.lon <= 180
        assert place.name


@pytest.mark.shared
def test_places_agree_with_the_terminals_of_the_smdg_list(shared_data: Path) -> None:
    terminals = defaultdict(list)
    listed = shared_data / "trade/reference/smdg_terminal_code_list.csv"
    with listed.open(encoding="utf-8", errors="replace", newline="") as rows:
        for row in csv.DictReader(rows):
            try:
                terminals[row["UNLOCODE"].strip()].append((float(row["Latitude"]), float(row["Longitude"])))
            except (TypeError, ValueError):
                continue
    compared = {code: place for code, place in Places.load().table.items() if code in terminals}
    assert len(compared) > 80
    far = {
        code: (place.lat, place.lon, terminals[code])
        for code, place in compared.items()
        if min(max(abs(place.lat - lat), abs(place.lon - lon)) for lat, lon in terminals[code]) > FARTHEST_DEG
    }
    assert not far
