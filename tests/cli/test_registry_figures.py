SOURCES = ("place,scope,period_start,period_end,drug,measure,value,unit,source_title,publisher,source_date\n"
           "Ghent,port,2020-01-01,2020-12-31,cocaine,seized,1.7,t,x,P,2021\n"
           "Ghent,port,2020-01-01,2020-12-31,cocaine,seized,2.9,t,x,Q,2021\n")  # fmt: skip
FIGURES = "place,year,measure,value,unit,document\nGent,2020,seized,1.7,t,press\nGent,2020,wishes,5,count,press\n"
YEAR = ("--area", "antwerp", "--start", "2026-01-01", "--end", "2026-12-31")


def test_figures_are_checked_without_a_node_and_kept_with_one(port, tmp_path):
    (tmp_path / "a.csv").write_text(SOURCES)
    (tmp_path / "b.csv").write_text(FIGURES)
    lines = port.lines("registry", "figures", "check", tmp_path / "a.csv", tmp_path / "b.csv")
    checks = [line for line in lines if line["kind"] == "check"]
    assert [(one["status"], one["reproduced"], one["reasons"], one["computed"]) for one in checks] == [
        ("flagged", True, ["contradicting-source"], "1.7"), ("flagged", False, ["single-source"], "")]  # fmt: skip
    assert [line["relation"] for line in lines if line["kind"] == "conflict"] == ["contradicting-source"]
    assert (lines[-1]["figures"], lines[-1]["reproduced"], lines[-1]["conflicts"]) == (2, 1, 1)
    assert port.lines("registry", "figures", "import", tmp_path / "a.csv", tmp_path / "b.csv")[-1]["claims"] == 4
    assert port.lines("registry", "figures", "compare")[-1]["figures"] == 2
    assert port.lines("registry", "figures", "list")[-1]["claims"] == 4


def test_a_published_figure_is_counted_again(port):
    assert port.lines("registry", "figures", "publish", *YEAR, "--document", "bulletin")[-1]["value"] == "0"
    port.lines("registry", "record", "--place", "BEANR", "--net-kg", "12", "--at", "2026-01-05")
    now = port.lines("registry", "figures", "show", *YEAR)[-1]
    assert (now["value"], now["unit"], now["status"]) == ("12", "kg", "provisional")
    (row, summary) = port.lines("registry", "figures", "published")
    assert (row["claimed"], row["value"], row["same"], summary["different"]) == ("0", "0", True, 0)
    port.lines("registry", "figures", "show", "--area", "moon", "--start", "2026-01-01", "--end", "2026-12-31", code=2)
