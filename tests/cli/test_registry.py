from tests.desk.test_registry_import import HEAD

TOLD = ("registry", "record", "--place", "BEANR", "--net-kg", "12,5", "--at", "2026-03-01", "--container", "CSQU3054383")


def test_seizures_are_recorded_joined_parted_and_withdrawn(port):
    one = port.lines(*TOLD)[-1]["seizure"]
    other = port.lines(*TOLD, "--service", "politie", "--country", "NL")[-1]["seizure"]
    assert port.lines("registry", "list")[-1]["count"] == 2
    shown = port.lines("registry", "show", one)
    assert [line["marks"] for line in shown if line["kind"] == "maybe"] == [["container", "place", "day", "weight"]]
    assert port.lines("registry", "merge", other, one, "--reason", "one box")[-1]["reports"] == 2
    report = [line["id"] for line in port.lines("registry", "show", one) if line["kind"] == "report"][1]
    assert port.lines("registry", "split", one, report, "--reason", "two boxes")[-1]["seizure"] == other
    assert port.lines("registry", "change", other, "withdraw", "--reason", "sugar")[-1]["state"] == "withdrawn"
    assert [line["id"] for line in port.lines("registry", "list", "--state", "withdrawn")[:-1]] == [other]
    assert [line["id"] for line in port.lines("registry", "list", "--month", "2026-03", "--lot", "1")[:-1]] == [one]
    assert port.lines("registry", "list", "--held", "yes", "--cover-hs", "08", "--as-of", "2026-03-02")[-1]["seizures"] == 0
    port.lines("registry", "list", "--month", "soon", code=2)
    port.lines("registry", "record", code=2)
    port.lines("registry", "show", "S1", code=3)


def test_tables_are_taken_in_and_questions_answered(port, tmp_path):
    (tmp_path / "s.csv").write_text(HEAD + "2025-05-03;BEANR;cocaine;8000;kg;;;;customs;in one backpack;R3\n")
    doubt, summary = port.lines("registry", "import", tmp_path / "s.csv", code=1)
    assert (doubt["row"], doubt["column"], doubt["code"], summary["asked"]) == (2, "net", "seizure-heavier-than-carried", 1)
    made = port.lines("registry", "answer", doubt["table"], "2", "--cell", "unit=g")[-1]["seizure"]
    assert port.lines("registry", "show", made)[0]["grams"] == 8000
    (tmp_path / "map.toml").write_text('[columns]\nnet = "Menge"\n[constants]\nunit = "kg"\n')
    (tmp_path / "m.csv").write_text("date,port,drug,Menge\n2025-05-03,NLRTM,heroin,3\n")
    assert port.lines("registry", "import", tmp_path / "m.csv", "--map", tmp_path / "map.toml")[-1]["taken"] == 1
