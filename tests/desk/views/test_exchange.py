import msgspec

from vigie.desk.views import ExchangeRow, SentView
from vigie.desk.views.exchange import ReceivedView


def test_views_say_nothing_that_they_were_not_given():
    row = ExchangeRow("note--1", 1, "put", "be-customs")
    assert (row.content, row.title, row.held) == ("", "", False)
    assert msgspec.json.decode(msgspec.json.encode(SentView("note--1", 1, ("nl-customs",), "sent")))["state"] == "sent"
    assert ReceivedView("be-customs", 1, 0, 0, 1).codes == ()
