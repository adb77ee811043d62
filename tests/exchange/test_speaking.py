"""What a thing speaks of is what it is found by; a reply is found by what it answers."""

import pytest
from tests.exchange.told import BOX, OTHER, THINGS
from tests.exchange.values import an_id

from vigie.exchange.speaking import (
    about,
    containers_of,
    goods,
    goods_of,
    kind_term,
    package_of,
    package_term,
    spoken_of,
)
from vigie.exchange.things import Concealment, JointOperation

SPOKEN = (("hs 080390",), (BOX, "9074729"), (BOX,), (BOX, "kind scan", package_term("ab" * 32)), (BOX, "kind box"), (),
          (BOX, OTHER, "kind jointoperation"), (), ("kind training", package_term("cd" * 32)),
          (f"about {an_id(9, 'scan')}",), (f"about {an_id(3, 'grouping')}",))  # fmt: skip


@pytest.mark.parametrize(("thing", "terms"), list(zip(THINGS, SPOKEN, strict=True)))
def test_terms_of_every_thing(thing, terms):
    assert spoken_of(thing) == terms
    assert set(containers_of(thing)) <= set(terms)


@pytest.mark.parametrize(("told", "code"), [
    ("080390", "080390"), ("0803", "0803"), ("0803.90.10 bananas", "080390"), ("bananas", ""), ("bananas 0803", ""), ("", ""),
])  # fmt: skip
def test_goods_of_a_way_of_hiding(told, code):
    assert goods_of(Concealment("a", "b", "c", told)) == code


def test_a_box_meets_its_heading_and_its_code():
    assert goods("080390") == ("hs 0803", "hs 08039", "hs 080390")
    assert goods("0803") == ("hs 0803",)
    assert goods("") == ()
    assert about("x--1") == "about x--1"


def test_terms_of_kinds_and_packages():
    assert kind_term(JointOperation) == "kind jointoperation"
    assert package_of(package_term("ab" * 32)) == "ab" * 32
    assert package_of(kind_term(JointOperation)) == ""
