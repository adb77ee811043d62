import pytest
from tests.desk.federated import BE, BR, NL, agreed, federate
from tests.desk.port import ANN, IAN, NOW, an_officer

from vigie.desk import exchange_agreements as desk
from vigie.desk.exchange_receiving import receive
from vigie.exchange import ExchangeRefused
from vigie.terms import DAY, Moment, NotForYou, Purpose, Role


@pytest.fixture
def nodes(tmp_path):
    over = {"starts": Moment(NOW - 9 * DAY), "ends": Moment(NOW - DAY)}
    made = federate(tmp_path, agreements=[agreed(BE, NL), agreed(NL, BE), agreed(BE, BR, third_country=True, **over),
                                          agreed(NL, BR)])  # fmt: skip
    yield made
    for node in made.values():
        node.close()


def test_both_directions_and_what_ended(nodes):
    rows = desk.agreements(ANN, nodes[BE])
    assert [(one.partner, one.out, one.holds, one.third) for one in rows] == [
        (BR, True, False, True), (NL, True, True, False), (NL, False, True, False)]  # fmt: skip
    assert (rows[1].name, rows[1].country, rows[1].days, rows[1].purposes) == (
        "NL-CUSTOMS", "NL", 1825, ("targeting",))  # fmt: skip


def test_what_was_refused_is_listed_with_its_rule(nodes):
    with pytest.raises(ExchangeRefused):
        receive(b"no batch", nodes[BE])
    (row,) = desk.refused(IAN, nodes[BE], Purpose.INSPECTION)
    assert (row.partner, row.code, row.at) == ("unknown", "exchange-unreadable", NOW)


def test_who_may_not(nodes):
    clerk = an_officer("cleo", Role.PORT)
    for act in (desk.agreements, desk.refused):
        with pytest.raises(NotForYou):
            act(clerk, nodes[BE])
