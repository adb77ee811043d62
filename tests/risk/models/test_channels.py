import pytest

from vigie.risk import (
    BadModel,
    Card,
    ChannelSet,
    Fusion,
    LearningMeasured,
    Member,
    Voting,
    read_channels,
    write_channels,
)

MEASURED = LearningMeasured(1, 2, 1, 2, 10, 6, 3, 4, ())


def a_set(model="m1"):
    return ChannelSet((Member("proxy", "m1", "boosted", ("hs2",), Card()),), Fusion((Voting("proxy", model, 5, 0, 9),)),
                      (), "earned", MEASURED, ("selective",))  # fmt: skip


def test_a_set_survives_the_way_there_and_back():
    assert read_channels(write_channels(a_set())) == a_set()
    assert a_set().models() == ("m1",)


def test_a_channel_cannot_vote_with_a_model_the_set_does_not_name():
    with pytest.raises(BadModel) as fault:
        read_channels(write_channels(a_set("m2")))
    assert fault.value.facts["reason"] == "absent"


@pytest.mark.parametrize("body", [b"", b"{}", b"[]", b"\xff"])
def test_what_is_no_set_is_refused(body):
    with pytest.raises(BadModel):
        read_channels(body)
