import pytest

from vigie.selection import SelectionPolicy
from vigie.terms import BadRequest


@pytest.mark.parametrize(("tilted", "uniform"), [(-1, 0), (600, 401), (0, 1001)])
def test_shares_that_are_no_shares_are_refused(tilted, uniform):
    with pytest.raises(BadRequest):
        SelectionPolicy(tilted, uniform)


def test_another_share_is_another_policy():
    assert SelectionPolicy().hash != SelectionPolicy(tilted_permille=51).hash
    assert SelectionPolicy().hash == SelectionPolicy().hash
