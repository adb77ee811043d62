"""Spots of a map fall into the parts of the container, with boxes in pixels of the picture."""

import numpy as np
import pytest

from vigie.scanning.xray.finding import FindingKind, Zone, Zones
from vigie.scanning.xray.spots import findings_of, heat_of, parts_of, spots_of
from vigie.scanning.xray.triage import NEVER, Threshold, Thresholds

BOX = (100, 50, 1200, 300)
ZONES = Zones(
    container=BOX,
    areas=(
        (Zone.INTERIOR, BOX), (Zone.ROOF, (100, 50, 1200, 30)), (Zone.FLOOR, (100, 320, 1200, 30)),
        (Zone.DOORS, (100, 50, 170, 300)),
    ),
    doors_at="left",
)  # fmt: skip


def heat(row, column):
    logits = np.full((2, 30, 120), -6.0, np.float32)
    logits[0, row - 1 : row + 2, column - 2 : column + 3] = 4.0
    return logits


@pytest.mark.parametrize(
    ("row", "column", "zone"),
    [(15, 60, Zone.INTERIOR), (1, 60, Zone.ROOF), (28, 60, Zone.FLOOR), (15, 5, Zone.DOORS), (28, 5, Zone.DOORS)],
)
def test_the_hottest_spot_is_in_its_part(row, column, zone):
    spots = spots_of(heat(row, column)[0], ZONES)
    hottest = max(spots, key=lambda spot: spot.score)
    assert hottest.zone is zone
    left, top, width, height = hottest.box
    assert left <= 100 + column * 10 + 5 <= left + width
    assert top <= 50 + row * 10 + 5 <= top + height


def test_every_place_belongs_to_one_part():
    parts = parts_of((30, 120), ZONES)
    assert parts.shape == (30, 120)
    assert set(np.unique(parts)) == {1, 2, 3, 4}


def test_a_lattice_and_a_foreign_block_are_separate_findings():
    limit = Threshold(look=0.5, first=0.9, look_rate=0.05, first_rate=0.01, negatives=300, against="hard")
    held = Thresholds(version="1", values={"brick-lattice/interior/*/*": limit})
    judged = findings_of([spots_of(one, ZONES) for one in heat(15, 60)], held, "tiles", "A")
    alarms = [each for each, _ in judged if each.alarm]
    assert [(each.kind, each.zone) for each in alarms] == [(FindingKind.BRICK_LATTICE, Zone.INTERIOR)]
    assert alarms[0].false_alarm_rate == 0.05
    assert {each.kind for each, _ in judged} == {FindingKind.BRICK_LATTICE, FindingKind.FOREIGN_BLOCK}
    assert all(mine is NEVER for each, mine in judged if each.zone is not Zone.INTERIOR)


def test_heat_covers_the_container():
    told = heat_of(heat(15, 60), ZONES)
    assert told.box == BOX
    assert len(told.values) == told.rows * told.columns == 30 * 120
    assert told.values[15 * told.columns + 60] > 240
    assert told.values[0] < 10
