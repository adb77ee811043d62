from datetime import date
from urllib.parse import parse_qsl

import msgspec
import pytest
from tests.desk.port import ANN, BOB, NOW, an_officer, trail
from tests.registry.recorded import a_report

from vigie.desk import bulletin, registry, registry_figures
from vigie.desk.bulletin import BulletinWanted
from vigie.registry import Report, Seized, Substance
from vigie.terms import DAY, BadRequest, Handling, Moment, NotForYou, NotFound, Purpose, Role, read_moment

STA = an_officer("sta", Role.AUDITOR, purposes=(Purpose.STATISTICS,), clearance=Handling.CLEAR)


@pytest.fixture
def seizures(node):
    registry.record(BOB, a_report(Moment(NOW - DAY)), node)
    registry.record(BOB, a_report(Moment(NOW - 2 * DAY), 5_000, place="BEGNE", provenance="BR"), node)
    registry.record(BOB, a_report(Moment(NOW - 3 * DAY), 7_000, provenance="PY", handling=Handling.RED), node)


def lead(document):
    return [part.value for part in document.blocks[0].parts if part.value is not None]


def test_who_makes_statistics_sees_sums_of_what_the_clearance_hides(node, seizures):
    document = bulletin.bulletin(STA, BulletinWanted(2026), node)
    assert lead(document) == [3, 1012.0]
    assert document.register == "/registry"
    (told,) = trail(node, act="bulletin")
    assert (told.subject, told.facts) == ("bulletin 2026", {"as_of": "2026-03-02", "language": "en"})


def test_a_day_is_asked_again_and_says_the_same(node, seizures):
    wanted = BulletinWanted(2026, 1, "fr", date(2026, 3, 2))
    before = bulletin.bulletin(STA, wanted, node)
    node.clock.forward(2 * DAY)
    registry.record(BOB, a_report(Moment(NOW + DAY), 900_000), node)
    assert bulletin.bulletin(STA, wanted, node) == before
    assert lead(bulletin.bulletin(STA, msgspec.structs.replace(wanted, as_of=None), node)) == [4, 1912.0]


def test_every_number_leads_to_the_seizures_it_counts_as_they_stood(node, seizures):
    mixed = (Substance("heroin", 3_000), Substance("cocaine", 20_000_000))
    at = Moment(NOW - 4 * DAY)
    told = Seized(at, "NLRTM", mixed, provenance="", cover_hs="")
    registry.record(BOB, Report("customs", "NL", "officer:bob", told), node)
    registry.record(BOB, a_report(Moment(at - 1), None, provenance="CO"), node)
    document = bulletin.bulletin(STA, BulletinWanted(2026), node)
    node.clock.forward(2 * DAY)
    registry.record(BOB, a_report(Moment(NOW - DAY), 900), node)
    assert len(document.sources) > 15
    for one in document.sources:
        asked = dict(parse_qsl(one.query))
        days = {name: read_moment(asked.pop(name) + end)
                for name, end in (("since", "T00:00:00Z"), ("until", "T23:59:59.999999Z"))}  # fmt: skip
        assert len(registry.listed(BOB, node, **asked, **days).rows) == one.rows, one.query


def test_a_place_of_the_vocabulary_and_another_substance(node, seizures):
    assert lead(bulletin.bulletin(STA, BulletinWanted(2026, area="ghent"), node)) == [1, 5.0]
    with pytest.raises(NotFound):
        bulletin.bulletin(STA, BulletinWanted(2026, substance="heroin"), node)


def test_who_may_not_and_what_has_no_meaning(node, seizures):
    with pytest.raises(NotForYou):
        bulletin.bulletin(ANN, BulletinWanted(2026), node)
    for told in ({"half": 3}, {"area": "atlantis"}, {"language": "de"}, {"as_of": date(2026, 3, 3)}):
        with pytest.raises(BadRequest):
            bulletin.bulletin(STA, BulletinWanted(2026, **told), node)


@pytest.mark.parametrize(
    ("form", "start"), [("pdf", b"%PDF-"), ("docx", b"PK"), ("csv", b"table,"), ("html", b"<!doctype")]
)
def test_a_document_is_printed_in_four_forms(node, seizures, form, start):
    document = bulletin.bulletin(STA, BulletinWanted(2026, language="nl"), node)
    made = bulletin.printed(document, form, node, "b")
    assert made.body.startswith(start)
    assert (made.name, made.media) == (f"b-nl.{form}", bulletin.MEDIA[form])


def test_another_form_is_refused(node, seizures):
    with pytest.raises(BadRequest):
        bulletin.printed(bulletin.bulletin(STA, BulletinWanted(2026), node), "odt", node, "b")


def test_the_evening_of_a_day_is_its_last_moment():
    assert bulletin.evening(date(1970, 1, 1)) == DAY - 1
    assert bulletin.file_name(BulletinWanted(2025, 1)) == "bulletin-2025-h1-cocaine"


def test_a_bulletin_says_what_the_register_gives_as_its_figure(node, seizures):
    told = {"area": "ghent", "start": "2026-01-01", "end": "2026-12-31"}
    for area in ("ghent", "belgium"):
        findings, kg = lead(bulletin.bulletin(STA, BulletinWanted(2026, area=area), node))
        figure = registry_figures.figure(STA, node, **told | {"area": area})
        assert (figure.findings, float(figure.value) * {"t": 1000, "kg": 1}[figure.unit]) == (
            findings,
            pytest.approx(kg),
        )
