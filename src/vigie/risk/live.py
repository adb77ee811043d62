"""The live form of a feature set: Python functions written from the declarations and compiled once."""

from collections.abc import Callable, Iterator, Sequence
from typing import cast

from vigie.risk.aggregates import FIXED, Aggregate, Feature, FeatureSet, Layout
from vigie.risk.families import Keys
from vigie.risk.prefix import PrefixRow

Vector = tuple[int | None, ...]
"""One value per feature, in the order of the set; None: the key is not known, or nothing came first or last."""

Look = Callable[[int, int, int], PrefixRow | None]
"""The last prefix row of (family, key, before) with hlc <= before."""

Astride = Callable[[int, int, int, int, int], tuple[int, ...] | None]
"""What entries of (family, key, since, until, delay) took back from entries before since, per column; None: nothing.

They have since <= hlc < until, and hlc < since + delay because no retraction came later than delay after its target."""

Head = tuple[list[int], list[PrefixRow], int]
"""The newest prefix rows of a key: their hlc, the rows, and how many of them (0 or 1) the state holds already."""

Evaluate = Callable[[Keys, int, Look, Astride], Vector]
EvaluateHeads = Callable[[Keys, int, Look, Astride, Sequence[Head | None]], Vector]
Advance = Callable[[tuple[int, ...] | None, int, tuple[int, ...]], tuple[int, ...]]


def compile_vector(declared: FeatureSet) -> Evaluate:
    """Make the function that reads a whole feature vector from prefix rows."""
    return cast(Evaluate, _compiled(vector_text(declared), "vector"))


def compile_folding(declared: FeatureSet) -> EvaluateHeads:
    """Make the same function for a fold, which has the newest rows of each key at hand."""
    return cast(EvaluateHeads, _compiled(vector_text(declared, folding=True), "vector"))


def compile_advance(declared: FeatureSet) -> tuple[Advance, ...]:
    """Make, per family, the function that adds one row to a key's totals."""
    return tuple(
        cast(Advance, _compiled(_advance_text(declared, declared.layout(family.name)), "advance"))
        for family in declared.families
    )


def compile_amounts(declared: FeatureSet) -> tuple[Callable[[tuple[int, ...]], tuple[int, ...]], ...]:
    """Make, per family, the function that turns a row's measures into what its columns grow by."""
    texts = []
    for family in declared.families:
        terms = "".join(f"{_amount(declared, *column)}, " for column in declared.layout(family.name).columns)
        texts.append(f"def amounts(m):\n    return ({terms})\n")
    return tuple(cast(Callable[[tuple[int, ...]], tuple[int, ...]], _compiled(text, "amounts")) for text in texts)


def _compiled(text: str, name: str) -> object:
    """Only text written by this module is compiled: names and numbers of checked declarations."""
    space: dict[str, object] = {}
    exec(compile(text, f"<features: {name}>", "exec"), space)
    return space[name]


def _amount(declared: FeatureSet, aggregate: Aggregate, measure: str) -> str:
    place = declared.measures.index(measure)
    return f"m[{place}]" if aggregate is Aggregate.SUM else f"(m[{place}] > 0)"


def vector_text(declared: FeatureSet, folding: bool = False) -> str:
    """Write the source of the vector function; in a fold it takes the heads of the keys, too.

    The sum over a window is the last row's total less that of the last row before the window. A retraction inside
    the window of an entry before it was subtracted though its target was never counted, so it is added back.
    """
    lines = [f"def vector(keys, hlc, look, astride{', heads' * folding}):", "    last = hlc - 1"]
    for number, family in enumerate(declared.families):
        mine = declared.of_family(family.name)
        if mine:
            newest = (_HEAD if folding else "look({0}, k, last)").format(number)
            lines += [f"    k = keys[{number}]", *_family_text(number, declared.layout(family.name), mine, newest)]
    lines.append(f"    return ({''.join(f'v{place}, ' for place in range(len(declared.features)))})")
    return "\n".join(lines) + "\n"


_HEAD = "h[1][-1] if (m := (h := heads[{0}])[0]) and m[-1] <= last else look({0}, k, last) if m else None"
"""The newest row before an entry: mostly the last one at hand; asked for where the entry has added rows itself."""


def _family_text(
    number: int, layout: Layout, mine: tuple[tuple[int, Feature], ...], newest: str
) -> Iterator[str]:
    unknown = " = ".join(f"v{place}" for place, _ in mine)
    summed = "".join(f"v{place} = " for place, each in mine if each.summed)
    yield "    if k is None:"
    yield f"        {unknown} = None"
    yield f"    elif (a := {newest}) is None:"
    yield f"        {unknown} = None"
    if summed:
        yield f"        {summed}0"
    yield "    else:"
    yield "        t = a.totals"
    for place, each in mine:
        if each.window is None:
            yield f"        v{place} = {_total(layout, each)}"
    for nth, window in enumerate(layout.windows):
        asked = [(place, layout.columns.index((each.aggregate, each.measure)))
                 for place, each in mine if each.window == window]
        yield from _window_text(number, window, asked, first=nth == 0)


def _total(layout: Layout, each: Feature) -> str:
    if each.summed:
        return f"t[{FIXED + layout.columns.index((each.aggregate, each.measure))}]"
    return f"t[{layout.place(layout.slots.index((each.aggregate, each.measure))) + 1}] or None"


def _window_text(number: int, window: int, asked: list[tuple[int, int]], first: bool) -> Iterator[str]:
    """Windows come by rising length: where nothing lies before a shorter one, nothing is asked for a longer."""
    if first:
        yield "        b = a"
        yield f"        if a.hlc < hlc - {window}:"
    else:
        yield "        if b is None:"
        yield from (f"            v{place} = t[{FIXED + column}]" for place, column in asked)
        yield f"        elif a.hlc < hlc - {window}:"
    yield f"            {' = '.join(f'v{place}' for place, _ in asked)} = 0"
    yield f"        elif (b := look({number}, k, last - {window})) is None:"
    yield from (f"            v{place} = t[{FIXED + column}]" for place, column in asked)
    yield "        else:"
    yield "            s = b.totals"
    yield from (f"            v{place} = t[{FIXED + column}] - s[{FIXED + column}]" for place, column in asked)
    yield "            if t[1] != s[1]:"
    yield f"                c = astride({number}, k, hlc - {window}, hlc, t[2])"
    yield "                if c is not None:"
    yield from (f"                    v{place} += c[{column}]" for place, column in asked)


def _advance_text(declared: FeatureSet, layout: Layout) -> str:
    """Write the source that adds a row which is no retraction: columns grow, first and last values move."""
    width = layout.width
    lines = ["def advance(t, hlc, m):", "    if t is None:", f"        t = ({'0, ' * width})"]
    grown = ["t[0] + 1", "t[1]", "t[2]"]
    grown += [f"t[{FIXED + place}] + {_amount(declared, *each)}" for place, each in enumerate(layout.columns)]
    for slot, (aggregate, measure) in enumerate(layout.slots):
        at = layout.place(slot)
        value = f"m[{declared.measures.index(measure)}]"
        takes = f"not t[{at}]" if aggregate is Aggregate.FIRST else f"t[{at}] != hlc"
        lines += [
            f"    h{slot}, w{slot} = t[{at}], t[{at + 1}]",
            f"    if {value}:",
            f"        if {takes}:",
            f"            h{slot}, w{slot} = hlc, {value}",
            f"        elif h{slot} == hlc and w{slot} < {value}:",
            f"            w{slot} = {value}",
        ]
        grown += [f"h{slot}", f"w{slot}"]
    lines.append(f"    return ({', '.join(grown)},)")
    return "\n".join(lines) + "\n"
