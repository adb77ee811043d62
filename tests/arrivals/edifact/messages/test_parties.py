"""Parties as NAD names them."""

import pytest

from vigie.arrivals.edifact.messages.parties import read_party
from vigie.terms import Party, PartyRole


@pytest.mark.parametrize(
    ("elements", "party"),
    [
        (
            ["NAD", "CN", "BE0123456789", "", ["FRUIT", "IMPORT NV"], "KAAI 1", "ANTWERPEN", "", "2000", "BE"],
            Party(PartyRole.CONSIGNEE, "FRUIT IMPORT NV", "BE0123456789", "KAAI 1", "ANTWERPEN", "2000", "BE"),
        ),
        (["NAD", "CZ", "", ["FRUTA SA", "MALECON 1", "GUAYAQUIL"]], Party(PartyRole.CONSIGNOR, "FRUTA SA",
                                                                          street="MALECON 1 GUAYAQUIL")),
        (["NAD", "CA", ["MSC", "172", "20"]], None),
        (["NAD", "XX", "", "", "A"], None),
        (["NAD"], None),
    ],
)  # fmt: skip
def test_read_party(elements, party):
    assert read_party(elements) == party
