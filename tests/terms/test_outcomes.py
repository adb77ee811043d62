import msgspec
import pytest

from vigie.terms import Concealment, Depth, Detector, Found, Moment, OfficerId, Outcome, VisitId


def an_outcome(**more):
    return Outcome(
        **{
            "visit": VisitId("CSQU3054383-1"),
            "at": Moment(1),
            "found": Found.COCAINE,
            "quantity_g": 33_000,
            "concealment": Concealment.REEFER,
            "detector": Detector.SCANNER,
            "depth": Depth.FULL,
            "officer": OfficerId("o1"),
        }
        | more
    )


def test_an_outcome_carries_its_version_and_reads_back():
    written = msgspec.json.encode(an_outcome())
    assert b'"version":1' in written
    assert msgspec.json.decode(written, type=Outcome) == an_outcome()


def test_a_field_of_a_later_minor_reader_is_not_in_the_way():
    written = msgspec.json.encode(an_outcome())[:-1] + b',"later":1}'
    assert msgspec.json.decode(written, type=Outcome) == an_outcome()


def test_another_version_is_refused_not_guessed():
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(msgspec.json.encode(an_outcome()).replace(b'"version":1', b'"version":9'), type=Outcome)
