import re

import pytest

HEAD = "month,port,route,findings,kg,inspected,scanned,random_scanned"


@pytest.fixture
def counts(tmp_path):
    def write(inspected="1000", more=()):
        rows = [f"{2022 + month // 12}-{month % 12 + 1:02d},{port},,{found},1,{inspected},,"
                for month in range(36) for port, found in
                (("A", 12), ("B", 8 if month >= 24 else 1), ("C", 1))]
        path = tmp_path / "counts.csv"
        path.write_text("\n".join([HEAD, *rows[::-1], *more]))
        return path

    return write


def test_the_summary_names_month_port_and_interval(terminal, counts):
    *rows, last = terminal.lines("trends", "monitor", counts())
    assert (last["says"], last["port"], last["direction"]) == ("moved", "B", "up")
    assert last["interval"][0] <= "2024-01" <= last["interval"][1]
    assert last["ratio_interval"][0] > 1
    assert {"standing", "alarm", "delay", "assumed"} <= {one["kind"] for one in rows}


def test_silence_and_bad_rows_have_their_place(terminal, counts):
    first, *_, last = terminal.lines("trends", "monitor", counts("", ["2025-01,A,,many,,,,"]), code=1)
    assert (first["kind"], first["row"], first["column"]) == ("doubt", 110, "findings")
    assert (last["says"], last["alarm"]) == ("counts-only", None)
    assert "no statement on displacement" in terminal.run("trends", "monitor", counts(""), code=0).stdout


def test_which_inspections_are_missing_is_said(terminal, counts):
    path = counts()
    path.write_text(re.sub(r"(2024-..,B,,8,1),1000", r"\1,", path.read_text()))
    *rows, last = terminal.lines("trends", "monitor", path)
    assert (last["silent"], last["names"], last["missing"]) == (["B"], ["A", "C"], {"B": ["2024-01/2024-12"]})
    assert [one["months"] for one in rows if one["kind"] == "missing"] == [["2024-01/2024-12"]]
    assert "nothing is said of B" in terminal.run("trends", "monitor", path, code=0).stdout


def test_statistics_displacement_and_routes_answer_on_an_empty_register(terminal):
    assert terminal.lines("trends", "statistics")[-1]["whole"]["now"]["findings"] == 0
    assert terminal.run("trends", "statistics", "--csv").stdout.startswith("name,findings")
    assert terminal.lines("trends", "displacement")[-1]["says"] == "too-few"
    assert terminal.lines("trends", "routes")[-1]["claims"] == 0
