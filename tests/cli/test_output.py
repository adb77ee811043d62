import json

import click
import msgspec
import pytest
from click.testing import CliRunner

from vigie.cli.output import Printer, command, exit_code, fault_text
from vigie.terms import BadRequest, Moment, NotForYou, StoreFault


class Seen(msgspec.Struct):
    name: str
    at: Moment
    share: float = 0.5
    known: bool = True


def ran(act, *args):
    return CliRunner().invoke(click.command()(command(act)), args)


def test_json_is_one_object_a_line_and_a_summary_last():
    def act(out):
        out.rows("seen", [Seen("a", Moment(0)), Seen("b", Moment(1_000_000))], ("name",))
        out.say("for people only")
        out.summary("two", count=2)

    told = ran(act, "--json")
    lines = [json.loads(line) for line in told.output.splitlines()]
    assert [line["kind"] for line in lines] == ["seen", "seen", "summary"]
    assert lines[0]["at"] == "1970-01-01T00:00:00Z"
    assert lines[-1] == {"kind": "summary", "count": 2, "exit": 0}


def test_people_get_a_table_with_aligned_columns():
    def act(out):
        out.rows("seen", [Seen("long name", Moment(0)), Seen("", Moment(0))], ("name", "at"))
        out.summary("done")

    lines = ran(act).output.splitlines()
    assert lines[0].split() == ["name", "at"]
    assert lines[1].index("1970") == lines[2].index("1970") == lines[0].index("at")
    assert lines[-1] == "done"


@pytest.mark.parametrize(
    ("error", "code"), [(NotForYou(), 3), (BadRequest(reason="x"), 2), (StoreFault(reason="locked"), 4)]
)
def test_an_error_is_told_and_leaves_with_its_code(error, code):
    def act(out):
        raise error

    assert exit_code(error) == code
    told = ran(act, "--json")
    assert told.exit_code == code
    assert error.code in told.output
    assert json.loads(told.output.splitlines()[-1])["exit"] == code


def test_a_printer_counts_what_it_prints(capsys):
    assert Printer(False).rows("seen", (), ("name",)) == 0
    assert capsys.readouterr().out == ""


def test_a_fact_that_the_text_does_not_name_is_told_all_the_same():
    told = fault_text(BadRequest(reason="unknown field", column="Kg brutto"))
    assert told.endswith("this field is not known. [bad-request: column Kg brutto]")
