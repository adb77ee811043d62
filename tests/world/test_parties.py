import re

from vigie.terms import Eori, PartyRole
from vigie.world.chance import stream
from vigie.world.parties import (
    SHIPPERS,
    carrier_party,
    consignee,
    declarant,
    draw_shipper,
    forwarder,
    new_consignee,
    new_shipper,
    odd_haulier,
    shipper,
    usual_haulier,
)

INVENTED = re.compile("Fic|Imagin|Verzonnen|Simulated|Hayali|Makebelieve")


def test_every_name_says_that_it_is_invented():
    chance = stream(1)
    parties = [consignee(3), forwarder(4), declarant("FICT"), carrier_party("FICT"), new_consignee(chance)]
    parties += [shipper(country, 5).party for country in ("EC", "BR", "SR", "TR", "US", "CI", "PT", "SG", "IN", "GH")]
    assert all(INVENTED.search(party.name) for party in parties)


def test_a_party_stays_itself():
    assert shipper("EC", 12) == shipper("EC", 12)
    assert consignee(8) == consignee(8)
    assert Eori.read(consignee(8).eori).text[2:5] == "999"
    assert consignee(8).role is PartyRole.CONSIGNEE
    assert usual_haulier("A") == usual_haulier("A") != odd_haulier(stream(1))


def test_large_shippers_come_often_and_new_ones_never_came_before():
    chance = stream(2)
    drawn = [draw_shipper("EC", chance).party.name for _ in range(3000)]
    assert drawn.count("Ficticia Frutas 0 SA") > 8 * drawn.count("Ficticia Frutas 60 SA")
    pool = {shipper("EC", number).party.name for number in range(SHIPPERS.value)}
    assert new_shipper("EC", chance).party.name not in pool
