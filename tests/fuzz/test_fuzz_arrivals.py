import importlib

import pytest
from tests.fuzz.damage import loop


@pytest.mark.parametrize("target", ["xml", "json", "ais", "table"])
def test_damaged_files_are_read_or_doubted(target: str) -> None:
    told = importlib.import_module(f"tests.fuzz.fuzz_{target}")
    assert loop(told.CORPUS, told.BITS, 150, 1, by=getattr(told, "MAP", None)) > 0
