import pytest
from tests.risk.visits import CALL, LANDED, NOW, T0, a_box, a_line, a_move, a_plan, a_visit

from vigie.arrivals import Call, Route
from vigie.risk.columns_route import DECLARED, read
from vigie.risk.columns_seen import see
from vigie.terms import DAY, HOUR, Moment


def told(*parts, doubts=()):
    return dict(zip((column.name for column in DECLARED), read(see(a_visit(*parts, doubts=doubts), NOW)), strict=True))


def test_places_ship_and_filing():
    row = told(a_line(form="F10"), doubts=("a", "b"))
    assert (row["loading"], row["loading_country"], row["unloading_country"]) == ("ECGYE", "EC", "BE")
    assert (row["carrier"], row["vessel"], row["voyage"]) == ("MSCU", "DEMO STAR", "0451E")
    assert (row["filing_lead_h"], row["filing_before_arrival_h"], row["filing_form"]) == (49, 22 * 24 - 1, "F10")
    assert row["doubts"] == 2


def test_filing_after_loading_is_negative():
    late = a_line(form="CC315A", filed_at=Moment(T0 + 3 * HOUR))
    assert told(late, a_move("LOAD", T0, "ECGYE"))["filing_lead_h"] == -3
    assert told(a_line(form="F10", filed_at=None))["filing_lead_h"] is None
    assert told(a_line(form="F10", call=Call()))["filing_lead_h"] is None


def test_a_manifest_is_no_declaration_and_takes_nothing_from_one():
    declared = a_line(form="F10", filed_at=Moment(T0 - 30 * HOUR))
    manifest = a_line(form="CUSCAR", filed_at=Moment(T0 + 300 * HOUR), latest=Moment(T0 + 300 * HOUR))
    assert told(manifest)["filing_lead_h"] is None
    assert told(declared, manifest, a_move("LOAD", T0, "ECGYE"))["filing_lead_h"] == 30


@pytest.mark.parametrize(
    ("route", "loaded", "accepted", "touches"),
    [
        (Route(loading="ECGYE", unloading="BEANR"), True, None, True),
        (Route(acceptance="COBOG", loading="PAMIT", unloading="BEANR"), True, True, True),
        (Route(acceptance="COBOG", loading="TRMER", unloading="BEANR"), False, True, True),
        (Route(loading="MAPTM", transhipment=("PAMIT",), unloading="BEANR"), False, None, True),
        (Route(loading="CNSHA", unloading="BEANR"), False, None, False),
        (Route(unloading="BEANR"), None, None, None),
    ],
)
def test_departure_countries_by_route(route, loaded, accepted, touches):
    row = told(a_line(route=route))
    found = (row["loaded_in_departure_country"], row["accepted_in_departure_country"], row["touches_departure_country"])
    assert found == (loaded, accepted, touches)


def test_documents_plan_and_quay_may_not_know_of_each_other():
    row = told(a_move("DISC", LANDED))
    assert (row["in_plan"], row["in_manifest"], row["landed"], row["landed_unannounced"]) == (False, False, True, True)
    assert told(a_line(), a_move("DISC", LANDED))["announced_not_in_plan"] is True
    assert told(a_line(), a_plan(), a_move("DISC", LANDED))["announced_not_in_plan"] is False


def test_a_scan_reported_at_loading_stands_in_the_remarks():
    flagged = a_box(remarks=("SCAN OK:Unidad ya escaneada",))
    assert told(a_plan(equipment=flagged))["origin_scan_flag"] is True
    assert told(a_plan())["origin_scan_flag"] is False
    assert told(a_move("DISC", LANDED))["origin_scan_flag"] is None


def test_discharge_where_no_document_says():
    assert told(a_line(), a_move("DISC", LANDED, "NLRTM"))["discharged_elsewhere"] is True
    assert told(a_line(), a_move("DISC", LANDED))["discharged_elsewhere"] is False
    assert told(a_line(), a_move("DISC", LANDED, ""))["discharged_elsewhere"] is None


def test_age_of_the_plan_counts_to_now():
    assert told(a_plan(T0, call=CALL))["plan_age_h"] == 22 * 24
    assert told(a_line())["plan_age_h"] is None
    assert T0 + 22 * DAY == NOW
