def test_the_page_tells_who_read_and_what_is_planted(ada, port):
    ada.get("/risk/indicators/P1")
    told = ada.get("/audit/readers")
    assert told.status_code == 200
    assert "No decoy is planted" in told.text
    assert 'href="/audit/readers"' in ada.get("/audit").text


def test_it_is_no_inspectors_to_see(bo):
    assert bo.get("/audit/readers").status_code in {403, 404}
