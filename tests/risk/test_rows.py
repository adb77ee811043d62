"""History rows: their kinds never change their numbers, and they survive a store."""

import msgspec

from vigie.risk import HistoryRow, Kind


def test_the_numbers_of_the_kinds_stay():
    assert {kind.name: kind.value for kind in Kind} == {
        "ANNOUNCED": 1, "AMENDED": 2, "RETRACTED": 3, "OUTCOME": 4, "MOVED": 5}


def test_a_row_survives_a_store():
    row = HistoryRow(1 << 52, (1 << 63) - 1, Kind.OUTCOME, (None, 5), (0, 1 << 40), 7, 4)
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(row), type=HistoryRow) == row
