import msgspec

from vigie.desk.views import ChannelReason, ChannelView, ModelDetail, ModelRow, WorthView
from vigie.desk.views.plain import plain
from vigie.risk import ChannelSet, Fusion, LearningMeasured

ROW = ModelRow(1, "live", "ab", "ann", 0, "bob", "first", 0, None, True, "", ("proxy",), ("proxy",), 10, 3, False, ("retire",))


def test_moments_of_models_are_written_for_programs():
    told = plain(ROW)
    assert (told["made"], told["valid_until"]) == ("1970-01-01T00:00:00Z", None)
    detail = plain(ModelDetail(ROW, ChannelSet((), Fusion(), (), "few", LearningMeasured(1, 2, 1, 2, 9, 3, 1, 2, ()))))
    assert detail["told"]["reason"] == "few"
    assert plain(WorthView(1, 0, 9, 1, True, ()))["since"] == "1970-01-01T00:00:00Z"


def test_a_channel_travels_as_json():
    told = ChannelView("proxy", 500, -3000, 250, (ChannelReason("gross mass: 24 t", 120),))
    assert msgspec.json.decode(msgspec.json.encode(told), type=ChannelView) == told
