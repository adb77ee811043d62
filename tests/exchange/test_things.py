import msgspec
from tests.exchange.told import THINGS

from vigie.exchange import things


def test_every_thing_has_a_value_here():
    assert {type(one) for one in THINGS} == set(things.Thing.__args__)


def test_a_thing_keeps_what_it_says():
    for one in THINGS:
        assert msgspec.json.decode(msgspec.json.encode(one), type=type(one)) == one
