import pytest
from tests.desk.port import ADA, ANN, BOX, VISIT, a_consignment, an_officer, manifest, numbers, take_in, trail

from vigie.desk import search
from vigie.terms import Handling, NotForYou


@pytest.fixture
def searched(node):
    take_in(node, manifest(a_consignment(), *(a_consignment(f"OTHER{box[-3:]}", box) for box in numbers(5, "HLXU"))))
    return node


@pytest.mark.parametrize(
    ("text", "kind", "exact"),
    [
        (BOX, "container", True),
        ("csqu 305438-3", "container", True),
        ("CSQU3054388", "container", False),
        ("ABC123", "document", True),
        ("ABC124", "document", False),
        (f"S{BOX[-4:]}", "seal", True),
        ("Fruit", "party", True),
        ("Friut", "party", False),
    ],
)
def test_what_people_write_is_found(text, kind, exact, searched):
    hits = [hit for hit in search.find(ANN, text, searched).hits if hit.row.visit == VISIT]
    assert [(hit.kind, hit.exact) for hit in hits] == [(kind, exact)]


def test_the_exact_comes_before_the_near(searched):
    hits = search.find(ANN, "EVER FICTIVE", searched).hits
    assert len(hits) == 6
    assert [hit.exact for hit in hits] == sorted((hit.exact for hit in hits), reverse=True)


@pytest.mark.parametrize("text", ["", "  ", "AB"])
def test_too_short_a_text_meets_nothing(text, searched):
    assert search.find(ANN, text, searched).hits == ()


def test_what_was_searched_is_not_in_the_trail(searched):
    search.find(ANN, "Fruit NV", searched)
    (entry,) = trail(searched, act="search")
    assert "Fruit" not in str(entry)
    assert entry.facts["found"] == 6


def test_the_gate_stands_before_search_too(searched):
    assert search.find(an_officer("low", clearance=Handling.CLEAR), BOX, searched).hits == ()
    assert search.find(an_officer("far", sites=("NLRTM",)), BOX, searched).hits == ()
    with pytest.raises(NotForYou):
        search.find(ADA, BOX, searched)
