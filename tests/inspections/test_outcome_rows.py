from hypothesis import given
from hypothesis import strategies as st

from vigie.inspections import ReportedOutcome, read_outcomes
from vigie.terms import Concealment, Depth, Detector, Doubt, Found, read_moment

HEADER = "container,at,found,quantity_kg,concealment,detector,detector_id,team,depth,note\n"
GOOD = (
    "CSQU 305438-3,2026-11-22T10:00:00Z,cocaine,33.5,reefer-compartment,scanner,S1,customs; police,fully-unloaded,top\n"
)


def test_a_row_becomes_an_outcome():
    [read] = read_outcomes([HEADER, GOOD], "o1")
    assert isinstance(read, ReportedOutcome)
    assert (read.row, read.container, read.outcome.visit) == (2, "CSQU3054383", "")
    assert (read.outcome.found, read.outcome.quantity_g) == (Found.COCAINE, 33_500)
    assert (read.outcome.concealment, read.outcome.detector) == (Concealment.REEFER, Detector.SCANNER)
    assert (read.outcome.depth, read.outcome.team) == (Depth.FULL, ("customs", "police"))


def test_a_row_may_name_a_visit_and_say_little():
    [read] = read_outcomes(["container;at;found\n", "CSQU3054383-2;2026-11-22T10:00:00+01:00;nothing\n"], "o1")
    assert read.outcome.visit == "CSQU3054383-2"
    assert read.outcome.at == read_moment("2026-11-22T09:00:00Z")
    assert read.outcome.depth is Depth.SCAN


def test_a_bad_cell_is_named_and_the_next_row_is_read():
    rows = [HEADER, GOOD.replace("cocaine", "snow"), GOOD.replace("33.5", "-1"), GOOD.replace("2026", "x"), "\n", GOOD]
    read = list(read_outcomes(rows, "o1"))
    assert [(d.place.segment, d.place.path) for d in read if isinstance(d, Doubt)] == [
        (2, "found"),
        (3, "quantity_kg"),
        (4, "at"),
    ]
    assert isinstance(read[-1], ReportedOutcome)


def test_a_table_without_its_columns_is_doubted():
    [doubt] = read_outcomes(["a,b\n", "1,2\n"], "o1")
    assert doubt.code == "outcome-header"


@given(st.lists(st.text(max_size=60), max_size=6))
def test_any_lines_are_read_or_doubted(lines):
    for read in read_outcomes([HEADER, *lines], "o1"):
        assert isinstance(read, Doubt | ReportedOutcome)
