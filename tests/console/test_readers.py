import html
import re


def test_the_page_tells_who_read_and_what_is_planted(ada, port):
    ada.get("/risk/indicators/P1")
    told = ada.get("/audit/readers")
    assert told.status_code == 200
    assert "No decoy is planted" in told.text
    assert 'href="/audit/readers"' in ada.get("/audit").text


def test_it_is_no_inspectors_to_see(bo):
    assert bo.get("/audit/readers").status_code in {403, 404}


def test_a_decoy_is_planted_by_form_with_its_faults_told_and_taken_up(ada, port, monkeypatch):
    from vigie.risk import canary

    monkeypatch.setattr(canary, "LEAST", 1)
    assert 'href="/audit/canaries/new"' in ada.get("/audit/readers").text
    page = ada.get("/audit/canaries/new?like=P1").text
    assert 'name="expression"' in page
    assert "Ada Targeting" in page
    alike = dict(re.findall(r'name="([a-z.0-9-]+)" value="([^"]*)"', page)) | {
        "id": "D6", "expression": "pair_boxes_life = 0 and lane_boxes_365d >= 300 and packages = 4711", "why": "who leaks?",
        "fires-0": "pair_boxes_life = 0; lane_boxes_365d = 300; packages = 4711",
        "fires-1": "pair_boxes_life = 0; lane_boxes_365d = 301; packages = 4711", "handling": "amber",
    }  # fmt: skip
    (choice,) = re.findall(r'<select name="typology">(.*?)</select>', page)
    typologies = re.findall(r'value="([a-z-]+)" selected', choice)
    made = ada.post("/audit/canaries", data={name: html.unescape(value) for name, value in alike.items()}
                    | {"typology": typologies[0]})  # fmt: skip
    assert made.status_code == 303, re.findall(r'role="alert">(.*?)</p>', made.text)
    assert ada.post("/audit/canaries/lift", data={"id": "D6"}).status_code == 303
    form = {"id": "D7", "typology": "documents", "handling": "amber", "expression": "packages = 4711 and empty = false",
            "fires-0": "packages = 4711; empty = false", "fires-1": "packages = 4711; empty = false; hs2 = 08",
            "silent-0": "packages = 1; empty = false", "silent-1": "packages = 4711", "why": "who leaks?",
            "readers": ["ada"]}  # fmt: skip
    texts = {f"{name}.{key}": "{packages}" if name == "reason" else "Loads of 4711" for name in ("title", "reason")
             for key in ("fr", "nl", "en", "pt", "es")}  # fmt: skip
    wrong = ada.post("/audit/canaries", data=form | texts | {"expression": "packages = "})
    assert wrong.status_code == 200
    assert 'role="alert"' in wrong.text
    assert 'value="D7"' in wrong.text
    made = ada.post("/audit/canaries", data=form | texts)
    assert (made.status_code, made.headers["location"]) == (303, "/audit/readers")
    assert "D7" in ada.get("/audit/readers").text
    assert "D7" in ada.get("/risk/indicators").text
    assert ada.post("/audit/canaries/lift", data={"id": "D7"}).status_code == 303
    assert "Decoy D7 is taken up" in ada.get("/audit/readers").text
    assert "D7" not in ada.get("/risk/indicators").text


def test_an_inspector_plants_nothing(bo):
    assert bo.get("/audit/canaries/new").status_code in {403, 404}
    assert bo.post("/audit/canaries", data={"id": "D8"}).status_code in {403, 404, 422}
