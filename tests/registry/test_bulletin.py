from datetime import date

import pytest
from tests.registry.documents import ROWS, a_bulletin, a_row

from vigie.registry import Chart, Paragraph, Table, period_of
from vigie.registry.scopes import load_scopes
from vigie.terms import BadRequest, Handling, NotFound


def told(document):
    return "".join(one.text for one in document.blocks[0].parts)


def tables(document):
    return {one.caption: one for one in document.blocks if isinstance(one, Table)}


def bare(row):
    return tuple(cell.text if cell.value is None else cell.value for cell in row)


@pytest.mark.parametrize(
    ("language", "lead"),
    [
        ("fr", "2025 : 4 constatations, pour un total de 61,8 tonnes. Pour 2024, le bilan était de 1 constatation et "
               "50,1 tonnes (nombre +300\u00a0%, poids +23\u00a0%)."),
        ("nl", "2025: 4 vaststellingen, samen goed voor 61,8 ton. Voor 2024 was dat 1 vaststelling en 50,1 ton "
               "(aantal +300%, gewicht +23%)."),
        ("en", "2025: 4 findings, together 61.8 tonnes. In 2024 it was 1 finding and 50.1 tonnes "
               "(number +300%, weight +23%)."),
        ("pt", "2025: 4 deteções, num total de 61,8 toneladas. Em 2024 foram 1 deteção e 50,1 toneladas "
               "(número +300%, peso +23%)."),
        ("es", "2025: 4 hallazgos, en total 61,8 toneladas. En 2024 fueron 1 hallazgo y 50,1 toneladas "
               "(número +300\u00a0%, peso +23\u00a0%)."),
    ],
)  # fmt: skip
def test_the_lead_speaks_the_words_of_the_trade(language, lead):
    assert told(a_bulletin(language)) == lead


def test_a_seizure_of_two_substances_is_one_finding_and_its_other_substance_stands_apart():
    found = tables(a_bulletin())
    assert bare(found["Other substances"].rows[0]) == ("heroin", 1, 2.0)
    assert bare(found["By month"].rows[11]) == ("Dec", 1, 9.0)


def test_every_table_adds_up_and_every_number_names_its_rows():
    document = a_bulletin()
    for caption in ("By country of provenance", "By place of the finding", "By cover load", "By size of the lot"):
        rows = tables(document)[caption].rows
        assert sum(row[1].value for row in rows[:-1]) == rows[-1][1].value == 4
        assert sum(row[2].value for row in rows[:-1]) == pytest.approx(61_809.0)
        for row in rows:
            assert all(cell.source for cell in row[1:3])
            assert document.sources[row[1].source - 1].rows == row[1].value
    assert [one.number for one in document.sources] == list(range(1, len(document.sources) + 1))
    brazil = next(one for one in document.sources if "provenance=BR" in one.query and "2025" in one.query)
    assert brazil.query == "as_of=2026-01-15&since=2025-01-01&until=2025-12-31&substance=cocaine&provenance=BR"


def test_rows_that_change_change_the_check_value_and_others_do_not():
    before = {one.told: one.digest for one in a_bulletin().sources}
    rows = [a_row("2025-01-05", 1, grams=61_000_001, provenance="BR"), *ROWS[1:]]
    after = {one.told: one.digest for one in a_bulletin(rows=rows).sources}
    changed = {name for name in before if before[name] != after[name]}
    assert "2025, cocaine: Country: Brazil" in changed
    assert "2025, cocaine: Country: Colombia" not in changed


@pytest.mark.parametrize(("half", "findings"), [(1, 2), (2, 2), (0, 4)])
def test_a_half_year_holds_its_own_days_alone(half, findings):
    assert a_bulletin(half=half).blocks[0].parts[1].value == findings


def test_a_period_that_is_not_over_and_open_weights_are_marked():
    assert a_bulletin().marks == ("SIMULATED: everything in this document is invented.",)
    assert len(a_bulletin(as_of=date(2025, 12, 31)).marks) == 2
    opened = [*ROWS, a_row("2025-04-01", 9, is_closed=False)]
    assert a_bulletin(rows=opened, is_simulated=False).marks == ("Provisional: 1 of the weights are not final.",)


def test_what_is_red_counts_in_totals_and_stands_apart_elsewhere():
    document = a_bulletin(
        rows=[*ROWS, a_row("2025-04-01", 9, grams=99_000_000, handling=Handling.RED, provenance="PY")]
    )
    assert document.blocks[0].parts[1].value == 5
    assert "Paraguay" not in repr(document)
    for caption in ("By country of provenance", "By place of the finding", "By cover load", "By size of the lot"):
        rows = tables(document)[caption].rows
        assert bare(rows[-2])[:3] == ("held back (code RED)", 1, 99_000.0)
        assert sum(row[1].value for row in rows[:-1]) == rows[-1][1].value == 5
    assert bare(tables(document)["By month"].rows[3]) == ("Apr", 1, 99_000.0)
    notes = [one.parts[0].text for one in document.blocks if isinstance(one, Paragraph) and one.quiet]
    assert any("code RED" in note for note in notes)


def test_smaller_loads_are_said_where_findings_rise_and_weight_falls():
    rows = [a_row("2025-01-05", number, grams=1_000) for number in range(3)] + [a_row("2024-01-05", 9)]
    assert a_bulletin(rows=rows).blocks[1].parts[0].text.startswith("There were more findings and less weight")


def test_nothing_before_gives_no_change_and_nothing_now_gives_no_bulletin():
    rows = [one for one in ROWS if one.id.startswith("S2025")]
    assert told(a_bulletin(rows=rows)) == "2025: 4 findings, together 61.8 tonnes."
    with pytest.raises(NotFound):
        a_bulletin(rows=[one for one in ROWS if one.id.startswith("S2024")])
    with pytest.raises(NotFound):
        a_bulletin(rows=())


def test_a_place_of_the_vocabulary_narrows_the_rows_and_their_links():
    ghent = load_scopes().areas["ghent"]
    document = a_bulletin(area=ghent)
    assert (document.blocks[0].parts[1].value, document.subtitle[:5]) == (1, "Ghent")
    assert document.sources[0].query.endswith("&area=ghent")


def test_many_countries_become_a_table_with_a_rest():
    codes = ["BR", "EC", "CO", "PE", "PY", "PA", "CR", "DO", "SR", "GY", "VE", "CL", "AR", "UY", "GT"]
    rows = [a_row("2025-01-05", number, provenance=code) for number, code in enumerate(codes)]
    found = tables(a_bulletin(rows=rows))["By country of provenance"].rows
    assert len(found) == 13
    assert found[11][1].value == 4
    assert found[11][0].text.endswith("…")
    assert len(found[11][0].text.split(" + ")) == 3


def test_the_other_ones_and_what_is_not_told_lead_to_the_list_too():
    codes = ["", "BR", "EC", "CO", "PE", "PY", "PA", "CR", "DO", "SR", "GY", "VE", "CL", "AR", "UY", "GT"]
    rows = [a_row("2025-01-05", number, provenance=code, grams=1000 - number) for number, code in enumerate(codes)]
    rows.append(a_row("2024-04-01", 99, handling=Handling.RED))
    document = a_bulletin(rows=rows)
    asked = [one.query.rpartition("cocaine&")[2] for one in document.sources if "provenance" in one.query]
    assert asked[0] == "provenance=-&held=no"
    assert asked[-1] == "provenance=VE,CL,AR,UY,GT&held=no"
    assert {one.query.rpartition("cocaine&")[2] for one in document.sources if "lot=" in one.query} == {"lot=0&held=no"}
    assert all(one.query for one in document.sources)


def test_a_chart_tells_its_highest_and_lowest():
    chart = next(one for one in a_bulletin().blocks if isinstance(one, Chart))
    assert len(chart.bars) == 12
    assert "Highest: 1 (Jan)" in chart.alt
    assert "Lowest: 0 (Feb)" in chart.alt


@pytest.mark.parametrize(("year", "half"), [(1970, 0), (10_000, 0), (2025, 3), (2025, -1)])
def test_what_is_no_period_is_refused(year, half):
    with pytest.raises(BadRequest):
        period_of(year, half)
