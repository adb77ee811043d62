"""In which language the command line speaks, and its texts."""

import os
from functools import cache

from vigie.terms import Fact, Language, Texts

_FILES = (
    "cli", "conclusions", "packages", "policy", "reading", "registry", "scale", "scan_models", "scanning",
)  # fmt: skip


@cache
def _texts() -> Texts:
    return Texts.load("vigie.cli.texts", *_FILES)


@cache
def language() -> Language:
    """The language of VIGIE_LANGUAGE, else of the terminal (LC_ALL, LC_MESSAGES, LANG), else English."""
    for name in ("VIGIE_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        spoken = os.environ.get(name, "")[:2].lower()
        if spoken in Language.__members__.values():
            return Language(spoken)
    return Language.EN


def tell(code: str, **facts: Fact) -> str:
    """Tell a text of the command line."""
    return _texts().tell(code, language(), **facts)
