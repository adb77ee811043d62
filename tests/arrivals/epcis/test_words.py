import pytest

from vigie.arrivals.epcis import words


@pytest.mark.parametrize(("written", "step"), [
    ("loading", "loading"), ("urn:epcglobal:cbv:bizstep:loading", "loading"), ("cbv:BizStep-loading", "loading"),
    ("https://ref.gs1.org/cbv/BizStep-loading", "loading"), ("entering_exiting", "entering_exiting"), ("", ""),
])
def test_a_step_is_told_by_its_bare_name(written: str, step: str) -> None:
    assert words.step_of(written) == step


@pytest.mark.parametrize(("code", "facility"), [("BEANR", "K 1/2"), ("BEANR", ""), ("", "K1742"), ("", "urn:a:b"), ("", "")])
def test_a_place_comes_back_from_its_uri(code: str, facility: str) -> None:
    assert words.place(words.place_uri(code, facility)) == (code, facility)


@pytest.mark.parametrize(("thing", "carries"), [
    ("urn:epc:id:grai:4012345.55555.98765", True), ("https://id.gs1.org/8003/0401234555555998765", True),
    ("urn:epc:id:sgtin:0614141.107346.2018", False), ("https://id.gs1.org/01/70614141123451", False),
])
def test_what_carries_goods_is_told_from_goods(thing: str, carries: bool) -> None:
    assert words.is_returnable(thing) == carries
