import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigie.terms import Party, PartyRole, identity, is_to_order, key_number, party_key, plain_name

SECRET = b"0" * 32


def a_party(name="Ficticia Frutas SA", **more):
    return Party(role=PartyRole.CONSIGNEE, name=name, **{"city": "Villa Ejemplo", "country": "EC"} | more)


@pytest.mark.parametrize(
    "other", ["FICTICIA FRUTAS, S.A.", "ficticia  frutas", "Fictícia Frutas S.A", "FICTICIA-FRUTAS LTDA"]
)
def test_spellings_of_one_party_share_one_pseudonym(other):
    assert party_key(a_party(), SECRET) == party_key(a_party(other), SECRET)


def test_the_registration_number_decides_where_it_is_given():
    one = a_party(eori="BE 0123.456.789")
    assert party_key(one, SECRET) == party_key(a_party("Another Name", eori="be0123456789", city="X"), SECRET)
    assert party_key(one, SECRET) != party_key(a_party(), SECRET)


def test_another_place_is_another_party_and_another_node_has_other_pseudonyms():
    assert party_key(a_party(), SECRET) != party_key(a_party(city="Otra Villa"), SECRET)
    assert party_key(a_party(), SECRET) != party_key(a_party(), b"1" * 32)


@pytest.mark.parametrize("name", ["TO ORDER", "To the order of Banco Ficticio", "A LA ORDEN", "a ordem"])
def test_to_order_names_nobody(name):
    assert is_to_order(a_party(name))
    assert identity(a_party(name)) is None
    assert party_key(a_party(name), SECRET) is None


@given(st.text(max_size=60))
def test_folding_a_name_twice_changes_nothing(raw):
    assert plain_name(plain_name(raw)) == plain_name(raw)


@given(st.text(max_size=40), st.text(max_size=10))
def test_any_pseudonym_fits_a_signed_integer(name, eori):
    key = party_key(a_party(name, eori=eori), SECRET)
    assert key is None or 0 <= key_number(key) < 1 << 63
