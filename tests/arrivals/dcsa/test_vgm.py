import pytest

from vigie.arrivals.dcsa.vgm import vgm_rows
from vigie.terms import Doubt


@pytest.mark.parametrize(("weight", "grams"), [
    (b'{"value":23.84,"unit":"TNE"}', [23_840_000]), (b'{"value":52558,"unit":"LBR"}', [23_839_908]),
    (b'{"value":-1,"unit":"KGM"}', []), (b'{"value":1,"unit":"STN"}', []), (b'{"value":"heavy"}', []), (b"null", []),
])
def test_masses_become_grams_or_doubts(weight: bytes, grams: list[int]) -> None:
    doubts: list[Doubt] = []
    data = b'{"declarationDateTime":"2026-01-01T00:00:00Z","VGM":{"weight":' + weight + b"}}"
    assert [row.value for row in vgm_rows("/0", data, doubts)] == grams
    assert {doubt.code for doubt in doubts} >= {"json-missing"}
