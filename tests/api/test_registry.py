from tests.desk.test_registry_import import HEAD

CSV = {"content-type": "text/csv"}
TOLD = {"at": "2026-03-01T10:00:00Z", "place": "BEANR", "country": "BE",
        "substances": [{"name": "cocaine", "net_kg": "1200"}], "container": "CSQU3054383"}  # fmt: skip
YEAR = "area=antwerp&start=2026-01-01&end=2026-12-31"
SOURCES = ("place,scope,period_start,period_end,drug,measure,value,unit,source_title,publisher,source_date\n"
           "Ghent,port,2020-01-01,2020-12-31,cocaine,seized,1.7,t,annual report,Paper,2021\n")  # fmt: skip


def test_seizures_are_recorded_joined_and_parted(bob):
    one = bob.told("POST", "/v1/registry/seizures", 201, json=TOLD)
    other = bob.told("POST", "/v1/registry/seizures", 201, json={**TOLD, "service": "police", "country": "NL"})
    assert bob.told("GET", "/v1/registry/seizures")["count"] == 2
    where = f"/v1/registry/seizures/{other['line']['id']}"
    whole = bob.told("POST", f"{where}/steps", json={"verb": "merge", "into": one["line"]["id"], "reason": "one box"})
    assert (whole["line"]["is_joint"], bob.told("GET", where)["into"]) == (True, one["line"]["id"])
    before = bob.told("GET", f"/v1/registry/figures?{YEAR}")
    assert (before["value"], before["unit"], before["status"]) == ("1200", "kg", "provisional")
    parts = {"verb": "split", "reports": [whole["reports"][1]["id"]], "reason": "two boxes"}
    bob.told("POST", f"/v1/registry/seizures/{one['line']['id']}/steps", json=parts)
    assert bob.told("GET", f"/v1/registry/figures?{YEAR}")["value"] == "2400"
    assert bob.told("GET", f"/v1/registry/figures?{YEAR}&as_of={before['as_of']}")["value"] == "1200"
    gone = {"verb": "withdraw", "reason": "sugar"}
    assert bob.told("POST", f"{where}/steps", json=gone)["line"]["state"] == "withdrawn"
    bob.problem(422, "POST", "/v1/registry/seizures", json={**TOLD, "place": "Antwerp"})
    bob.problem(422, "GET", "/v1/registry/figures?area=atlantis&start=2026-01-01&end=2026-12-31")


def test_tables_are_taken_in_and_their_questions_answered(bob, asking):
    body = HEAD + "2025-05-03;BEANR;cocaine;8000;kg;;;;customs;in one backpack;R3\n"
    view = bob.told("POST", "/v1/registry/imports?name=s.csv", 201, content=body, headers=CSV)
    assert (view["asked"], view["doubts"][0]["code"]) == (1, "seizure-heavier-than-carried")
    assert [one["name"] for one in bob.told("GET", "/v1/registry/imports")] == ["s.csv"]
    said = {"row": 2, "answer": "as-told", "cells": {"unit": "g"}}
    made = bob.told("POST", f"/v1/registry/imports/{view['hlc']}/answers", json=said)
    assert bob.told("GET", f"/v1/registry/seizures/{made['seizure']}")["line"]["grams"] == 8000
    assert bob.told("GET", f"/v1/registry/imports/{view['hlc']}")["answers"] == {"2": "as-told"}
    asking("ada").problem(403, "GET", "/v1/registry/imports")


def test_claims_are_kept_and_compared_and_figures_published(bob):
    assert bob.told("POST", "/v1/registry/claims?name=o.csv", content=SOURCES, headers=CSV) == {"claims": 1, "doubts": []}
    document = "place,year,measure,value,unit,seed_file\nGhent,2020,seized,17,t,press\n"
    bob.told("POST", "/v1/registry/claims?name=p.csv", content=document, headers=CSV)
    view = bob.told("GET", "/v1/registry/claims/compared")
    assert [(one["status"], one["reasons"], one["value"]) for one in view["checks"]] == [("flagged", ["typo"], "1.7")]
    assert len(bob.told("GET", "/v1/registry/claims")) == 2
    asked = {"area": "antwerp", "start": "2026-01-01", "end": "2026-12-31", "document": "bulletin 1"}
    made = bob.told("POST", "/v1/registry/figures", 201, json=asked)
    bob.told("POST", "/v1/registry/seizures", 201, json=TOLD)
    claim = next(one for one in bob.told("GET", "/v1/registry/claims") if one["as_of"])
    assert made["value"] == bob.told("GET", f"/v1/registry/figures/published/{claim['id']}")["value"] == "0"
    bob.problem(404, "GET", "/v1/registry/figures/published/7")


def test_an_outcome_becomes_a_seizure(bob):
    said = {"number": "MSCU0000000", "at": "2026-03-02T05:00:00Z", "found": "cocaine", "detector": "inspection-team",
            "depth": "fully-unloaded", "quantity_kg": "55", "concealment": "behind-doors"}  # fmt: skip
    from tests.api.conftest import BOXES

    bob.told("POST", "/v1/inspections/outcomes", 201, json={**said, "number": BOXES[0]})
    made = bob.told("POST", f"/v1/registry/outcomes/{BOXES[0]}", 201)
    assert (made["line"]["grams"], made["line"]["container"]) == (55_000, BOXES[0])
    bob.problem(422, "POST", f"/v1/registry/outcomes/{BOXES[1]}")
