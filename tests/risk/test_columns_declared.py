import pytest

from vigie.risk.columns_declared import count, flag, grams, hours, moment, text
from vigie.risk.language import Type


@pytest.mark.parametrize(
    ("made", "kind"),
    [(flag("x"), Type.BOOL), (text("x"), Type.TEXT), (count("x"), Type.INT), (grams("x"), Type.INT), (hours("x"), Type.INT),
     (moment("x"), Type.MOMENT)],
)
def test_a_declaration_has_type_and_range(made, kind):
    assert made.kind.type is kind
    assert made.kind.low <= made.kind.high
    assert made.origins
