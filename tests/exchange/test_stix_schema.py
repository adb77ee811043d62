import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from stix2validator import ValidationOptions, validate_instance
from tests.exchange.told import PAIRS
from tests.exchange.values import NOW, a_marking, an_id

from vigie.exchange.stix import FORMS, extension_id, write_objects
from vigie.exchange.stix_marking import marking_definition
from vigie.exchange.stix_schema import definitions, marking_schema, published, schema

FOLDER = Path(__file__).parents[2] / "docs" / "reference" / "stix"


def test_what_is_published_is_what_is_declared():
    assert {path.name: path.read_text() for path in FOLDER.glob("*.json")} == published()


@pytest.mark.parametrize(("thing", "kind"), PAIRS, ids=[kind for _, kind in PAIRS])
def test_what_is_written_keeps_to_its_schema(thing, kind):
    form = next(form for form in FORMS if form.thing is type(thing))
    judge = Draft202012Validator(schema(form))
    Draft202012Validator.check_schema(schema(form))
    told = json.loads(json.dumps(write_objects(thing, an_id(7, kind), NOW, NOW)[0]))
    assert list(judge.iter_errors(told)) == []
    told["extensions"][extension_id(form)]["extension_type"] = "another"
    assert list(judge.iter_errors(told)) != []


def test_a_marking_keeps_to_its_schema():
    told = json.loads(json.dumps(marking_definition(a_marking(), an_id(1, "marking-definition"), NOW)))
    assert list(Draft202012Validator(marking_schema()).iter_errors(told)) == []


def test_an_outside_judge_reads_the_definitions():
    for one in definitions()["objects"]:
        result = validate_instance(one, ValidationOptions(version="2.1"))
        assert result.is_valid, [str(error) for error in result.errors]
