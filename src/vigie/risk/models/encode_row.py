"""One row becomes numbers: code written from the declared inputs, by the rules that `encode` keeps for tables."""

import math
from collections.abc import Callable, Mapping, Sequence
from struct import Struct
from typing import Any

import msgspec

from vigie.risk.language import Type
from vigie.risk.models.declared import How, Input
from vigie.risk.models.encode import LARGEST, Book, Value, numbers

Fill = Callable[[Callable[..., None], object, Sequence[Value]], None]
"""Writes the numbers of a row: called with `Struct.pack_into`, the memory to write to, and the row."""


class Encoding(msgspec.Struct, frozen=True):
    """How one model's rows become numbers. inputs, books: Of the model. types: Of the columns it reads."""

    inputs: tuple[Input, ...]
    books: tuple[Book, ...]
    types: Mapping[str, Type]


def row_encoder(told: Encoding, names: Sequence[str]) -> Callable[[Sequence[Value]], tuple[float, ...]]:
    """Build the function from one row to its numbers.

    Args:
        names: Of the row's columns, in their order.

    Raises:
        KeyError: The row lacks a column; `vigie.risk.models.declared.check` told so before.
    """
    scope = _scope()
    parts = _sources(told, range(len(told.inputs)), names, scope)
    made: Callable[[Sequence[Value]], tuple[float, ...]] = _made(f" return ({', '.join(parts)},)", scope, "r")
    return made


def row_filler(
    models: Sequence[Encoding], read: Sequence[Sequence[int]], names: Sequence[str]
) -> tuple[Fill, tuple[dict[int, int], ...], Struct]:
    """Build the function that writes the numbers of one row for several models; what they have in common once.

    Args:
        models: How each encodes. read: Places of the inputs that each needs. names: Of the row's columns.

    Returns:
        The function, for each model its input's place to the place in memory, and the layout of the memory.
    """
    scope = _scope()
    parts: list[str] = []
    found: dict[str, list[tuple[Input, Book, int]]] = {}
    places = []
    for model, wanted in zip(models, read, strict=True):
        mine = {}
        for place, source in zip(wanted, _sources(model, wanted, names, scope), strict=True):
            each, book = model.inputs[place], model.books[place]
            same = next((at for one, other, at in found.get(each.name, ()) if one == each and other == book), None)
            if same is None:
                same = len(parts)
                parts.append(source)
                found.setdefault(each.name, []).append((each, book, same))
            mine[place] = same
        places.append(mine)
    parts = parts or ["nan"]  # ensembles that never split read nothing; LightGBM wants a column all the same
    fill: Fill = _made(f" pack(memory, 0, {', '.join(parts)})", scope, "pack, memory, r")
    return fill, tuple(places), Struct(f"{len(parts)}d")


def _scope() -> dict[str, object]:
    return {"nan": math.nan, "round": round, "__builtins__": {}}


def _made(line: str, scope: dict[str, object], given: str) -> Callable[..., Any]:
    exec(compile(f"def run({given}):\n{line}", "<inputs>", "exec"), scope)
    made: Callable[..., Any] = scope["run"]  # type: ignore[assignment]
    return made


def _sources(model: Encoding, wanted: Sequence[int], names: Sequence[str], scope: dict[str, object]) -> list[str]:
    """The code of inputs; column names are replaced by places, and nothing else of a declaration reaches it."""
    places = {name: place for place, name in enumerate(names)}
    told = []
    for number in wanted:
        each, book = model.inputs[number], model.books[number]
        at = [places[column] for column in each.read]
        if each.how is How.NUMBER:
            exact = model.types[each.read[0]] is not Type.FLOAT and each.step == 1
            told.append(f"nan if (t := r[{at[0]}]) is None else {'t' if exact else _steps('t', each.step)}")
        elif each.how is How.GAP:
            told.append(f"nan if (t := r[{at[0]}]) is None or (u := r[{at[1]}]) is None"
                        f" else {_steps('(t - u)', each.step)}")  # fmt: skip
        else:
            told.append(_looked_up(each, book, at, scope))
    return told


def _steps(value: str, step: float) -> str:
    """Whole steps, half to even, as `vigie.risk.models.encode.steps` counts them."""
    return f"round(v) if {-LARGEST!r} < (v := {value} / {step!r}) < {LARGEST!r} else v"


def _looked_up(each: Input, book: Book, at: Sequence[int], scope: dict[str, object]) -> str:
    known, other = numbers(each, book)
    name = f"b{len(scope)}"
    single = len(at) == 1
    scope[name] = ({key[0]: number for key, number in known.items()} if single else known).get
    scope[f"o{name}"] = other
    key = f"r[{at[0]}]" if single else f"({', '.join(f'r[{place}]' for place in at)},)"
    return f"{name}({key}, o{name})"
