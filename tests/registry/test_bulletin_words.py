import pytest

from vigie.registry import Speech
from vigie.terms import Texts


@pytest.mark.parametrize(
    ("language", "grams", "told"),
    [
        ("fr", 1_700_000, "1,7 tonne"), ("fr", 61_800_000, "61,8 tonnes"), ("nl", 1_000_000, "1,0 ton"),
        ("nl", 61_800_000, "61,8 ton"), ("en", 61_800_000, "61.8 tonnes"), ("pt", 116_000_000, "116,0 toneladas"),
        ("es", 61_800_000, "61,8 toneladas"), ("en", 999_499, "999 kg"), ("en", 400, "0.400 kg"), ("en", 0, "0 kg"),
        ("fr", 1_234_567_000_000, "1\u202f234\u202f567,0 tonnes"),
    ],
)  # fmt: skip
def test_weights_are_written_as_each_language_writes_them(language, grams, told):
    assert Speech(language).mass(grams) == told


def test_changes_and_shares():
    say = Speech("fr")
    assert [say.change(61.8, 50.1), say.change(44, 116), say.change(1, 1), say.change(3, 0)] == [
        "+23\u00a0%", "−62\u00a0%", "+0\u00a0%", "–",
    ]  # fmt: skip
    assert (say.share(15.9, 61.8), say.share(1, 0)) == ("26\u00a0%", "–")
    assert [Speech(one).share(1, 4) for one in ("nl", "en", "pt", "es")] == ["25%", "25%", "25%", "25\u00a0%"]


def test_codes_without_a_word_stay_and_nothing_is_unknown():
    say = Speech("es")
    assert (say.country("BR"), say.country("XX"), say.country("")) == ("Brasil", "XX", "desconocido")
    assert (say.word("substance", "cocaine"), say.word("substance", "zzz")) == ("cocaína", "zzz")


def test_every_text_has_five_languages():
    for code, told in Texts.load("vigie.registry.texts", "bulletin").table.items():
        assert set(told) == {"fr", "nl", "en", "pt", "es"}, code
