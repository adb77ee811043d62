import json

import pytest
from stix2validator import ValidationOptions, validate_instance
from tests.exchange.values import NOW, a_marking, an_id

from vigie.exchange import ExchangeRefused
from vigie.exchange.stix_marking import TLP, marked, marking_definition, marking_of, tlp_definition
from vigie.terms import Handling

ID = an_id(3, "marking-definition")


def test_a_marking_is_read_back_as_it_was_written():
    told = json.loads(json.dumps(marking_definition(a_marking(), ID, NOW)))
    assert marking_of(told) == a_marking()


@pytest.mark.parametrize("handling", list(Handling))
def test_an_outside_judge_knows_the_lights(handling):
    result = validate_instance(tlp_definition(handling), ValidationOptions(version="2.1"))
    assert result.is_valid, [str(error) for error in result.errors]


@pytest.mark.shared
def test_the_light_is_the_one_oasis_published(shared_data):
    path = shared_data / "exchange" / "stix" / "validator_examples" / "tlp-amber.json"
    assert tlp_definition(Handling.AMBER) == json.loads(path.read_text())["objects"][0]


@pytest.mark.parametrize("wrong", [{}, {"extensions": {}}, {"extensions": None}])
def test_what_bears_no_marking_is_refused(wrong):
    with pytest.raises(ExchangeRefused):
        marking_of(wrong)


def test_every_object_bears_both():
    told = marked([{"type": "scan"}], a_marking(), ID, NOW)
    assert [one["type"] for one in told] == ["marking-definition", "marking-definition", "scan"]
    assert told[2]["object_marking_refs"] == [TLP[Handling.AMBER], ID]
