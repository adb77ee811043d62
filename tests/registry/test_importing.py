"""Any cells become a report, a question or a refusal that names its cell."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigie.registry import ReadSeizure, SeizureMap, SeizureReader, names_columns, read_seizure_map
from vigie.terms import BadRequest, Doubt, TableFault, TableRow, read_moment

NOW = read_moment("2026-03-02T06:00:00Z")
GOOD = {"date": "2025-05-01", "port": "BEANR", "drug": "cocaine", "net weight": "12", "unit": "kg"}


def read(**cells):
    return SeizureReader(SeizureMap(), "import:t", NOW).row(TableRow(2, {**GOOD, **{name.replace("_", " "): text for name, text in cells.items()}}))


@pytest.mark.parametrize(("number", "unit", "grams", "questions"), [
    ("12", "kg", 12_000, []), ("12,5", "Kilogram", 12_500, []), ("1.234,5", "g", 1234, []), ("1,234.5", "g", 1234, []),
    ("2", "tonnes", 2_000_000, []), ("12 kg", "", 12_000, []), ("1.200", "kg", 1200, ["seizure-ambiguous-number"]),
    ("10", "lb", 4536, []), ("3", "bushel", 3000, ["seizure-unit"]), ("3", "", 3000, ["seizure-without-unit"]),
])  # fmt: skip
def test_weights_are_whole_grams_and_what_is_unsure_is_asked(number, unit, grams, questions):
    found = read(net_weight=number, unit=unit)
    assert found.report.seized.grams == grams
    assert [one.code for one in found.questions] == questions


@pytest.mark.parametrize(("cells", "column", "code"), [
    ({"net_weight": "-1"}, "net", "seizure-negative"), ({"net_weight": "nan"}, "net", "seizure-negative"),
    ({"net_weight": "x"}, "net", "seizure-cell"), ({"date": "1 May"}, "at", "seizure-cell"),
    ({"drug": ""}, "substance", "seizure-without-substance"), ({"hs": "bananas"}, "cover_hs", "seizure-hs"),
    ({"tlp": "PINK"}, "handling", "seizure-cell"), ({"date": "2027-01-01"}, "at", "seizure-in-the-future"),
])  # fmt: skip
def test_what_cannot_be_is_refused_with_its_cell(cells, column, code):
    found = read(**cells)
    assert isinstance(found, Doubt)
    assert (found.code, found.place.path, found.place.segment) == (code, column, 2)


def test_words_of_five_languages_are_codes_and_unknown_ones_stay_as_notes():
    found = read(drug="cocaïne", concealment="entre la carga", detected_by="cão", service="politie;douane",
                 departure_country="Équateur", transit="PAONX;NLRTM", tlp="green", status="provisional", departure_port="ECGYE")  # fmt: skip
    told = found.report.seized
    assert (told.concealment.value, told.detector.value, told.services, told.provenance) == ("within-load", "dog", ("police", "customs"), "EC")
    assert (told.route, int(told.handling), told.is_closed, told.loaded, found.report.service) == (("PAONX", "NLRTM"), 1, False, "ECGYE", "police")
    odd = read(drug="snow", concealment="under a rug")
    assert [one.code for one in odd.flags] == ["seizure-word"] * 2
    assert (odd.report.seized.note, odd.report.seized.modus) == ("snow", "under a rug")
    assert [one.place.path for one in read(port="Atlantis").questions] == ["place"]
    assert read(port="Rotterdam").report.seized.place == "NLRTM"


def test_a_torn_row_is_refused_and_the_rest_is_read():
    told = list(SeizureReader(SeizureMap(), "t", NOW).read([TableFault(2), TableRow(3, GOOD)]))
    assert (told[0].code, told[1].row) == ("seizure-row", 3)


def test_maps_name_columns_and_constants():
    how = read_seizure_map('{"columns": {"net": "Menge"}, "constants": {"unit": "g"}}')
    assert SeizureReader(how, "t", NOW).row(TableRow(2, {**{k: v for k, v in GOOD.items() if k not in ("unit", "net weight")}, "menge": "5"})).report.seized.grams == 5
    assert names_columns(["date", "port", "drug", "menge"], how)
    assert not names_columns(["date", "port", "drug"], SeizureMap())
    for wrong in ("=", '{"columns": {"colour": "x"}}', '{"columns": 5}'):
        with pytest.raises(BadRequest):
            read_seizure_map(wrong)


@given(st.dictionaries(st.sampled_from(["date", "port", "drug", "net", "unit", "packages", "hs", "tlp", "service"]), st.text(max_size=15)))
def test_any_cells_are_read_or_doubted(cells):
    assert isinstance(SeizureReader(SeizureMap(), "t", NOW).row(TableRow(2, cells)), ReadSeizure | Doubt)
