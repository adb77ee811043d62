import csv
import hashlib
import io

import pytest
from tests.registry.recorded import record


@pytest.fixture
def seizures(terminal):
    record(terminal.home)


def test_the_same_bulletin_is_the_same_file_in_every_form(terminal, seizures, tmp_path):
    for form in ("pdf", "docx", "csv", "html"):
        found = []
        for number in (1, 2):
            target = tmp_path / f"{number}.{form}"
            terminal.run("registry", "bulletin", "--year", 2024, "--format", form, "--language", "fr", "--out", target)
            found.append(hashlib.sha256(target.read_bytes()).hexdigest())
        assert found[0] == found[1]


def test_numbers_are_those_of_the_register_as_of_the_day(terminal, seizures, tmp_path):
    target = tmp_path / "b.csv"
    (told,) = terminal.lines("registry", "bulletin", "--year", 2024, "--format", "csv", "--out", target)
    assert (told["marks"], told["sources"] > 4) == ([], True)
    rows = list(csv.DictReader(io.StringIO(target.read_text(), newline="")))
    total = next(row for row in rows if row["row"] == "Total" and row["column"] == "kg")
    assert (total["value"], total["rows"]) == ("1012.5", "2")


def test_what_cannot_be_composed_is_told(terminal, tmp_path):
    out = ("--out", tmp_path / "b.pdf")
    assert "no findings" in terminal.run("registry", "bulletin", "--year", 2024, *out, code=2).output
    terminal.run("registry", "bulletin", "--year", 2024, "--as-of", "2999-01-01", *out, code=2)
    terminal.run("registry", "bulletin", "--year", 2024, "--area", "atlantis", *out, code=2)
    record(terminal.home)
    # recorded today: on the evening of the seizure itself the register held nothing yet
    terminal.run("registry", "bulletin", "--year", 2024, "--as-of", "2024-12-31", *out, code=2)
    assert not (tmp_path / "b.pdf").exists()


def test_a_folder_that_is_not_there_is_told(terminal, seizures, tmp_path):
    target = tmp_path / "none" / "b.csv"
    told = terminal.run("registry", "bulletin", "--year", 2024, "--format", "csv", "--out", target, code=2)
    assert "cannot be written" in told.output
