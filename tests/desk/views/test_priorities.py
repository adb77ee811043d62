from vigie.desk.views import PriorityStepView, PriorityView
from vigie.desk.views.plain import plain
from vigie.terms import Moment


def test_a_priority_is_told_with_moments_as_texts():
    step = PriorityStepView("raise", "bob", Moment(0), "", ("owner",))
    view = PriorityView("P1", "open", "f", "", "o", "m", "2026-01-01", True, ("follow",), (step,))
    told = plain(view)
    assert (told["overdue"], told["steps"][0]["at"][:10]) == (True, "1970-01-01")
