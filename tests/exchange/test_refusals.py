import tomllib
from importlib.resources import files

import pytest

from vigie.exchange.refusals import ExchangeRefused, Why, refuse
from vigie.terms import error_text

REASONS = tomllib.loads((files("vigie.terms.texts") / "reasons.toml").read_text(encoding="utf-8"))


def test_a_refusal_names_its_rule():
    with pytest.raises(ExchangeRefused) as told:
        refuse(Why.OVERSIZE, bytes=9, most=8)
    assert told.value.facts == {"reason": "exchange-oversize", "bytes": 9, "most": 8}


@pytest.mark.parametrize("why", list(Why))
def test_every_rule_is_told_in_every_language(why):
    assert len(set(REASONS[why.value].values())) >= 4
    for language in ("en", "fr", "nl", "es", "pt"):
        told = error_text(ExchangeRefused(reason=why.value), language)
        assert why.value not in told
