import io

import pypdf
import pytest

RAISE = ("--finding", "Loads became smaller", "--measure", "Scan small lots too", "--owner", "Targeting unit")


@pytest.fixture
def name(terminal):
    (told,) = terminal.lines("ports", "priorities", "raise", *RAISE, "--due", "2030-06-30")
    return told["id"]


def test_a_priority_from_raising_to_the_report(terminal, name, tmp_path):
    terminal.run("ports", "priorities", "follow", name, "--note", "scanner ordered")
    terminal.run("ports", "priorities", "amend", name, "--due", "2000-01-31")
    *rows, told = terminal.lines("ports", "priorities", "list", "--state", "overdue")
    assert [(row["id"], row["due"]) for row in rows] == [(name, "2000-01-31")]
    assert told["overdue"] == 1
    terminal.run("ports", "priorities", "finish", name, "--note", "in use")
    steps = [row for row in terminal.lines("ports", "priorities", "show", name) if row["kind"] == "step"]
    assert [one["verb"] for one in steps] == ["raise", "follow", "amend", "finish"]
    target = tmp_path / "report.pdf"
    terminal.run("ports", "priorities", "report", "--language", "es", "--out", target)
    read = pypdf.PdfReader(io.BytesIO(target.read_bytes()))
    assert read.metadata.title == "Conclusiones y prioridades"
    assert "scanner ordered" in "".join(page.extract_text() for page in read.pages)


def test_steps_that_are_not_legal_are_told(terminal, name, tmp_path):
    terminal.run("ports", "priorities", "drop", name, "--note", "no longer needed")
    assert (
        "where the priority stands"
        in terminal.run("ports", "priorities", "finish", name, "--note", "so it was", code=2).output
    )
    terminal.run("ports", "priorities", "reopen", name, "--note", "needed again")
    terminal.run("ports", "priorities", "show", "P1999-001", code=2)
    terminal.run("ports", "priorities", "raise", *RAISE, "--due", "soon", code=2)


def test_there_is_no_report_of_nothing(terminal, tmp_path):
    told = terminal.run("ports", "priorities", "report", "--out", tmp_path / "r.pdf", code=2)
    assert "no priority" in told.output
