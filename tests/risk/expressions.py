"""Random well-typed expressions and rows, for the laws of the language."""

from hypothesis import strategies as st

from vigie.risk.language import Call, Column, Literal, Type, call
from vigie.risk.language_types import Kind

KINDS = {
    "a": Kind(Type.INT, -(1 << 40), 1 << 40), "b": Kind(Type.INT, -(1 << 40), 1 << 40),
    "big": Kind(Type.INT, -(1 << 62), 1 << 62),
    "x": Kind(Type.FLOAT, -1e12, 1e12, 1e-9), "y": Kind(Type.FLOAT, -1e12, 1e12, 1e-9),
    "s": Kind(Type.TEXT), "t": Kind(Type.TEXT),
    "p": Kind(Type.BOOL), "q": Kind(Type.BOOL),
    "m": Kind(Type.MOMENT, 0, 1 << 53), "n": Kind(Type.MOMENT, 0, 1 << 53),
}
_LETTERS = st.text(st.sampled_from("aAbB é'%_ßİ\u0301漢🚢."), max_size=6)
_SMALL = st.integers(-4, 4)
INTS = st.one_of(_SMALL, st.integers(-(1 << 40), 1 << 40), st.sampled_from([1 << 40, -(1 << 40)]))
REALS = st.one_of(_SMALL.map(float), st.sampled_from([0.5, -0.0, 0.1, 1e12, -1e12, 1e-9, 0.3]))
VALUES = {
    "a": INTS, "b": INTS, "big": st.one_of(_SMALL, st.integers(-(1 << 62), 1 << 62)), "x": REALS, "y": REALS,
    "s": _LETTERS, "t": _LETTERS, "p": st.booleans(), "q": st.booleans(),
    "m": st.integers(0, 1 << 53), "n": st.integers(0, 1 << 53),
}
ROWS = st.tuples(*(st.one_of(st.none(), VALUES[name]) for name in KINDS))


def _columns(kind):
    return st.sampled_from([Column(name) for name, each in KINDS.items() if each.type is kind])


def _calls(ops, *args):
    return st.builds(lambda op, *given: Call(op, given), st.sampled_from(ops), *args)


def _literals(values):
    return values.map(Literal)


def numbers(depth):
    ints = st.one_of(_columns(Type.INT), _literals(INTS))
    both = st.one_of(ints, _columns(Type.FLOAT), _literals(REALS))
    if depth <= 0:
        return both
    inner = numbers(depth - 1)
    return st.one_of(
        both,
        _calls(["+", "-", "*", "/"], inner, inner),
        _calls(["coalesce", "least", "greatest"], inner, inner),
        _calls(["abs", "sqrt"], inner),
        _calls(["length"], texts(depth - 1)),
        _calls(["-"], _columns(Type.MOMENT), _columns(Type.MOMENT)),
    )


def texts(depth):
    flat = st.one_of(_columns(Type.TEXT), _literals(_LETTERS))
    return flat if depth <= 0 else st.one_of(flat, _calls(["coalesce"], texts(depth - 1), texts(depth - 1)))


def _moments():
    return st.one_of(_columns(Type.MOMENT), _calls(["+", "-"], _columns(Type.MOMENT), _literals(st.integers(0, 1 << 40))))


def _flat_conditions(depth):
    part = _LETTERS.filter(bool).map(Literal)
    some = st.lists(_literals(INTS), min_size=1, max_size=3)
    return st.one_of(
        _columns(Type.BOOL),
        _calls(["=", "<>", "<", "<=", ">", ">="], numbers(depth), numbers(depth)),
        _calls(["=", "<>"], texts(depth), texts(depth)),
        _calls(["=", "<", ">="], _moments(), _moments()),
        _calls(["starts_with", "contains"], texts(depth), part),
        _calls(["is-null", "is-not-null"], st.one_of(numbers(depth), texts(depth))),
        _calls(["between"], numbers(depth), numbers(depth), numbers(depth)),
        st.builds(lambda one, many: Call("in", (one, *many)), numbers(depth), some),
        st.builds(lambda one, many: Call("in", (one, *map(Literal, many))), texts(depth), st.lists(_LETTERS, min_size=1)),
    )


def conditions(depth=3):
    flat = _flat_conditions(max(depth - 1, 0))
    if depth <= 0:
        return flat
    inner = conditions(depth - 1)
    joined = st.builds(_joined, st.sampled_from(["and", "or"]), st.lists(inner, min_size=2, max_size=3))
    return st.one_of(
        flat, joined, _calls(["not", "is-null", "is-not-null"], inner), _calls(["=", "<>", "coalesce"], inner, inner)
    )


def _joined(op, parts):
    return call(op, tuple(parts))
