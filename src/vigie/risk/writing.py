"""An indicator written down: as the TOML file that is read again, and as JSON with its expression as a tree."""

import json
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import msgspec

from vigie.risk.columns_row import KINDS
from vigie.risk.indicator import BadIndicator, Indicator, Told, built, read_handling
from vigie.risk.language import BadExpression
from vigie.risk.language_text import parse
from vigie.risk.language_types import check_condition
from vigie.terms import Language, Moment, datetime_of


def fields_of(one: Indicator) -> dict[str, Any]:
    """An indicator as the fields of its file, in the order in which they are written."""
    told: dict[str, Any] = {
        "id": one.id, "version": one.version, "typology": one.typology, "expression": one.expression,
        "evidence": list(one.evidence), "action": one.action.value,
        "handling": one.handling.name.lower().replace("_", "-"), "legal_basis": one.legal_basis,
        "basis": one.basis, "valid_from": day_of(one.valid_from),
    }  # fmt: skip
    if one.valid_until is not None:
        told["valid_until"] = day_of(one.valid_until)
    told |= {name: value for name, value in (("percent", one.percent), ("owner", one.owner)) if value}
    told |= {"fires": [dict(row) for row in one.fires], "silent": [dict(row) for row in one.silent]}
    weight: dict[str, Any] = {"grade": one.weight.grade.value, "source": one.weight.source}
    if one.weight.milli != one.weight.low:
        weight["milli"] = one.weight.milli
    if one.weight.column:
        weight["column"] = one.weight.column
    order = [language.value for language in Language]
    texts = {name: {key: held[key] for key in order if key in held}
             for name, held in (("title", one.title), ("reason", one.reason))}  # fmt: skip
    return told | {"weight": weight} | texts


def day_of(moment: Moment) -> date:
    """The day of a validity, UTC."""
    return datetime_of(moment).date()


def write_indicator(one: Indicator) -> str:
    """Write an indicator as its file (TOML); reading it gives the same indicator."""
    return write_fields(fields_of(one))


def write_fields(told: Mapping[str, Any]) -> str:
    """Write the fields of an indicator as a file (TOML), tables last."""
    flat = [f"{name} = {_value(value)}" for name, value in told.items() if not isinstance(value, Mapping)]
    return "\n".join([*flat, *_tables(told)]) + "\n"


def _tables(told: Mapping[str, Any]) -> Iterator[str]:
    for name, table in told.items():
        if isinstance(table, Mapping):
            yield f"\n[{name}]"
            yield from (f"{_key(key)} = {_value(value)}" for key, value in table.items())


def _key(name: str) -> str:
    return name if name.isascii() and name.replace("_", "").isalnum() else _text(name)


def _text(value: str) -> str:
    """A basic string of TOML is a string of JSON, but for the delete sign."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _value(value: Any) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return _text(value)
        case int() | float():
            return repr(value)
        case date():
            return value.isoformat()
        case Mapping():
            return "{ " + ", ".join(f"{_key(key)} = {_value(one)}" for key, one in value.items()) + " }"
        case list() | tuple() if value and all(isinstance(one, Mapping) for one in value):
            return "[\n" + "".join(f"  {_value(one)},\n" for one in value) + "]"
        case list() | tuple():
            return "[" + ", ".join(map(_value, value)) + "]"
    raise BadIndicator(reason=f"cannot be written: {type(value).__name__}")


def write_json(one: Indicator) -> bytes:
    """Write an indicator as JSON, its expression as the tree that every back end is generated from."""
    told = fields_of(one) | {"expression": one.json, "text": one.expression, "hash": one.hash}
    return msgspec.json.format(msgspec.json.encode(told), indent=2)


def indicator_of(body: bytes) -> Indicator:
    """Read the body of a kept version, which was checked when it was drafted.

    Raises:
        BadIndicator: This release cannot read it: a column or a field is gone.
    """
    try:
        told = msgspec.convert(tomllib.loads(body.decode("utf-8")), Told)
        tree = parse(told.expression)
        check_condition(tree, KINDS)
        return built(told, tree, read_handling(told.handling))
    except (ValueError, KeyError, BadExpression) as fault:
        raise BadIndicator(reason=str(fault)[:200]) from None
