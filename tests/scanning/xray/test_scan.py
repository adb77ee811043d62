"""A scan as the instrument delivered it."""

import msgspec

from vigie.scanning import ScanFacts, Travel


def test_facts_survive_json_and_keep_quiet_about_what_is_not_known():
    facts = ScanFacts(energies_mev=(6.0, 4.0), air=(60_000, 58_000), row_mm=4.0, column_mm=4.0, travel=Travel.DOORS_FIRST)
    told = msgspec.json.encode(facts)
    assert msgspec.json.decode(told, type=ScanFacts) == facts
    assert b"container" not in told
