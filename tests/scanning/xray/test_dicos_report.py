import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence

from vigie.scanning import BadScan, ReportDecision, ReportType, Threat, ThreatReport, read_report, write_report
from vigie.scanning.xray.dicos_report import report_of
from vigie.terms import Moment

_number = st.floats(0, 5_000, width=32)
_word = st.text(st.characters(min_codepoint=32, max_codepoint=126, exclude_characters="\\"), max_size=16).map(str.strip)
_threat = st.builds(
    Threat, box=st.tuples(_number, _number, _number, _number), kg=st.none() | _number, zone=_word,
    category=st.sampled_from(["CONTRABAND", "ANOMALY", "OTHER"]), probability=st.none() | st.floats(0, 1, width=32),
    assessment=st.sampled_from(["THREAT", "NO_THREAT"]), mask=st.binary(max_size=12).map(lambda one: one + b"\0" * (len(one) % 2)),
)  # fmt: skip
_report = st.builds(
    ThreatReport, type=st.sampled_from(ReportType), decision=st.sampled_from([ReportDecision.ALARM, ReportDecision.UNKNOWN]),
    threats=st.lists(_threat, max_size=4).map(tuple), at=st.none() | st.integers(10**15, 3 * 10**15).map(Moment),
    container=st.sampled_from(["", "CSQU3054383"]), author=st.sampled_from(["", "an-0123456789"]),
    took_ms=st.none() | st.floats(0, 10_000, width=32), algorithm=st.lists(st.sampled_from(["vigie", "0.1", "m=3"]), max_size=3).map(tuple),
    study=st.just("1.2.3"), series=st.just("1.2.4"), about=st.sampled_from([(), ("1.2.5", "1.2.6")]),
)  # fmt: skip


@given(_report)
def test_a_report_comes_back_in_every_field(told):
    found = read_report(write_report(told))
    assert found.threats == told.threats
    for name in ("type", "decision", "at", "container", "author", "took_ms", "algorithm", "study", "series", "about"):
        assert getattr(found, name) == getattr(told, name), name


def made(**told):
    one = Dataset()
    one.TDRType, one.AlarmDecision = "OPERATOR", "CLEAR"
    for name, value in told.items():
        setattr(one, name, value)
    return one


def test_what_no_report_can_be_is_refused():
    with pytest.raises(BadScan, match="scan-report-type"):
        report_of(made(TDRType="ORACLE"))
    with pytest.raises(BadScan, match="scan-report-too-long"):
        report_of(made(ThreatSequence=Sequence([Dataset()] * 1_001)))
    place = Dataset()
    place.ThreatROIBase, place.ThreatROIExtents = [1.0, 2.0], [1.0, 2.0]
    part, threat = Dataset(), Dataset()
    part.ThreatROIVoxelSequence = Sequence([place])
    threat.PTORepresentationSequence = Sequence([part])
    with pytest.raises(BadScan, match="scan-report-box"):
        report_of(made(ThreatSequence=Sequence([threat])))


def test_an_unknown_decision_is_unknown():
    assert report_of(made(AlarmDecision="MAYBE")).decision is ReportDecision.UNKNOWN
