from math import isnan, nan

import numpy as np
import pytest
from tests.risk.models.planted import FIELDS, INPUTS, RATED, a_table, rows_of

from vigie.risk.language import Type
from vigie.risk.models.declared import How, Input
from vigie.risk.models.encode import Book, encode, learn
from vigie.risk.models.encode_row import Encoding, row_encoder, row_filler

TYPES = {field.name: field.type for field in FIELDS}
ALL = (*INPUTS, RATED)


@pytest.fixture(scope="module")
def learnt():
    table, planted = a_table(800)
    return table, learn(ALL, table, planted, np.arange(800), np.ones(800, bool), {})[0]


def same(one, other):
    return np.array_equal(np.asarray(one, float), np.asarray(other, float), equal_nan=True)


def filled(fill, layout, row):
    memory = bytearray(layout.size)
    fill(layout.pack_into, memory, row)
    return layout.unpack(memory)


def test_one_row_and_a_table_become_the_same_numbers(learnt):
    table, books = learnt
    alone = row_encoder(Encoding(ALL, books, TYPES), list(table))
    assert same([alone(row) for row in rows_of(table)], encode(ALL, books, table))


def test_several_models_read_what_they_share_once(learnt):
    table, books = learnt
    first, second = Encoding(ALL, books, TYPES), Encoding(ALL[2:], books[2:], TYPES)
    fill, places, layout = row_filler([first, second], [(0, 2, 6), (0, 1)], list(table))
    assert places == ({0: 0, 2: 1, 6: 2}, {0: 1, 1: 3})
    want = encode(ALL, books, table)[:, [0, 2, 6, 3]]
    assert same([filled(fill, layout, row) for row in rows_of(table)], want)


def test_the_same_name_with_another_book_is_another_number():
    each, names = Input("route", how=How.CODE), ["route"]
    ours, theirs = Encoding((each,), (Book((("a",),)),), {}), Encoding((each,), (Book((("0",), ("a",))),), {})
    fill, places, layout = row_filler([ours, theirs], [(0,), (0,)], names)
    assert places == ({0: 0}, {0: 1})
    assert filled(fill, layout, ["a"]) == (0.0, 1.0)


def test_models_that_read_nothing_still_fill_a_row():
    fill, places, layout = row_filler([Encoding((), (), {})], [()], ["x"])
    assert places == ({},)
    assert isnan(filled(fill, layout, [1])[0])


@pytest.mark.parametrize("value", [0.5, 1.5, -0.2, 1e15, -1e15, 1e300, float("inf"), nan, 2**60, 3, None, True])
@pytest.mark.parametrize("step", [1, 0.01, 10])
def test_any_number_becomes_the_same_step_in_a_row_and_in_a_table(value, step):
    each = Input("x", step=step)
    told = row_encoder(Encoding((each,), (Book(),), {"x": Type.FLOAT}), ["x"])([value])
    assert same([told], encode((each,), (Book(),), {"x": [value]}))


def test_a_row_that_lacks_a_column_is_refused():
    with pytest.raises(KeyError):
        row_encoder(Encoding((Input("x"),), (Book(),), {"x": Type.INT}), ["y"])
