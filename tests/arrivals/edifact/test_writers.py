"""What is written is read back: by us as the same rows, by pydifact as segments."""

import io
import warnings
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydifact.parser import Parser

from tests.arrivals.edifact import rows as some
from vigie.arrivals import Movement, Row
from vigie.arrivals.edifact import (
    Sending,
    read_all,
    segments,
    split,
    write_baplie,
    write_coarri,
    write_codeco,
    write_cuscar,
    write_cusres,
    write_iftsta,
    write_vermas,
)
from vigie.terms import BadRequest, Moment

SENDING = Sending(some.SENDER, "VIGIE", "7", some.NOW)


def back(raw: bytes) -> tuple[list[Row], list[str]]:
    readings = list(read_all(split(io.BytesIO(raw))))
    return (
        [row for reading in readings for row in reading.rows],
        [doubt.code for reading in readings for doubt in reading.doubts],
    )


def judged(raw: bytes) -> None:
    """pydifact reads the same segments from what we write."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        text = raw.decode("utf-8" if b"UNOW" in raw[:20] else "latin-1")
        theirs = [[one.tag, *one.elements] for one in Parser().parse(text)]
    ours = [[trimmed(element) for element in elements] for _, _, elements in segments(io.BytesIO(raw))]
    assert ours == theirs


def trimmed(element: str | list[str]) -> str | list[str]:
    kept = [element] if isinstance(element, str) else list(element)
    while kept and not kept[-1]:
        kept.pop()
    return "" if not kept else kept[0] if len(kept) == 1 else kept


@given(st.lists(some.stowed(), min_size=1, max_size=4), st.sampled_from(("2.2", "3.1")))
@settings(max_examples=60)
def test_a_bay_plan_comes_back(plan: list, version: str) -> None:
    raw = write_baplie(plan, SENDING, version=version)
    assert back(raw) == (plan, [])
    judged(raw)


@given(st.lists(some.consignments(), min_size=1, max_size=3))
@settings(max_examples=60)
def test_a_cargo_report_comes_back(report: list) -> None:
    raw = write_cuscar(report, SENDING)
    assert back(raw) == (report, [])
    judged(raw)


@pytest.mark.parametrize(
    ("write", "codes"),
    [
        (write_codeco, ("GTIN", "GTOT")),
        (write_coarri, ("DISC", "LOAD")),
        (write_iftsta, ("CUSR", "LOAD", "GTOT", "AVPU", "STRP")),
    ],
)
@given(data=st.data())
@settings(max_examples=40)
def test_movements_come_back(write, codes: tuple[str, ...], data: st.DataObject) -> None:
    told: Sequence[Movement] = data.draw(st.lists(some.moves(codes), min_size=1, max_size=4))
    raw = write(told, SENDING)
    assert back(raw) == (told, [])
    judged(raw)


@given(st.lists(some.measurements, min_size=1, max_size=4))
@settings(max_examples=40)
def test_masses_come_back(told: list) -> None:
    raw = write_vermas(told, SENDING)
    assert back(raw) == (told, [])
    judged(raw)


@pytest.mark.parametrize("code", ["CUSS", "CUSI", "CUSR"])
def test_an_order_comes_back(code: str) -> None:
    order = Movement(
        event_id="order-17:MSCU", code=code, container="CSQU3054383", at=Moment(some.NOW), recorded_at=some.NOW,
        place="BEANR", facility="K913", documents=("BL:MEDU+1'7", "BN:4"), remarks=("AAI:shift 2: scanner 'A'",),
        size_type="45R1",
    )  # fmt: skip
    raw = write_cusres([order, order], SENDING)
    assert back(raw) == ([order, order], [])
    judged(raw)


@pytest.mark.parametrize(
    "write",
    [write_codeco, write_coarri, write_cusres],
)
def test_a_writer_refuses_what_its_message_cannot_say(write) -> None:
    with pytest.raises(BadRequest):
        write([Movement(event_id="", code="STUF")], SENDING)


def test_a_plan_has_two_versions_only() -> None:
    with pytest.raises(BadRequest):
        write_baplie([], SENDING, version="1.5")
