"""Bad input of tables: asked, flagged or refused by its cell; nothing lost, the batch goes on."""

import json
from io import BytesIO

import pytest
from tests.desk.port import ADA, ANN, BOB, NOW, trail

from vigie.desk import registry, registry_import
from vigie.desk.shown import doubt_text
from vigie.registry import summed
from vigie.terms import BadRequest, Conflict, NotForYou, NotFound

HEAD = "Date of seizure;Location;Drug;Quantity;Unit;Packages;Concealment;Departure country;Service;Remarks;Reference\n"
BAD = HEAD + (
    "2025-05-01;BEANR;cocaïne;1200;kg;1000;achter de deuren;Brésil;douane;;R1\n"
    "2025-05-02;Anvers;cocaína;800;bushel;;rip-off;Ecuador;customs;;R2\n"
    "2025-05-03;BEANR;cocaine;8000;kg;;;;customs;in one backpack;R3\n"
    "2025-05-04;BEANR;cocaine;-5;kg;;;;customs;;R4\n"
    "2025-05-05;BEANR;cocaine;NaN;kg;;;;customs;;R5\n"
    "2025-05-06;Atlantis;cocaine;50;kg;;;;customs;;R6\n"
    "2025-05-07;NLRTM;cocaine;50;;;;;customs;;R7\n"
    "someday;NLRTM;cocaine;50;kg;;;;customs;;R8\n"
    "2025-05-09;Gent;snow;50000;g;;under a rug;;politie;;R9\n"
    "2025-05-01;BEANR;cocaine;1,210.5;kg;;;BR;police;;R10\n"
    "2026-01-09;BEANR;cocaine;2;t;1000;;CO;customs;;R11\n"
)


def doubts(view):
    return sorted((one.place.segment, one.code) for one in view.doubts)


def test_every_bad_cell_has_its_place_and_the_rest_is_recorded(node):
    view = registry_import.take_in(ANN, "s.csv", BAD.encode(), node)
    assert doubts(view) == [
        *[(1, "seizure-two-languages")] * 3, (1, "seizure-year-open"),
        (3, "seizure-unit"), (4, "seizure-heavier-than-carried"), (5, "seizure-negative"), (6, "seizure-negative"),
        (7, "seizure-place"), (8, "seizure-without-unit"), (9, "seizure-cell"), (10, "seizure-word"), (10, "seizure-word"),
        (11, "seizure-twice"),
    ]  # fmt: skip
    assert (view.taken, view.known, view.asked, view.refused, view.flagged) == (4, 0, 4, 3, 2)
    rows = {row.place: row for row in node.store.registry.rows(0, NOW)}
    assert (rows["BEGNE"].grams, rows["BEGNE"].substance, rows["BEGNE"].services) == (50_000, "other-drugs", "police")
    told = summed(node.store.registry.rows(0, NOW))
    assert (told.findings, told.grams) == (4, 1_200_000 + 50_000 + 1_210_500 + 2_000_000)
    for language in ("fr", "nl", "en", "pt", "es"):
        assert all("seizure-" not in doubt_text(one, language) for one in view.doubts)


def test_the_bytes_are_kept_and_sealed_and_a_second_time_changes_nothing(node):
    first = registry_import.take_in(ANN, "s.csv", BAD.encode(), node)
    again = registry_import.take_in(ANN, "other name.csv", BAD.encode(), node)
    assert {one.outcome for one in trail(node, act="record-seizures")} == {"done"}
    assert (again.taken, again.known, summed(node.store.registry.rows(0, NOW)).findings) == (0, 4, 4)
    assert registry_import.raw(BOB, first.hlc, node) == ("s.csv", BAD.encode())
    assert "backpack" not in repr(node.store.db.rows("SELECT body FROM inbox"))
    assert [one.name for one in registry_import.imports(ANN, node)] == ["other name.csv", "s.csv"]
    with pytest.raises(NotForYou):
        registry_import.raw(ANN, first.hlc, node)
    with pytest.raises(NotFound):
        registry_import.show(ANN, 5, node)


def test_a_question_is_answered_with_the_cell_that_was_meant(node):
    view = registry_import.take_in(ANN, "s.csv", BAD.encode(), node)
    made = registry_import.answer(ANN, view.hlc, 4, "as-told", node, {"unit": "g"})
    assert registry.show(ANN, made, node).line.grams == 8000
    made = registry_import.answer(ANN, view.hlc, 7, "as-told", node, {"place": "NLVLI"})
    assert registry.show(ANN, made, node).line.place == "NLVLI"
    with pytest.raises(Conflict):
        registry_import.answer(ANN, view.hlc, 7, "as-told", node, {"place": "NLVLI"})
    with pytest.raises(BadRequest):
        registry_import.answer(ANN, view.hlc, 7, "as-told", node)
    assert registry_import.answer(ANN, view.hlc, 3, "dropped", node) == ""
    assert registry_import.show(ANN, view.hlc, node).answers == {3: "dropped", 4: "as-told", 7: "as-told"}
    with pytest.raises(NotFound):
        registry_import.answer(ANN, view.hlc, 99, "dropped", node)
    with pytest.raises(BadRequest):
        registry_import.answer(ANN, view.hlc, 3, "maybe", node)


def test_a_workbook_says_the_same_as_its_table(node):
    openpyxl = pytest.importorskip("openpyxl")
    from datetime import date

    book = openpyxl.Workbook()
    book.active.append(["Date", "Port", "Drug", "Net weight", "Unit", "Reference"])
    book.active.append([date(2025, 5, 1), "Rotterdam", "cocaine", 1200.5, "kg", 77])
    book.active.append([None, None, None, None, None, None])
    book.active.append(["2025-05-02", "BEANR", "cocaine", -3, "kg", 78])
    out = BytesIO()
    book.save(out)
    view = registry_import.take_in(ANN, "s.xlsx", out.getvalue(), node)
    assert (view.taken, view.refused) == (1, 1)
    assert [(row.place, row.grams) for row in node.store.registry.rows(0, NOW)] == [("NLRTM", 1_200_500)]
    with pytest.raises(BadRequest):
        registry_import.take_in(ANN, "s.xlsx", b"PK\x03\x04 no workbook", node)


def test_incidents_of_a_partner_are_read_by_their_extension(node):
    incident = {"type": "incident", "spec_version": "2.1", "id": "incident--1", "created": "2025-06-02T00:00:00Z", "name": "n",
                "extensions": {"extension-definition--2": {"extension_type": "property-extension", "place": "NLRTM",
                               "at": "2025-06-01T10:00:00Z", "substance": "cocaine", "net": 12, "unit": "kg",
                               "services": ["customs", "police"], "country": "NL"}}}  # fmt: skip
    bundle = {"type": "bundle", "id": "bundle--1", "objects": [{"type": "identity"}, incident, 5]}
    view = registry_import.take_in(ANN, "i.json", json.dumps(bundle).encode(), node)
    assert (view.taken, doubts(view)) == (1, [(3, "seizure-row")])
    row = next(node.store.registry.rows(0, NOW))
    assert (row.grams, row.place, row.services, row.countries) == (12_000, "NLRTM", "customs police", "NL")
    for wrong in (b"{", b"[1", b'"x"'):
        if wrong != b'"x"':
            with pytest.raises(BadRequest):
                registry_import.take_in(ANN, "i.json", wrong, node)


def test_a_map_names_other_columns_and_what_stands_for_every_row(node):
    how = '[columns]\nat = "When"\nplace = "Where"\n[constants]\nsubstance = "cocaine"\nunit = "t"\nservice = "customs"\n'
    how = 'format = "%d/%m/%Y"\n' + how
    view = registry_import.take_in(ANN, "m.csv", b"When;Where;Weight\n03/04/2025;BEANR;1,5\n", node, how)
    assert view.taken == 1
    row = next(node.store.registry.rows(0, NOW))
    assert (row.grams, row.at) == (1_500_000, 1743638400 * 1_000_000)
    for wrong in ("[columns]\nweather = 'x'", "= ", '{"columns": 3}'):
        with pytest.raises(BadRequest):
            registry_import.take_in(ANN, "m.csv", b"a", node, wrong)


def test_only_who_records_seizures_hands_tables_in(node):
    with pytest.raises(NotForYou):
        registry_import.take_in(ADA, "s.csv", b"", node)
    with pytest.raises(NotForYou):
        registry_import.imports(ADA, node)
    assert [one.outcome for one in trail(node, act="record-seizures")] == ["refused", "refused"]
    view = registry_import.take_in(ANN, "s.csv", b"what;is;this\n1;2;3\n", node)
    assert ((1, "seizure-header") in doubts(view), view.taken, view.refused) == (True, 0, 1)
