from datetime import date

import pytest

from vigie.risk.checking import check
from vigie.risk.importing import column_named, drafted, literal
from vigie.terms import Language


def test_a_draft_has_every_field_and_says_what_is_missing():
    made = drafted("my rule!", "seals = 0", "a table", date(2026, 1, 1), {"action": "propose"}, [])
    assert (made.id, made.fields["expression"], made.fields["evidence"]) == ("my-rule", "seals = 0", ["seals"])
    found = {(one.place, one.reason) for one in check(made.fields, {}).faults}
    assert {(f"title.{language}", "text-missing") for language in Language} <= found
    assert ("fires", "too-few-examples") in found
    assert not any(place.startswith("expression") for place, _ in found)


def test_what_cannot_be_read_stays_for_the_check_to_refuse():
    made = drafted("x", "seals >", "a table", date(2026, 1, 1), {}, [])
    assert made.fields["evidence"] == []
    assert ("expression:7", "ended") in {(one.place, one.reason) for one in check(made.fields, {}).faults}


@pytest.mark.parametrize(("text", "told"), [('"a"', "'a'"), ("'a'", "'a'"), ('"o\'b"', "'o''b'"), ("-1.5", "-1.5"),
                                            ("true", "true"), ("$x", None), ("", None)])  # fmt: skip
def test_values(text, told):
    assert literal(text) == told


def test_a_column_is_found_by_its_name_or_the_last_part_of_a_path():
    assert (column_named("box.seals"), column_named("goodsGrossG"), column_named("nothing")) == ("seals", "goods_gross_g", None)
