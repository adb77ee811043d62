import msgspec

from vigie.trends import Figures, Line


def test_what_is_not_known_is_not_zero():
    told = msgspec.to_builtins(Line("BEANR", Figures(findings=3), Figures()))
    assert told["now"]["inspected"] is None
    assert told["before"]["findings"] == 0
