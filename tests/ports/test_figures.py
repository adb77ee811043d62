from hypothesis import given
from hypothesis import strategies as st

from vigie.ports import FEWEST, NO_ROLE, AccessEvent, Act, group_figures
from vigie.terms import Moment


def event(user, system="tos", act=Act.LOOK, role=""):
    return "2026-03", AccessEvent(Moment(1), user, system, act, "B1", role=role)


def test_quartiles_of_five_people():
    (one,) = group_figures([event(f"u{n}", role=NO_ROLE) for n in range(5) for _ in range(n + 1)])
    assert (one.people, one.events, one.low, one.middle, one.high, one.roleless) == (5, 15, 2, 3, 4, 15)


def test_look_ups_without_role_of_a_few_are_not_told():
    (one,) = group_figures([event(f"u{n}", role=NO_ROLE if n < 4 else "") for n in range(9)])
    assert (one.people, one.roleless) == (9, None)


@given(st.lists(st.tuples(st.integers(0, 9), st.sampled_from(["a", "b"]), st.sampled_from(Act)), max_size=80))
def test_nothing_of_fewer_than_five_and_no_person(rows):
    told = group_figures([event(f"u{user}", system, act) for user, system, act in rows])
    assert all(one.people >= FEWEST for one in told)
    for one in told:
        assert one.people == len({user for user, system, act in rows if (system, act) == (one.system, one.act)})
    assert "u1" not in repr(told)
