"""The general rules on fictitious figures; and the public record of the sample files, where they are."""

from pathlib import Path

import pytest

from vigie.registry import Claim, check_all, conflicts, read_claims

HEAD = "place,scope,period_start,period_end,drug,measure,value,unit,source_title,publisher,source_date"
DOCUMENT = "place,year,measure,value,unit,document"
SHARED = Path(__file__).parents[2].parent / "shared" / "data" / "sense" / "seizures"


def read(head, rows):
    return [one for one in read_claims([head, *rows], "t") if isinstance(one, Claim)]


def checked(figures, *sources):
    made = []
    for row in sources:
        place, year, value, *rest = row.split("|")
        scope, title, told = (*rest, "", "", "")[:3]
        made.append(f"{place},{scope or 'port'},{year}-01-01,{year}-12-31,cocaine,seized,{value},t,{title},P,{told or '2031'}")
    found = check_all(read(DOCUMENT, figures), read(HEAD, made))
    return [(one.status, one.reproduced, [str(why) for why in one.reasons], one.method) for one in found]


@pytest.mark.parametrize(("figure", "sources", "expected"), [
    ("Genoa,2030,seized,7,t,d", ["Genoa|2030|7"], ("reproduced", True, [], "same")),
    ("Genoa,2030,seized,7,t,d", ["Genoa|2030|7.2"], ("flagged", True, ["rounding"], "same")),
    ("Genoa,2030,seized,7,t,d", [], ("flagged", False, ["single-source"], "")),
    ("Genoa,2030,seized,70.5,t,d", ["Genoa|2030|7.05"], ("flagged", False, ["typo"], "typo")),
    ("Genoa,2030,seized,7,t,d", ["Genoa|2030|7", "Genoa|2030|7.9||x|2032"],
     ("flagged", True, ["contradicting-source"], "same")),
    ("Genoa,2030,seized,70.0,t,d", ["Genoa|2030|70.0", "Genoa|2030|71.0||x|2033"], ("flagged", True, ["revision"], "same")),
    ("Antwerp,2030,seized,70,t,d", ["Belgium|2030|72|country"], ("flagged", False, ["scope", "single-source"], "neighbour")),
    ("Antwerp+Ghent,2030,seized,9,t,d", ["Antwerp|2030|7", "Ghent|2030|2"], ("reproduced", True, [], "sum")),
    ("Antwerp+Ghent,2030,seized,12,t,d", ["Antwerp|2030|7", "Ghent|2030|2"], ("flagged", False, ["contradicting-source"], "sum")),
    ("Antwerp,2030,change,25,%,d", ["Antwerp|2030|10", "Antwerp|2029|8"], ("reproduced", True, [], "growth")),
    ("Antwerp,2030,change,40,%,d", ["Antwerp|2030|10", "Antwerp|2029|8"], ("flagged", False, ["contradicting-source"], "growth")),
    ("Antwerp,2030,from Peru,2.5,t,d", ["Antwerp|2030|10||(25% PE)"], ("reproduced", True, [], "share")),
])  # fmt: skip
def test_each_rule(figure, sources, expected):
    assert checked([figure], *sources) == [expected]


def test_a_headline_is_laid_beside_its_own_document():
    headline, _ = checked(["headline,2030,seized,9,t,d", "Antwerp+Ghent,2030,seized,90,t,d"], "Antwerp|2030|70", "Ghent|2030|20")
    assert headline == ("flagged", False, ["typo"], "typo")
    other, _ = checked(["headline,2030,seized,9,t,e", "Antwerp+Ghent,2030,seized,90,t,d"])
    assert other == ("flagged", False, ["single-source"], "")


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="needs the sample files of ../shared/data")
def test_every_figure_of_the_press_releases_is_reproduced_or_flagged():
    tables = [read_claims((SHARED / name).read_text().splitlines(), name) for name in ("official_seizures.csv", "seed_figures.csv")]
    sources, figures = ([one for one in table if isinstance(one, Claim)] for table in tables)
    found = {(one.claim.key, one.claim.measure, one.claim.value): one for one in check_all(figures, sources)}
    assert len(found) == 15
    assert all(one.reproduced or one.reasons for one in found.values())
    told = {key: {str(why) for why in one.reasons} for key, one in found.items()}
    values = {key: {str(it.value) for it in one.evidence} for key, one in found.items()}
    assert told["title only", "seized", "16"] == {"typo"}
    assert "160" in values["title only", "seized", "16"]
    assert {"121", "116"} <= values["antwerp-bruges", "seized", "121"]
    assert {"50", "51", "52.5"} <= values["rotterdam", "seized", "50"]
    assert told["antwerp", "seized", "110"] >= {"rounding"}
    assert told["antwerp", "seized", "61.8"] >= {"revision"}
    assert told["eu-ports", "share", "70"] == {"scope"}
    assert found["antwerp+rotterdam", "seized", "160"].method == "sum"
    assert sum(one.reproduced for one in found.values()) == 9


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="needs the sample files of ../shared/data")
def test_every_source_that_was_marked_as_contradicting_is_found_by_the_rules():
    import csv

    text = (SHARED / "official_seizures.csv").read_text()
    rows = list(csv.DictReader(text.splitlines()))
    marked = {number for number, row in enumerate(rows, 2) if row["relation_to_seed"] == "contradicts"}
    found = conflicts([one for one in read_claims(text.splitlines()) if isinstance(one, Claim)])
    assert marked <= {one.row for each in found for one in each.claims}
