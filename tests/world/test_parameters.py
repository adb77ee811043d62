import ast
from pathlib import Path

import pytest

from vigie.world import parameters
from vigie.world.known import Known

FOLDER = Path(parameters.__file__).parent


def test_every_parameter_has_a_source():
    named = {name: value for name, value in vars(parameters).items() if name.isupper() and name != "OWN"}
    assert len(named) > 60
    assert [name for name, value in named.items() if not isinstance(value, Known)] == []
    assert [name for name, value in named.items() if len(value.source) < 8 or not value.unit] == []


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.py")), ids=lambda path: path.stem)
def test_no_bare_number_stands_in_the_world_without_a_word(path):
    """A number at module level is a parameter with a source, or says on its line, or below it, where it comes from."""
    text = path.read_text()
    lines = text.splitlines()
    told = ast.parse(text).body
    bare = []
    for node, after in zip(told, [*told[1:], None], strict=True):
        if not isinstance(node, ast.Assign):
            continue
        value = node.value.elts if isinstance(node.value, ast.Tuple) else [node.value]
        if not all(isinstance(part, ast.Constant) and isinstance(part.value, int | float) for part in value):
            continue
        said = isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant)
        if "#" not in lines[node.lineno - 1] and not said:
            bare.append(ast.unparse(node))
    assert bare == []


def test_published_figures_are_as_published():
    assert parameters.SOUTH_AMERICAN_BOXES.value == 330_000
    assert parameters.BANANA_VGM_KG.value == 23_840
    assert parameters.BANANA_VGM_SD_KG.value == 376
    assert parameters.BANANA_SETPOINT_DC.value == 136
    assert parameters.BOXES_PER_DAY.value["BEANR"] == round(330_000 / 365)
    assert parameters.ORIGIN_SCAN_FLAG.value == pytest.approx(0.6885, abs=1e-4)
