import msgspec
import pytest
from tests.risk.models.planted import taught

from vigie.risk.models.declared import BadModel
from vigie.risk.models.file import FORMAT, Card, model_hash, read_model, write_model

BODY = taught(params={"trees": 3})


def test_a_model_survives_the_way_there_and_back():
    model = read_model(BODY, model_hash(BODY))
    assert write_model(model) == BODY
    assert (model.format, type(model.card)) == (FORMAT, Card)


@pytest.mark.parametrize("place", range(0, len(BODY), len(BODY) // 25))
def test_altered_bytes_are_refused(place):
    altered = BODY[:place] + bytes([BODY[place] ^ 1]) + BODY[place + 1 :]
    with pytest.raises(BadModel) as fault:
        read_model(altered, model_hash(BODY))
    assert fault.value.facts["reason"] == "altered"


@pytest.mark.parametrize("body", [b"", b"\x80", BODY[:-1], b"not a model"])
def test_what_is_no_model_is_refused(body):
    with pytest.raises(BadModel) as fault:
        read_model(body)
    assert fault.value.facts["reason"] == "unreadable"


def test_another_format_is_refused():
    later = msgspec.structs.replace(read_model(BODY), format=FORMAT + 1)
    with pytest.raises(BadModel):
        read_model(write_model(later))
