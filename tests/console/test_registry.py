"""Register: recorded by a form, shown with its reports, joined and parted, never for who may not."""

import csv

from tests.console.browsing import Client
from tests.console.conftest import Port

from vigie.tracking import Query, Reach

FORM = {"at": "2024-03-01", "place": "BEANR", "substance": "cocaine", "net": "1200,5", "packages": "1000", "service": "customs",
        "country": "BE", "container": "CSQU3054383", "provenance": "br", "cover_hs": "0803", "concealment": "behind-doors",
        "detector": "dog", "scope": "seaport", "handling": "2", "case": "AN 1/2024"}  # fmt: skip


def test_a_seizure_is_recorded_reported_again_joined_and_parted(port: Port, ada: Client) -> None:
    empty = ada.get("/registry?place=NLRTM").text
    assert "No seizures here" in empty
    one = ada.post("/registry", data=FORM).headers["location"]
    other = ada.post("/registry", data={**FORM, "service": "police", "country": "NL", "net": "1210"}).headers["location"]
    page = ada.get(one).text
    assert "1,200.5" in page
    assert "behind the doors" in page
    assert "same container" in page
    assert '<a href="/registry/dossiers?case=AN%201/2024">AN 1/2024</a>' in page
    name, into = (where.rpartition("/")[2] for where in (other, one))
    merged = ada.post(f"/registry/seizures/{name}/steps", data={"verb": "merge", "into": into, "reason": "one box"})
    assert merged.headers["location"] == one
    whole = ada.get(one).text
    assert "joint" in whole
    assert "Merged into" in ada.get(other).text
    found = port.node.store.registry.get(into)
    assert found is not None
    split = {"verb": "split", "reports": str(found.reports[1].id), "reason": "two boxes"}
    assert ada.post(f"{one}/steps", data=split).headers["location"] == other
    final = ada.post("/registry", data={**FORM, "net": "1199", "into": into, "leads": "on"})
    assert final.headers["location"] == one
    assert "1,199" in ada.get(one).text
    gone = ada.post(f"{other}/steps", data={"verb": "withdraw", "reason": "sugar"})
    assert "withdrawn" in ada.get(gone.headers["location"]).text
    rows = list(csv.DictReader(ada.get("/registry.csv?provenance=BR&area=belgium&since=2024-01-01&until=2024-12-31").text.splitlines()))
    assert [row["id"] for row in rows] == [into]


def test_an_outcome_is_put_into_the_register_in_one_act(port: Port, ada: Client) -> None:
    visit = next(row.visit for row in port.node.store.visits.page(Query(), Reach(clearance=4)).rows)
    found = {"found": "cocaine", "detector": "inspection-team", "depth": "fully-unloaded", "quantity_kg": "55",
             "concealment": "behind-doors"}  # fmt: skip
    assert ada.post(f"/arrivals/{visit}/outcome", data=found).status_code == 303
    assert "Put into the register" in ada.get(f"/arrivals/{visit}").text
    where = ada.post(f"/registry/outcomes/{visit}", data={}).headers["location"]
    assert "55 kg" in ada.get(where).text
    assert ada.post(f"/registry/outcomes/{visit}", data={}).headers["location"] == where


def test_what_is_wrong_is_told_and_changes_nothing(port: Port, ada: Client) -> None:
    before = port.node.store.registry.count()
    for wrong in ({"place": "Antwerp"}, {"net": ""}, {"net": "x"}, {"at": "soon"}, {"at": "2030-01-01"}, {"packages": "x"}):
        assert ada.post("/registry", data={**FORM, **wrong}).status_code == 422, wrong
    assert ada.get("/registry?since=soon").status_code == 422
    assert ada.get("/registry/seizures/S1").status_code == 404
    assert port.node.store.registry.count() == before


def test_an_inspector_records_and_does_not_join(bo: Client) -> None:
    assert bo.post("/registry", data={**FORM, "net": "3"}).status_code == 303
    assert "Een inbeslagneming vastleggen" in bo.get("/registry").text
    assert bo.post("/registry/seizures/S1/steps", data={"verb": "withdraw", "reason": "x"}).status_code == 404
