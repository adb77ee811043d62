from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigie.risk.importing_criteria import read_criteria
from vigie.terms import BadRequest

TODAY = date(2026, 1, 1)


def one(text):
    (made,) = read_criteria(text, TODAY)
    return made


def test_the_criterion_of_the_manual_becomes_a_percentage():
    made = one('If ComCod = "080810" and CtyOrigCod = "US" Then RedLane IS 30; Endif;')
    assert made.fields["expression"] == "hs6 = '080810' and acceptance_country = 'US'"
    assert (made.fields["action"], made.fields["percent"]) == ("propose-percent", 30)
    assert [one.reason for one in made.doubts] == ["import-near"]


@pytest.mark.parametrize(("when", "expression"), [
    ('ComCod = "08"', "hs2 = '08'"), ('ComCod = "0803"', "hs4 = '0803'"), ('ComCod = "0803901000"', "hs6 = '080390'"),
    ('ComCod in ("0803","0804")', "hs4 in ('0803', '0804')"), ("GrossMass > 20000", "goods_gross_g > 20000000"),
    ("(PkgNum < 5 or PkgNum >= 9) and not GrossMass = 1", "(packages < 5 or packages >= 9) and not goods_gross_g = 1000"),
    ('loading != "ECGYE"', "loading <> 'ECGYE'"),
])  # fmt: skip
def test_conditions(when, expression):
    assert one(f"IF {when} THEN RedLane IS 100; ENDIF").fields["expression"] == expression


@pytest.mark.parametrize(("then", "action", "doubts"), [
    ("RedLane IS 100", "mandatory", 0), ("RedLane IS 1", "propose-percent", 0), ("YellowLane IS 100", "propose", 0),
    ("GreenLane IS 100", "watch", 1), ("RedLane IS 0", "watch", 1), ("RedLane IS 200", "watch", 1), ("nothing", "watch", 1),
])  # fmt: skip
def test_lanes(then, action, doubts):
    made = one(f'If ComCod = "08" Then {then}; Endif;')
    assert (made.fields["action"], len(made.doubts)) == (action, doubts)


def test_an_unknown_field_is_doubted_and_kept_for_the_check():
    made = one('If Declarant.Name = "X" Then RedLane IS 5; Endif')
    assert made.fields["expression"] == "Declarant_Name = 'X'"
    assert [one.reason for one in made.doubts] == ["import-column"]


def test_several_criteria_are_several_drafts_and_none_is_refused():
    assert [one.id for one in read_criteria('If ComCod="1" Then RedLane IS 1; Endif; If ComCod="2" Then RedLane IS 2; Endif;', TODAY)] == ["criterion-1", "criterion-2"]
    with pytest.raises(BadRequest):
        read_criteria("nothing here", TODAY)


@given(st.text(max_size=60))
def test_any_condition_is_read_or_doubted(when):
    try:
        made = read_criteria(f"If {when} Then RedLane IS 30; Endif;", TODAY)
    except BadRequest:
        return
    assert all(isinstance(one.fields["expression"], str) for one in made)
