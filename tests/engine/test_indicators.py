"""Live and batch say the same of every row: fired bits, score, band and duty, over all shipped indicators."""

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.risk.rows import ROWS, given_row

from vigie.engine import derived, fired, row_table, scored
from vigie.risk import COLUMNS, Policy, assessor, load_catalogue
from vigie.terms import Moment

CATALOGUE = load_catalogue()
POLICY = Policy(CATALOGUE.in_force(Moment(1_800_000_000_000_000)))
JUDGE = assessor(POLICY)
NAMES = tuple(column.name for column in COLUMNS)


def masks(told):
    words = [told.column(name).to_pylist() for name in told.column_names if name.startswith("mask_")]
    return [sum(word << 63 * place for place, word in enumerate(row)) for row in zip(*words, strict=True)]


@settings(max_examples=settings.default.max_examples // 5)  # every case compiles all rules
@given(st.lists(ROWS, min_size=1, max_size=40))
def test_batch_and_live_agree_on_generated_rows(rows):
    table = row_table(rows, place=list(range(len(rows))))
    live = [JUDGE.assess("X-1", Moment(1), row) for row in rows]
    priors = len(POLICY.priors) - 1
    assert masks(fired(POLICY, table)) == [JUDGE.run(row) >> priors for row in rows]
    told = scored(POLICY, table, ["place"]).to_pylist()
    assert [each["place"] for each in told] == list(range(len(rows)))
    assert [(each["logodds_milli"], each["band"], each["mandatory"]) for each in told] == [
        (each.logodds_milli, each.band, each.mandatory) for each in live
    ]


@settings(max_examples=settings.default.max_examples // 6)
@given(st.lists(ROWS, min_size=1, max_size=20))
def test_derived_columns_are_the_same_to_the_last_bit(rows):
    own = [column.name for column in COLUMNS if column.text]
    table = row_table(rows)
    again = derived(table.drop_columns(own))
    assert again.select(own).to_pylist() == table.select(own).to_pylist()


EXAMPLES = [(each.id, want, row) for each in CATALOGUE.indicators
            for want, rows in ((True, each.fires), (False, each.silent)) for row in rows]


def test_every_example_fires_or_stays_silent_in_the_batch_engine():
    table = row_table([given_row(**row) for _, _, row in EXAMPLES])
    places = {each.id: place for place, each in enumerate(POLICY.indicators)}
    wrong = [(name, want, row) for (name, want, row), mask in zip(EXAMPLES, masks(fired(POLICY, table)), strict=True)
             if bool(mask >> places[name] & 1) is not want]
    assert wrong == []


def test_no_rows_give_no_rows():
    assert scored(POLICY, row_table([])).num_rows == 0


@pytest.mark.parametrize(("name", "kind"), [("goods_gross_g", pa.int64()), ("package_g", pa.float64()),
                                            ("hs2", pa.string()), ("empty", pa.bool_()), ("filed_at", pa.int64())])
def test_columns_are_typed_as_declared(name, kind):
    assert row_table([given_row()]).schema.field(name).type == kind
