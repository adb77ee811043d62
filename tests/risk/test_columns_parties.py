import pytest
from tests.risk.visits import CONSIGNEE, CONSIGNOR, LANDED, NOW, T0, a_line, a_move, a_visit

from vigie.arrivals import Level
from vigie.risk.columns_parties import DECLARED, read
from vigie.risk.columns_seen import see
from vigie.terms import DAY, ConsignmentId, Party, PartyRole


def told(*parts):
    return dict(zip((column.name for column in DECLARED), read(see(a_visit(*parts), NOW)), strict=True))


def with_parties(*parties, **named):
    return told(a_line(parties=parties, **named))


def test_a_box_without_documents_tells_nothing_of_parties():
    assert set(told(a_move("DISC", LANDED)).values()) == {None}


def test_parties_are_read_from_the_main_line():
    row = with_parties(CONSIGNOR, CONSIGNEE)
    assert (row["consignor_named"], row["notify_named"], row["consignee_registered"]) == (True, False, True)
    assert (row["consignor_country"], row["consignee_country"], row["notify_country"]) == ("EC", "BE", None)
    assert row["consignor_in_departure_country"] is True
    assert (row["notify_is_consignee"], row["buyer_is_consignee"], row["consignee_to_order"]) == (None, None, False)


@pytest.mark.parametrize(
    ("name", "forwards"),
    [("Ocean Logistics Ltd", True), ("Transitaria Sur SA", True), ("Cargo Partners", True), ("Fruta Ficticia", False),
     ("Expedition Fruits", True), ("", None)],
)
def test_who_ships_for_others_is_known_by_name(name, forwards):
    assert with_parties(Party(PartyRole.CONSIGNOR, name))["consignor_is_forwarder"] is forwards


def test_the_forwarder_itself_as_consignor_ships_for_others():
    forwarder = Party(PartyRole.FORWARDER, "Fruta Ficticia S.A.", city="Guayaquil", country="EC")
    assert with_parties(CONSIGNOR, forwarder)["consignor_is_forwarder"] is True


def test_to_order_is_no_consignee():
    assert with_parties(Party(PartyRole.CONSIGNEE, "TO THE ORDER OF BANK"))["consignee_to_order"] is True


def test_notify_and_buyer_are_compared_by_identity():
    notify = Party(PartyRole.NOTIFY, "other spelling", eori="BE 0123456789")
    buyer = Party(PartyRole.BUYER, "Somebody else", city="Gent", country="BE")
    row = with_parties(CONSIGNEE, notify, buyer)
    assert (row["notify_is_consignee"], row["buyer_is_consignee"]) == (True, False)


def test_master_bills_alone_and_consignees_that_differ():
    master = a_line(level=Level.MASTER)
    assert told(master)["house_missing"] is True
    house = a_line(consignment=ConsignmentId("bl:H"), level=Level.HOUSE)
    row = told(master, house)
    assert (row["house_missing"], row["documents"], row["consignees_disagree"]) == (False, 2, False)
    other = a_line(consignment=ConsignmentId("mrn::1"), parties=(Party(PartyRole.CONSIGNEE, "Else BV", city="Breda"),))
    assert told(a_line(), other)["consignees_disagree"] is True


def test_a_consignee_that_changes_late_is_told_apart():
    early = told(a_line(consignee_changed=T0 - DAY, amendments=1))
    assert (early["consignee_changed"], early["consignee_changed_after_departure"]) == (True, False)
    late = told(a_line(consignee_changed=T0 + DAY, amendments=2), a_move("CUSS", T0, hlc=T0 + 2 * DAY))
    assert (late["consignee_changed_after_departure"], late["consignee_changed_after_selection"]) == (True, False)
    after = told(a_line(consignee_changed=T0 + 3 * DAY), a_move("CUSS", T0, hlc=T0 + 2 * DAY))
    assert after["consignee_changed_after_selection"] is True
