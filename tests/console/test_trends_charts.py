import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigie.console.trends_charts import HEIGHT, MOST, flows, shares
from vigie.desk.views.trends import Flow
from vigie.trends import Ratio, Standing

NAMES = st.sampled_from([f"N{one}" for one in range(12)])
ROWS = st.dictionaries(st.tuples(NAMES, NAMES), st.integers(1, 500), max_size=40)


@given(ROWS)
def test_every_finding_is_drawn_or_told_of(rows):
    drawn = flows([Flow(*key, n) for key, n in rows.items()])
    if drawn is None:
        assert not rows
        return
    assert sum(one.findings for one in drawn.bands) + drawn.left_out == sum(rows.values())
    assert sum(one.findings for one in drawn.routes) == sum(one.findings for one in drawn.ports)
    assert len(drawn.routes) <= MOST
    for side in (drawn.routes, drawn.ports):
        assert side[-1].y + side[-1].height / 2 <= HEIGHT + 0.1


def test_nothing_is_drawn_of_nothing():
    assert flows([]) is None
    assert flows([Flow("BR", "BEANR", 0)]) is None


def test_shares_stand_on_one_scale():
    small, large = (Ratio(1, 1, 1, 1, 1, share, share, share / 2, share * 1.5) for share in (0.1, 0.4))
    told = shares([Standing(str(one), 1, 1, 1, False, False, one, None, None) for one in (small, large)])
    assert told[1].now == pytest.approx(4 * told[0].now, abs=0.1)
    assert told[1].start + told[1].width <= 240
