import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stix2validator import ValidationOptions, validate_instance
from tests.exchange.told import BOX, PAIRS, THINGS
from tests.exchange.values import NOW, a_marking, an_id

from vigie.exchange import ExchangeRefused
from vigie.exchange.stix import FORMS, beside, container_id, extension_id, read_thing, write_objects, write_time
from vigie.exchange.stix_marking import marked
from vigie.exchange.stix_reading import read_objects
from vigie.exchange.things import Box, Concealment, Seizure
from vigie.terms import BadContainerNumber


def written(thing, kind):
    return write_objects(thing, an_id(7, kind), NOW, NOW)


@pytest.mark.parametrize(("thing", "kind"), PAIRS, ids=[kind for _, kind in PAIRS])
def test_every_thing_is_read_back_as_it_was_written(thing, kind):
    objects = written(thing, kind)
    raw = json.dumps({"type": "bundle", "id": an_id(8, "bundle"), "objects": objects}).encode()
    id, told = read_thing(read_objects(raw))
    assert told == thing
    assert id == (container_id(BOX) if isinstance(thing, Box) else an_id(7, kind))
    assert objects[0]["type"] == kind


@pytest.mark.parametrize(("thing", "kind"), PAIRS, ids=[kind for _, kind in PAIRS])
def test_an_outside_judge_finds_no_fault(thing, kind):
    objects = marked(written(thing, kind), a_marking(), an_id(6, "marking-definition"), NOW)
    for one in objects:
        result = validate_instance(json.loads(json.dumps(one)), ValidationOptions(version="2.1"))
        assert result.is_valid, (one["type"], [str(error) for error in result.errors])


def test_all_forms_are_told_apart():
    assert len({extension_id(form) for form in FORMS}) == len(FORMS) == len(THINGS)


def test_a_container_has_one_name_everywhere_and_nothing_else_has():
    assert container_id("csqu 305438-3") == container_id(BOX)
    with pytest.raises(BadContainerNumber):
        container_id("CSQU3054384")
    scan = an_id(1, "scan")
    assert beside(scan, "artifact") == beside(scan, "artifact") != beside(an_id(2, "scan"), "artifact")


def test_what_no_field_can_be_is_refused():
    good = written(THINGS[2], "incident")
    extension = good[0]["extensions"][extension_id(FORMS[2])]
    for wrong in ({"net_kg": "much"}, {"when": 5}, {"when": "yesterday"}, {"container": "ABCU1"}):
        told = {**good[0], "extensions": {extension_id(FORMS[2]): extension | wrong}}
        with pytest.raises(ExchangeRefused):
            read_thing([told])
    with pytest.raises(ExchangeRefused):
        read_thing([{"type": "incident", "id": an_id(1, "incident")}])
    with pytest.raises(ExchangeRefused):
        write_objects(msgspec.structs.replace(THINGS[6], containers=()), an_id(1, "grouping"), NOW, NOW)


@pytest.mark.parametrize("place", [3, 8])
def test_a_file_in_a_package_has_a_name_and_no_road(place):
    thing, kind = PAIRS[place]
    with pytest.raises(ExchangeRefused):
        written(msgspec.structs.replace(thing, file="../../keys"), kind)
    objects = json.loads(json.dumps(written(thing, kind)).replace(thing.file, "../keys"))
    with pytest.raises(ExchangeRefused) as told:
        read_thing(objects)
    assert told.value.facts["reason"] == "exchange-bad-name"


TEXT = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=20)


@given(TEXT, TEXT, TEXT)
def test_any_words_come_back(name, description, cavity):
    thing = Concealment(name, description, cavity)
    raw = msgspec.json.encode({"type": "bundle", "objects": written(thing, "attack-pattern")})
    assert read_thing(read_objects(raw))[1] == thing


@given(st.floats(0, 1e6), st.integers(0, 10**6))
def test_any_weights_come_back(kilos, packages):
    thing = Seizure("x", NOW, "BEANR", "cocaine", kilos, None, packages)
    assert read_thing(written(thing, "incident"))[1] == thing


def test_moments_are_written_as_stix_does():
    assert write_time(NOW) == "2027-01-15T08:00:00.000000Z"
