CSV = {"content-type": "text/csv"}
HEAD = "month,port,route,findings,kg,inspected"


def counts(inspected="1000"):
    rows = [f"{2022 + month // 12}-{month % 12 + 1:02d},{port},,{found},1,{inspected}" for month in range(36)
            for port, found in (("A", 12), ("B", 8 if month >= 24 else 1), ("C", 1))]
    return "\n".join([HEAD, *rows])


def test_counts_are_judged_by_program(bob):
    told = bob.told("POST", "/v1/trends/monitor", content=counts(), headers=CSV)
    assert (told["ports"]["says"], told["ports"]["alarm"]["name"]) == ("moved", "B")
    assert bob.told("POST", "/v1/trends/monitor", content=counts(""), headers=CSV)["ports"]["says"] == "counts-only"


def test_statistics_displacement_and_published_figures_answer(bob):
    assert bob.told("GET", "/v1/trends/statistics?first=2025-01&last=2025-06")["before_first"] == "2024-01"
    assert bob.get("/v1/trends/statistics/lots.csv").text.startswith("name,findings")
    assert bob.told("GET", "/v1/trends/displacement")["ports"]["says"] == "too-few"
    assert bob.told("GET", "/v1/trends/public")["claims"] == 0
    rows = "place,year,measure,value,unit,seed_file\nAntwerp,2019,seized,61.8,t,001"
    assert bob.told("POST", "/v1/trends/public", json={"seed.csv": rows})["claims"] == 1


def test_what_no_list_offers_is_refused(bob, asking):
    bob.problem(422, "GET", "/v1/trends/statistics?first=soon")
    bob.problem(422, "GET", "/v1/trends/statistics/people.csv")
    asking("ada").problem(403, "GET", "/v1/trends/statistics")
