"""What is filled in comes back as it was, and buttons change one line."""

import pytest
from starlette.datastructures import FormData
from tests.desk.test_indicators import fields

from vigie.console.indicators_form import Example, changed, editor_of, editor_read, lines_of
from vigie.risk import Condition, Group, check, load_catalogue

CATALOGUE = load_catalogue()


def posted(editor):
    """What a browser sends of an editor."""
    told = {**editor.plain, "mode": editor.mode, "joint": editor.group.joint, "expression": editor.text,
            "evidence": editor.evidence, "why": editor.why}  # fmt: skip
    groups = {f"g{n}-": group for n, group in enumerate(editor.group.groups)}
    told |= {f"{prefix}joint": group.joint for prefix, group in groups.items()}
    for prefix, group in {"": editor.group, **groups}.items():
        for place, one in enumerate(group.conditions):
            told |= {f"{prefix}{place}-column": one.column, f"{prefix}{place}-operator": one.operator, f"{prefix}{place}-value": one.value}
    for place, one in enumerate(editor.examples):
        told[f"x{place}-wanted"] = "fires" if one.fires else "silent"
        told |= {f"x{place}-{name}": value for name, value in one.cells.items()}
    return FormData(told)


@pytest.mark.parametrize("one", CATALOGUE.indicators, ids=lambda one: one.id)
def test_every_shipped_indicator_survives_the_form(one):
    from vigie.risk import fields_of

    editor = editor_of(fields_of(one), "why")
    again = editor_read(posted(editor))
    assert again.expression == editor.expression
    found = check(again.fields(), {each.id: each for each in CATALOGUE.indicators})
    assert found.faults == ()
    assert (found.indicator.fires, found.indicator.silent, found.indicator.evidence) == (one.fires, one.silent, one.evidence)


def test_buttons_change_one_line():
    editor = editor_of(fields())
    assert len(list(lines_of(editor.group))) == 2
    more = changed(changed(editor, "add"), "add-group")
    assert len(list(lines_of(more.group))) == 5
    assert len(changed(more, "add-g0").group.groups[0].conditions) == 3
    assert len(changed(more, "drop-g0-1").group.groups[0].conditions) == 1
    assert changed(more, "drop-group-0").group.groups == ()
    assert changed(more, "drop-0").group.conditions[0] == Condition("empty", "=", "false")
    assert changed(editor, "add-fires").examples[-1] == Example(True, {})
    assert len(changed(editor, "drop-example-0").examples) == 3
    assert changed(editor, "nonsense-x") == editor


def test_text_and_form_change_into_each_other():
    text = changed(editor_of(fields()), "mode-text")
    assert (text.mode, text.text) == ("text", "seals = 1 and empty = false")
    assert changed(text, "mode-form").mode == "form"
    assert editor_of(fields(expression="seals + 1 > 2")).mode == "text"
    broken = changed(editor_of(fields(expression="seals >")), "mode-form")
    assert (broken.mode, broken.expression) == ("text", "seals >")


def test_cells_are_typed_as_their_column_or_left_for_the_check():
    editor = editor_of(fields())
    strange = editor_read(FormData({**dict(posted(editor)), "x0-seals": "many", "percent": "3o"}))
    told = strange.fields()
    assert told["fires"][0]["seals"] == "many"
    assert told["percent"] == "3o"
    assert {one.place for one in check(told, {}).faults} >= {"fires[0].seals", "percent"}
    assert Group("all").conditions == ()
