"""The decision table: every column once, and no label passes as an input."""

import pytest

from vigie.risk import COLUMNS, DECISIONS, Origin, Side, check_inputs, inputs
from vigie.terms import BadRequest, Found

NAMES = [one.name for one in DECISIONS]


def test_every_column_has_one_name_and_a_meaning():
    assert len(set(NAMES)) == len(NAMES)
    assert all(one.meaning for one in DECISIONS)


def test_all_columns_of_the_row_are_known_at_the_decision():
    assert [one.name for one in DECISIONS if one.side is Side.KNOWN] == [one.name for one in COLUMNS]


def test_inputs_are_columns_of_the_row_without_controls_of_the_box_itself():
    own = {one.name for one in COLUMNS if Origin.CONTROL in one.origins}
    assert own == {"controls", "found_before"}
    assert set(inputs()) == {one.name for one in COLUMNS} - own


@pytest.mark.parametrize(
    "leak", [*(one.name for one in DECISIONS if one.side is not Side.KNOWN), "controls", "found_before"]
)
def test_a_label_or_what_is_made_of_it_is_refused_as_an_input(leak):
    with pytest.raises(BadRequest) as refused:
        check_inputs(["hs2", leak])
    assert refused.value.facts["column"] == leak


def test_an_unknown_column_is_refused_and_an_input_let_through():
    assert check_inputs(["hs2", "consignee_found_730d"]) == ("hs2", "consignee_found_730d")
    with pytest.raises(BadRequest):
        check_inputs(["tomorrow"])


def test_the_words_of_what_was_found_are_the_words_of_outcomes():
    from vigie.risk import IRREGULAR, POSITIVE

    assert f"'{Found.COCAINE}'" in POSITIVE
    assert f"'{Found.NOTHING}'" in IRREGULAR
