from io import BytesIO

import msgspec
import pytest
from tests.desk.taught import decisions

from vigie.engine import Archive, teach_channels
from vigie.node.trainer import answer, read_answer
from vigie.risk import Policy, TooFewPositives, load_catalogue
from vigie.terms import Moment

RULES = Policy(load_catalogue().in_force(Moment(1_800_000_000_000_000)))


def said(folder):
    out = BytesIO()
    answer(folder, 4, msgspec.json.encode(RULES), out)
    out.seek(0)
    return out


def test_what_the_child_teaches_is_what_is_taught_here(tmp_path):
    archive = Archive(tmp_path)
    archive.write_rows(decisions(1500), 1)
    steps = []
    told = read_answer(said(tmp_path), steps.append)
    here = teach_channels(archive.read(), RULES, 4)
    assert (told.channels, dict(told.bodies)) == (here.channels, dict(here.bodies))
    assert steps[-1] == "judge"


def test_a_refusal_arrives_as_it_was(tmp_path):
    with pytest.raises(TooFewPositives) as fault:
        read_answer(said(tmp_path), [].append)
    assert fault.value.facts == {"have": 0, "need": 30}


def test_a_child_that_says_nothing_taught_nothing():
    assert read_answer(BytesIO(b""), [].append) is None
    assert read_answer(BytesIO(b"\x00\x00"), [].append) is None
