import msgspec
import pytest
from tests.exchange.told import THINGS
from tests.exchange.values import a_marking

from vigie.exchange import ExchangeRefused
from vigie.exchange.telling import KINDS, read_agreed, read_telling
from vigie.terms import Handling, Moment, read_moment, write_moment

MARKING = {
    "tlp": "amber+strict",
    "handling": "H0",
    "source": "A",
    "information": 1,
    "originator": "be-customs",
    "nodes": ["nl-customs"],
    "desks": ["targeting"],
    "purpose": "targeting",
    "case": "BE-2026-17",
    "legal_basis": "Regulation (EC) 515/97, art. 4",
    "subjects": "none",
    "retain_until": "2027-02-14T08:00:00Z",
}
METHOD = {"name": "rip-on", "description": "bags", "cavity": "evaporator"}


def refused(*args):
    with pytest.raises(ExchangeRefused) as told:
        read_telling(*args)
    return told.value.facts


@pytest.mark.parametrize("thing", THINGS, ids=lambda thing: type(thing).__name__)
def test_every_thing_can_be_written_down(thing):
    kind = type(thing).__name__.lower()
    told = msgspec.to_builtins(thing)
    told |= {name: write_moment(Moment(told[name])) for name in KINDS[kind].moments}
    read, marking = read_telling(kind, told, MARKING)
    assert read == thing
    assert (marking.tlp.name, marking.nodes, marking.retain_until) == (
        "AMBER_STRICT",
        ("nl-customs",),
        a_marking().retain_until,
    )


def test_what_is_wrong_is_named():
    assert refused("rumour", METHOD, MARKING)["part"] == "kind"
    assert refused("concealment", METHOD | {"colour": "red"}, MARKING)["part"] == "colour"
    assert refused("concealment", METHOD | {"name": 5}, MARKING)["part"] == "name"
    assert refused("concealment", METHOD, MARKING | {"tlp": "pink"})["field"] == "tlp"
    assert refused("concealment", METHOD, MARKING | {"retain_until": "soon"})["field"] == "moment"
    assert refused("concealment", METHOD, MARKING | {"handling": "H9"})["field"] == "handling"
    assert refused("concealment", METHOD, MARKING | {"nodes": []})["reason"] == "exchange-empty-audience"
    assert refused("movement", {"container": "x"}, MARKING)["reason"] == "exchange-bad-content"


AGREED = {
    "id": "be-nl", "sender": "be-customs", "receiver": "nl-customs", "purposes": ["targeting"], "tlp": "amber",
    "handling": ["H0", "H1"], "subjects": ["none"], "starts": "2026-01-01T00:00:00Z", "ends": "2028-01-01T00:00:00+01:00",
}  # fmt: skip


def test_an_agreement_is_written_in_words_and_days():
    read = read_agreed(AGREED)
    assert (read.tlp, read.starts, read.ends) == (
        Handling.AMBER, read_moment("2026-01-01T00:00:00Z"), read_moment("2027-12-31T23:00:00Z"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "part"),
    [({"tlp": "purple"}, "tlp"), ({"ends": "next year"}, "moment"), ({"quoat": 5}, "quoat"), ({"quota": "5"}, "quota")],
)
def test_a_slip_in_an_agreement_is_named(changed, part):
    with pytest.raises(ExchangeRefused) as told:
        read_agreed(AGREED | changed)
    assert told.value.facts["part"] == part
