import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigie.arrivals.table import Column, read_column_map
from vigie.terms import BadRequest


def test_a_map_is_read_from_toml_and_json_alike() -> None:
    toml = read_column_map('kind = "movement"\n[columns]\ncontainer = "Box"\nat = { column = "When", zone = "+02:00" }')
    json = read_column_map('{"kind":"movement","columns":{"container":"Box","at":{"column":"When","zone":"+02:00"}}}')
    assert toml == json
    assert toml.columns["at"] == Column("When", zone="+02:00")


@pytest.mark.parametrize(("text", "named"), [
    ("kind = ", "neither"), ("{", "neither"), ("[]", "neither"), ('kind = "movement"', "without-columns"),
    ('kind = "spaceship"\n[columns]\na = "b"', "spaceship"), ('kind = "movement"\n[columns]\nweigth = "Kg brutto"', "Kg brutto"),
    ('kind = "movement"\n[columns]\nat = { colum = "x" }', "column"), ('kind = "movement"\n[columns]\nat = 5', "columns"),
    ('kind = "movement"\ndelimiter = "::"\n[columns]\nat = "a"', "::"),
    ('kind = "movement"\nencoding = "ebcdic"\n[columns]\nat = "a"', "ebcdic"),
    ('kind = "movement"\n[columns]\nat = "a"\n[constants]\nfoo = "1"', "foo"),
])
def test_a_wrong_map_is_refused_and_the_column_named(text: str, named: str) -> None:
    with pytest.raises(BadRequest, match=named):
        read_column_map(text)


@given(st.text(max_size=60))
def test_any_text_is_a_map_or_refused(text: str) -> None:
    with pytest.raises(BadRequest):
        read_column_map(text)
