import pytest
from babel.numbers import format_decimal
from tests.risk.rows import given_row

from vigie.risk import assessor, band_text, explain, label, load_catalogue, tell_fault, tell_value, title, typology_text
from vigie.risk.explain_reason import number, told_from_history
from vigie.risk.language import BadExpression
from vigie.risk.language_text import parse
from vigie.risk.policy import BANDS, Policy
from vigie.terms import Language, Moment

CATALOGUE = load_catalogue()
POLICY = Policy(CATALOGUE.in_force(Moment(1_800_000_000_000_000)))
JUDGE = assessor(POLICY)


def reason(name, **row):
    told = JUDGE.assess("X-1", Moment(1), given_row(**row))
    return next(one for one in told.fired if one.indicator == name)


HEAVY = reason("W1", vgm_g=27_000_000, goods_gross_g=19_240_000, tare_g=4_600_000, tare_stated=True, vgm_gap_g=3_160_000,
               vgm_gap_permille=117.037)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Verified gross mass 27,000\u00a0kg; goods 19,240\u00a0kg and tare 4,600\u00a0kg differ from it by 3,160\u00a0kg (11.7\u00a0%)."),
        ("fr", "Masse brute vérifiée 27\u202f000\u00a0kg ; marchandise 19\u202f240\u00a0kg et tare 4\u202f600\u00a0kg : écart de 3\u202f160\u00a0kg (11,7\u00a0%)."),
        ("es", "Masa bruta verificada 27.000\u00a0kg; mercancía 19.240\u00a0kg y tara 4600\u00a0kg: diferencia de 3160\u00a0kg (11,7\u00a0%)."),
    ],
)
def test_a_reason_is_told_in_the_officers_language(language, text):
    assert explain(HEAVY, language, CATALOGUE) == text


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("indicator", POLICY.indicators, ids=[each.id for each in POLICY.indicators])
def test_no_place_is_left_open(indicator, language):
    told = explain(reason(indicator.id, **indicator.fires[0]), language, CATALOGUE)
    assert "{" not in told
    assert told.strip()
    assert title(indicator, language)
    assert typology_text(indicator.typology, language, CATALOGUE)


def test_a_version_that_is_gone_is_told_by_its_name():
    import msgspec

    assert explain(msgspec.structs.replace(HEAVY, version=99), "en", CATALOGUE) == "W1"


def test_a_brace_in_the_evidence_is_no_place():
    told = reason("C2", goods_vague=True, goods_text="{goods_text} {vgm_g}")
    assert "“{goods_text} {vgm_g}”" in explain(told, "en", CATALOGUE)


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("value", [0, 7, 999, 12_345, -1_234_567])
def test_numbers_are_written_as_cldr_writes_them(language, value):
    wanted = format_decimal(value, locale="pt_PT" if language is Language.PT else language.value)
    assert number(value, language) == wanted.replace("-", "\u2212")


def test_four_digits_stand_together_in_spanish_and_portuguese():
    assert [number(1000, language) for language in (Language.ES, Language.PT, Language.NL)] == ["1000", "1000", "1.000"]


@pytest.mark.parametrize(
    ("column", "value", "text"),
    [
        ("empty", True, "yes"), ("empty", None, "…"), ("loading", "ECGYE", "ECGYE"), ("cover_load", "banana", "Bananas"),
        ("dwell_h", 71, "71\u00a0h"), ("dwell_h", 169, "7.0\u00a0d"), ("gate_out_hour_utc", 3, "03:00 UTC"),
        ("gate_out_after_release_min", -60, "\u221260\u00a0min"), ("package_g", 17_800.0, "17.8\u00a0kg"), ("package_g", 0.5, "0\u00a0g"),
        ("setpoint_dc", 136, "13.6\u00a0°C"), ("filed_at", 1_760_000_000_000_000, "2025-10-09 08:53 UTC"),
        ("watch_weight_milli", 2303, "2.30"), ("container_key", 255, "ff"), ("goods_log_w_gap", -0.001, "0.00"),
    ],
)
def test_a_value_is_written_with_its_unit(column, value, text):
    assert tell_value(column, value, "en", CATALOGUE) == text


def test_labels_bands_and_faults_have_texts():
    assert label("vgm_g", "nl", CATALOGUE) == "Geverifieerde brutomassa"
    assert all(band_text(band.name, language, CATALOGUE) for band in BANDS for language in Language)
    with pytest.raises(BadExpression) as refused:
        parse("upper(hs2)")
    assert tell_fault(refused.value, "es", CATALOGUE) == "No existe la función upper."
    assert told_from_history("pair_boxes_life")
    assert not told_from_history("vgm_g")


def test_what_a_model_saw_is_told_with_labels_and_units():
    from vigie.risk import How, Input, tell_input

    row = {"goods_gross_g": 24_000_000, "filed_at": 10 * 86_400_000_000, "consignee_first_at": 0, "loading": "ECGYE", "hs4": None}
    told = {tongue: tell_input(Input("goods_gross_g"), row, tongue, CATALOGUE) for tongue in ("fr", "nl", "en", "pt", "es")}
    assert len(set(told.values())) >= 4
    assert told["en"].endswith(": 24,000\u00a0kg")
    assert tell_input(Input("consignee_first_at", ("filed_at", "consignee_first_at"), How.GAP), row, "en", CATALOGUE).endswith(
        ": 10.0\u00a0d")  # fmt: skip
    assert tell_input(Input("x", ("loading", "hs4"), How.COUNT), row, "en", CATALOGUE).endswith("…")
