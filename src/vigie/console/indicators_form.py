"""The editor's form: what an officer filled in as the fields of a draft, and a draft as what the form shows."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
from starlette.datastructures import FormData

from vigie.risk import (
    COLUMNS,
    BadExpression,
    Condition,
    Group,
    expression_of,
    form_of,
    named_columns,
    read_expression,
)
from vigie.terms import Language

LANGUAGES = tuple(language.value for language in Language)
PLAIN = (
    "id", "typology", "action", "percent", "handling", "owner", "legal_basis", "basis", "valid_from", "valid_until",
)  # fmt: skip
WEIGHT = ("grade", "source", "milli", "column")
MOST_LINES = 60  # conditions or groups of a form; the language itself allows 512 parts
_TYPES = {column.name: column.type.value for column in COLUMNS}


class Example(msgspec.Struct, frozen=True):
    """One row of the examples grid. fires: It must fire. cells: Column to value as typed."""

    fires: bool
    cells: dict[str, str]


class Editor(msgspec.Struct, frozen=True):
    """What the form holds.

    Attributes:
        plain: Plain fields, and of the weight (`weight.grade`), title (`title.fr`), reason. mode: `form` or `text`.
        group: The conditions. text: The expression in mode `text`. evidence: Columns by commas. examples: The grid.
        why: Why the draft is made.
    """

    plain: dict[str, str]
    mode: str
    group: Group
    text: str
    evidence: str
    examples: tuple[Example, ...]
    why: str = ""

    @property
    def expression(self) -> str:
        """The expression as text."""
        return expression_of(self.group) if self.mode == "form" else self.text

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns of the examples grid: those the expression names, then those an example fills."""
        try:
            named: tuple[str, ...] = named_columns(self.expression)
        except BadExpression:
            named = tuple(each.column for each in lines_of(self.group) if each.column)
        filled = (name for one in self.examples for name in one.cells)
        return tuple(dict.fromkeys((*named, *filled)))

    def fields(self) -> dict[str, Any]:
        """The fields of the draft, as a file tells them."""
        told: dict[str, Any] = {name: self.plain.get(name, "") for name in PLAIN if self.plain.get(name)}
        if "percent" in told:
            told["percent"] = _whole(told["percent"])
        held = {name: self.plain.get(f"weight.{name}", "") for name in WEIGHT}
        weight: dict[str, Any] = {name: value for name, value in held.items() if value}
        if "milli" in weight:
            weight["milli"] = _whole(weight["milli"])
        evidence = [part.strip() for part in self.evidence.split(",") if part.strip()]
        texts = {name: {key: self.plain.get(f"{name}.{key}", "") for key in LANGUAGES} for name in ("title", "reason")}
        rows = {
            name: [{key: typed(key, value) for key, value in one.cells.items() if value} for one in self.examples
                   if one.fires is wanted]
            for name, wanted in (("fires", True), ("silent", False))
        }  # fmt: skip
        for name in ("legal_basis", "basis"):
            told.setdefault(name, "")
        return told | texts | rows | {
            "expression": self.expression, "evidence": evidence or list(self.columns), "version": 1,
            "weight": {"grade": "none", "source": ""} | weight,
        }  # fmt: skip


def lines_of(group: Group) -> Iterable[Condition]:
    """All conditions of a form, groups included."""
    yield from group.conditions
    for inner in group.groups:
        yield from inner.conditions


def _whole(text: str) -> int | str:
    return int(text) if text.lstrip("-").isdecimal() else text


def typed(column: str, text: str) -> Any:
    """A cell as its column holds it; what does not fit stays a text, and the check says so at its place."""
    kind = _TYPES.get(column, "text")
    if kind == "bool" and text.lower() in ("true", "false"):
        return text.lower() == "true"
    if kind in ("int", "moment"):
        return _whole(text)
    if kind == "float":
        try:
            return float(text)
        except ValueError:
            return text
    return text


def editor_of(fields: Mapping[str, Any], why: str = "") -> Editor:
    """What the form shows of a draft or of a version that exists."""
    plain = {name: str(fields.get(name) or "") for name in PLAIN}
    weight = fields.get("weight") or {}
    plain |= {f"weight.{name}": str(weight.get(name) or "") for name in WEIGHT}
    for name in ("title", "reason"):
        plain |= {f"{name}.{key}": str((fields.get(name) or {}).get(key, "")) for key in LANGUAGES}
    text = str(fields.get("expression") or "")
    try:
        group = form_of(read_expression(text)) if text else Group("all", (Condition("", "="),))
    except BadExpression:
        group = None
    examples = tuple(
        Example(wanted, {key: _shown(value) for key, value in row.items()})
        for name, wanted in (("fires", True), ("silent", False))
        for row in fields.get(name) or ()
    )
    return Editor(
        plain, "text" if group is None else "form", group or Group("all", (Condition("", "="),)), text,
        ", ".join(fields.get("evidence") or ()), examples, why,
    )  # fmt: skip


def _shown(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def editor_read(form: FormData) -> Editor:
    """Read what was filled in."""
    def told(name: str) -> str:
        value = form.get(name, "")
        return value.strip() if isinstance(value, str) else ""

    names = [*PLAIN, *(f"weight.{name}" for name in WEIGHT)]
    names += [f"{name}.{key}" for name in ("title", "reason") for key in LANGUAGES]
    groups = tuple(
        Group(told(f"g{place}-joint") or "any", _conditions(form, f"g{place}-"))
        for place in range(MOST_LINES) if f"g{place}-joint" in form
    )  # fmt: skip
    return Editor(
        {name: told(name) for name in names}, "text" if told("mode") == "text" else "form",
        Group(told("joint") or "all", _conditions(form, ""), groups), told("expression"), told("evidence"),
        _examples(form), told("why"),
    )  # fmt: skip


def _conditions(form: FormData, prefix: str) -> tuple[Condition, ...]:
    return tuple(
        Condition(*(str(form.get(f"{prefix}{place}-{part}", "")).strip() for part in ("column", "operator", "value")))
        for place in range(MOST_LINES)
        if f"{prefix}{place}-operator" in form
    )


def _examples(form: FormData) -> tuple[Example, ...]:
    found = []
    for place in range(MOST_LINES):
        if f"x{place}-wanted" in form:
            mine = {name.partition("-")[2]: str(value).strip() for name, value in form.items()
                    if name.startswith(f"x{place}-")}  # fmt: skip
            wanted = mine.pop("wanted") == "fires"
            found.append(Example(wanted, {name: value for name, value in mine.items() if value}))
    return tuple(found)


def changed(editor: Editor, act: str) -> Editor:
    """The form after a button that changes its lines: `add`, `add-g0`, `drop-2`, `drop-g0-1`, `add-group` and so on."""
    replace = msgspec.structs.replace
    group = editor.group
    match act.split("-"):
        case ["add"]:
            return replace(editor, group=replace(group, conditions=(*group.conditions, Condition("", "="))))
        case ["add", "group"]:
            fresh = Group("any", (Condition("", "="), Condition("", "=")))
            return replace(editor, group=replace(group, groups=(*group.groups, fresh)))
        case ["drop", "group", place]:
            return replace(editor, group=replace(group, groups=_without(group.groups, place)))
        case ["add", "fires" | "silent" as wanted]:
            return replace(editor, examples=(*editor.examples, Example(wanted == "fires", {})))
        case ["drop", "example", place]:
            return replace(editor, examples=_without(editor.examples, place))
        case ["add", inner] if inner.startswith("g"):
            return _inner(editor, inner, lambda one: replace(one, conditions=(*one.conditions, Condition("", "="))))
        case ["drop", inner, place] if inner.startswith("g"):
            return _inner(editor, inner, lambda one: replace(one, conditions=_without(one.conditions, place)))
        case ["drop", place]:
            return replace(editor, group=replace(group, conditions=_without(group.conditions, place)))
        case ["mode", "text"]:
            return replace(editor, mode="text", text=editor.expression)
        case ["mode", "form"]:
            return _as_form(editor)
    return editor


def _as_form(editor: Editor) -> Editor:
    """From text to form, where a form can say it; else it stays text."""
    try:
        found = form_of(read_expression(editor.text))
    except BadExpression:
        return editor
    return editor if found is None else msgspec.structs.replace(editor, mode="form", group=found)


def _without(found: Sequence[Any], place: str) -> tuple[Any, ...]:
    gone = int(place) if place.isdecimal() else -1
    return tuple(one for number, one in enumerate(found) if number != gone)


def _inner(editor: Editor, name: str, change: Any) -> Editor:
    place = int(name[1:]) if name[1:].isdecimal() else -1
    groups = tuple(change(one) if number == place else one for number, one in enumerate(editor.group.groups))
    return msgspec.structs.replace(editor, group=msgspec.structs.replace(editor.group, groups=groups))
