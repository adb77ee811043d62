"""A reference means what the other indicator asks, is never unknown, and is the same on every back end."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.risk.rows import NAMES

from vigie.engine import fired, row_table
from vigie.risk import BadExpression, Policy, assessor, load_catalogue
from vigie.risk.indicator import example_row
from vigie.risk.language import named_in
from vigie.risk.linking import link, linked, referring

CATALOGUE = load_catalogue()
ONE = CATALOGUE.get("C7")


def an_indicator(name, expression):
    return msgspec.structs.replace(ONE, id=name, expression=expression)


def test_a_reference_becomes_what_it_means():
    (_, one) = link([ONE, an_indicator("X1", "fired('C7') and reefer")])
    assert one.expression == "coalesce(seals = 0 and empty = false, false) and reefer"
    assert link([an_indicator("X1", "reefer or fired('GONE')")])[0].expression == "reefer or false"
    assert referring("C7", [ONE, an_indicator("X1", "fired('C7') and reefer")]) == ("X1",)
    assert named_in(an_indicator("X1", "fired('C7') or fired('P1')").tree) == ("C7", "P1")


def test_a_circle_is_refused_with_its_way():
    found = [an_indicator("A", "fired('B')"), an_indicator("B", "fired('C')"), an_indicator("C", "fired('A')")]
    with pytest.raises(BadExpression) as refused:
        link(found)
    assert refused.value.facts == {"reason": "cycle", "name": "A > B > C > A"}


def test_what_grows_too_large_is_refused():
    found = [an_indicator("A0", "reefer and empty")]
    found += [an_indicator(f"A{n}", f"fired('A{n - 1}') or fired('A{n - 1}') and reefer") for n in range(1, 12)]
    with pytest.raises(BadExpression):
        linked(found[-1], {one.id: one for one in found})


@given(st.fixed_dictionaries({}, optional={"seals": st.integers(0, 2), "empty": st.booleans(), "reefer": st.booleans()}))
def test_references_fire_alike_live_and_in_batch(row):
    found = link([ONE, an_indicator("X1", "not fired('C7') and reefer"), an_indicator("X2", "fired('X1') or fired('C7')")])
    policy, values = Policy(found), example_row(row, NAMES)
    judge, first = assessor(policy), len(policy.priors) - 1
    mask = judge.run(values) >> first
    assert mask == fired(policy, row_table([values])).column("mask_0").to_pylist()[0]
    base = row.get("seals") == 0 and row.get("empty") is False
    assert mask == base | (not base and row.get("reefer") is True) << 1 | (base or row.get("reefer") is True) << 2
