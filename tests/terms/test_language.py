import string
from importlib.resources import files
from pathlib import Path

import pytest

from vigie.terms import Language, Texts

ROOT = Path(str(files("vigie")))


def tables():
    found = []
    for file in sorted(ROOT.rglob("texts/*.toml")):
        package = ".".join(("vigie", *file.parent.relative_to(ROOT).parts))
        found.append(pytest.param(package, file.stem, id=f"{package}/{file.name}"))
    return found


def places(template):
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


@pytest.mark.parametrize(("package", "name"), tables())
def test_every_text_stands_in_five_languages_with_the_same_places(package, name):
    texts = Texts.load(package, name)
    for code, told in texts.table.items():
        assert set(told) == {language.value for language in Language}, code
        assert all(text.strip() for text in told.values()), code
        assert len({frozenset(places(text)) for text in told.values()}) == 1, code


def test_an_unknown_fact_is_shown_as_unknown():
    texts = Texts({"x": dict.fromkeys(Language, "{a} of {b}")})
    assert texts.tell("x", "en", a=1) == "1 of …"


def test_a_text_defined_twice_is_refused():
    with pytest.raises(KeyError, match="defined twice"):
        Texts.load("vigie.terms.texts", "errors", "errors")
