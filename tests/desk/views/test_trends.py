from vigie.desk.views.plain import plain
from vigie.desk.views.trends import Flow, MonitorView
from vigie.trends import Verdict


def test_silence_is_told_as_such():
    told = plain(MonitorView(3, Verdict("port", "counts-only", findings={"BEANR": 4}), None, flows=(Flow("BR", "BEANR", 4),)))
    assert told["ports"]["says"] == "counts-only"
    assert told["ports"]["alarm"] is None
    assert told["flows"] == [{"route": "BR", "port": "BEANR", "findings": 4}]
