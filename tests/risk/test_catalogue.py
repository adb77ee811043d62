"""The shipped indicators: whole, in five languages, true to their examples, and not to be changed in silence."""

import json
import re
from pathlib import Path

import msgspec
import pytest
from tests.risk.rows import NAMES

from vigie.risk import Catalogue, assessor, load_catalogue
from vigie.risk.columns_row import KINDS
from vigie.risk.indicator import Action, example_row
from vigie.risk.language import columns_in, from_json
from vigie.risk.policy import Policy
from vigie.terms import Language, Moment

CATALOGUE = load_catalogue()
PINNED = Path(__file__).with_name("indicators.json")
AT = Moment(1_800_000_000_000_000)
IDS = [f"{each.id}-{each.version}" for each in CATALOGUE.indicators]


def test_the_reference_page_is_covered_by_half_at_least():
    known = {re.sub(r"[A-Z]+$", "", each.id) for each in CATALOGUE.indicators if re.fullmatch(r"[PCWRETIS]\d+[A-Z]*", each.id)}
    assert len(known) >= 27


def test_no_indicator_changes_without_a_new_version():
    pinned = json.loads(PINNED.read_text())
    assert {f"{each.id} {each.version}": each.hash for each in CATALOGUE.indicators} == pinned, (
        "a shipped indicator is immutable: add a file with the next version, then pin it"
    )


@pytest.mark.parametrize("indicator", CATALOGUE.indicators, ids=IDS)
def test_an_indicator_is_true_to_its_examples_and_tells_its_reason(indicator):
    run = assessor(Policy((indicator,)))
    first = len(run.policy.priors) - 1
    for wanted, rows in ((True, indicator.fires), (False, indicator.silent)):
        for row in rows:
            assert bool(run.run(example_row(row, NAMES)) >> first & 1) is wanted, row
    assert set(columns_in(indicator.tree)) <= KINDS.keys()
    assert len({indicator.title[language.value] for language in Language}) >= 4  # translated, not copied
    assert len({indicator.reason[language.value] for language in Language}) == len(Language)
    assert from_json(msgspec.json.decode(msgspec.json.encode(indicator.json))) == indicator.tree
    assert f"typology-{indicator.typology}" in CATALOGUE.texts.table


def test_unknown_never_fires():
    judge = assessor(Policy(CATALOGUE.in_force(AT)))
    nothing = (None,) * len(NAMES)
    assert judge.run(nothing) == 0
    assert set(judge.unknown(nothing)) >= {"P1", "C2", "W1", "T2"}


def test_every_text_has_five_languages():
    languages = {language.value for language in Language}
    assert [code for code, told in CATALOGUE.texts.table.items()
            if set(told) != languages or not all(text.strip() for text in told.values())] == []


def test_the_newest_version_in_force_counts():
    one = CATALOGUE.get("P1")
    later = msgspec.structs.replace(one, version=2, valid_from=Moment(AT + 10))
    ended = msgspec.structs.replace(one, id="X9", valid_until=AT)
    told = Catalogue((one, later, ended), CATALOGUE.texts)
    assert told.in_force(AT) == (one,)
    assert told.in_force(Moment(AT + 10)) == (later,)
    assert (told.get("P1"), told.get("P1", 1), told.get("Q1")) == (later, one, None)


def test_what_is_mandatory_is_the_watch_list_alone():
    assert [each.id for each in CATALOGUE.indicators if each.action is Action.MANDATORY] == ["WL-M"]
