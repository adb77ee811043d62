import re
from pathlib import Path

import pytest

from vigie.arrivals.dcsa import words


def test_what_is_said_both_ways_agrees() -> None:
    assert {words.SEAL_ISSUERS[source]: source for source in words.SEAL_SOURCES.values()} == words.SEAL_SOURCES
    assert {name: prefix for prefix, name in words.DOCUMENT_TYPES.items()} == words.DOCUMENTS


@pytest.mark.shared
def test_every_code_stands_in_dcsas_document(shared_data: Path) -> None:
    told = set(re.findall(r"`([A-Z]{3,4})`", (shared_data / "trade/dcsa/TNT_v3.0.0.yaml").read_text()))
    assert (words.KNOWN_CODES | words.DOCUMENT_CODES) - {"ARRI", "DEPA"} <= told | {"MEAS", "ADJU"}
