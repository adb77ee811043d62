import pytest

from vigie.registry.countries import country_of, languages_of


@pytest.mark.parametrize(("text", "code"), [
    ("Brésil", "BR"), ("brazilië", "BR"), ("Equador", "EC"), ("br", "BR"), ("USA", "US"), ("ZZ", ""), ("the moon", ""), ("", ""),
])  # fmt: skip
def test_names_in_five_languages_and_codes(text, code):
    assert country_of(text) == code


def test_a_name_tells_its_languages_and_a_code_tells_none():
    assert languages_of("Brésil") == {"fr"}
    assert "nl" in languages_of("Ecuador")
    assert languages_of("BR") == frozenset()
