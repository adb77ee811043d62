"""Indicators that refer to others by `fired('…')`: the reference is replaced by what the other one asks.

A reference is never unknown: it is true where the other indicator fires and false everywhere else. Policies hold
linked indicators alone, so that no back end knows of references, and a change of the one referred to changes the
policy's hash.
"""

from collections.abc import Iterable, Mapping

import msgspec

from vigie.risk.indicator import Indicator
from vigie.risk.language import BadExpression, Call, Expression, Literal, call, named_in
from vigie.risk.language_text import parse, write


def link(indicators: Iterable[Indicator]) -> tuple[Indicator, ...]:
    """Replace every reference by the expression it means; what is not among them never fires.

    Raises:
        BadExpression: They refer to each other in a circle, or the whole is too deep or too large.
    """
    found = tuple(indicators)
    known = {each.id: each for each in found}
    return tuple(
        each if "fired" not in each.expression else msgspec.structs.replace(each, expression=write(linked(each, known)))
        for each in found
    )


def linked(indicator: Indicator, known: Mapping[str, Indicator]) -> Expression:
    """The expression of one indicator with its references replaced.

    Raises:
        BadExpression: A circle (`cycle`, its names in order), or too deep or large.
    """
    tree = _replaced(indicator.tree, known, (indicator.id,))
    parse(write(tree))  # the bounds hold for what is run, not only for what was written
    return tree


def _replaced(tree: Expression, known: Mapping[str, Indicator], way: tuple[str, ...]) -> Expression:
    match tree:
        case Call("fired", (Literal(name),)):
            if name in way:
                raise BadExpression(reason="cycle", name=" > ".join((*way, str(name))))
            meant = known.get(str(name))
            if meant is None:
                return Literal(False)
            inner = _replaced(meant.tree, known, (*way, str(name)))
            return Call("coalesce", (inner, Literal(False)))
        case Call(op, args):
            return call(op, tuple(_replaced(arg, known, way) for arg in args))
        case _:
            return tree


def referring(name: str, indicators: Iterable[Indicator]) -> tuple[str, ...]:
    """The indicators that refer to one."""
    return tuple(each.id for each in indicators if each.id != name and name in named_in(each.tree))
