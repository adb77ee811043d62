import pytest

from vigie.world.known import OWN, Known


@pytest.mark.parametrize("source", ["", "   ", OWN, OWN.strip()])
def test_a_parameter_without_a_source_may_not_exist(source):
    with pytest.raises(ValueError, match="without a source"):
        Known(1, "boxes", source)


def test_an_own_derivation_says_so():
    assert Known(1, "boxes", OWN + "half of it").is_own
    assert not Known(1, "boxes", "press release").is_own
