"""Groups begin where the first segment of their kind stands."""

from tests.arrivals.edifact.looking import back, message

from vigie.arrivals.edifact.messages.groups import opens


def test_what_opens():
    assert opens(["LOC", "147", "0110382"], ("LOC+147", "EQD"))
    assert not opens(["LOC", "9", "BEANR"], ("LOC+147",))
    assert opens(["eqd", "CN"], ("EQD",))


def test_only_the_opener_of_the_message_opens():
    rows, _ = back(message("BAPLIE", "BGM++1", "LOC+147+1::5", "EQD+CN+CSQU3054383", "LOC+147+2::5", "EQD+CN+X"))
    assert len(rows) == 2
