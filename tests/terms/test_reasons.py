"""Every reason for which something cannot be done has a text in five languages, and every text is used."""

import ast
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

import vigie
from vigie.terms import BadRequest, Conflict, Language, NotForYou, error_text, reason_code

SOURCE = Path(vigie.__file__).parent
REASONS = tomllib.loads((files("vigie.terms.texts") / "reasons.toml").read_text(encoding="utf-8"))


def raised() -> dict[str, str]:
    """The reasons that stand in the code, each with its file."""
    found = {}
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"BadRequest", "Conflict"}:
                for word in node.keywords:
                    if word.arg == "reason":
                        values = [word.value] if not isinstance(word.value, ast.IfExp) else [word.value.body, word.value.orelse]
                        found |= {reason_code(str(one.value)): path.name for one in values if isinstance(one, ast.Constant)}
    return found


def test_every_reason_that_is_raised_has_a_text() -> None:
    assert {code: where for code, where in raised().items() if code not in REASONS} == {}


def test_every_text_has_five_languages_and_no_english_left_in_place() -> None:
    for code, told in REASONS.items():
        assert set(told) == {str(language) for language in Language}, code
        assert len(set(told.values())) >= 4, code


@pytest.mark.parametrize("language", [str(one) for one in Language])
def test_a_refusal_is_told_with_its_reason_in_every_language(language: str) -> None:
    told = error_text(BadRequest(reason="the day is not over"), language)
    assert REASONS["the-day-is-not-over"][language] in told
    assert REASONS["parties-are-one"][language] in error_text(Conflict(reason="parties-are-one"), language)
    assert error_text(NotForYou(purpose="targeting"), language)
    assert "brand-new" in error_text(BadRequest(reason="brand-new"), language)
