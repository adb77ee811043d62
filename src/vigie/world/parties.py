"""Parties with histories: shippers, consignees, forwarders, hauliers; all names are obviously invented.

A shipper keeps its goods, its mean weight, its seal series and its few consignees; a few parties do most of the trade.
How many there are, and how steeply their trade falls, is our own derivation: no register is public.
"""

from dataclasses import dataclass
from functools import cache
from random import Random

from vigie.terms import Party, PartyRole
from vigie.world.chance import Choice, falling, stream
from vigie.world.goods import GOODS, Goods, goods_weights
from vigie.world.known import OWN, Known
from vigie.world.parameters import UNKNOWN_EORI

SHIPPERS = Known(70, "shippers per country", OWN + "enough that most are met monthly at demonstration scale")
CONSIGNEES = Known(320, "consignees per site", OWN + "the same")
FORWARDERS = Known(24, "forwarders per site", OWN + "the same")
HAULIERS = Known(40, "hauliers per site", OWN + "the same")
LINKS = Known((1, 4), "usual consignees of a shipper", OWN + "contract trade is narrow")
FALL = Known(0.9, "Zipf exponent", OWN + "firm sizes fall about so")

_CITIES = {
    "EC": "Guayaquil", "CO": "Medellin", "CR": "San Jose", "PA": "Ciudad de Panama", "BR": "Santos", "PE": "Lima",
    "UY": "Montevideo", "AR": "Buenos Aires", "PY": "Asuncion", "DO": "Santo Domingo", "SR": "Paramaribo",
    "MA": "Tanger", "TR": "Izmir", "PT": "Lisboa", "CN": "Shanghai", "SG": "Singapore", "US": "New York",
    "IN": "Mumbai", "EG": "Port Said", "CI": "Abidjan", "GH": "Tema",
}
_SHIPPER_WORDS = {
    "BR": ("Imaginaria Exportadora", "Ltda"), "PT": ("Imaginaria Comercio", "Lda"), "MA": ("Fictif Export", "SARL"),
    "CI": ("Fictif Negoce", "SARL"), "CN": ("Imaginary Trading", "Co Ltd"), "SG": ("Imaginary Goods", "Pte Ltd"),
    "US": ("Makebelieve Products", "Inc"), "IN": ("Imaginary Exports", "Ltd"), "TR": ("Hayali Ticaret", "AS"),
    "EG": ("Imaginary Nile", "Ltd"), "GH": ("Imaginary Gold Coast", "Ltd"), "SR": ("Verzonnen Hout", "NV"),
}
_SPANISH = ("Ficticia Frutas", "SA")
_HOMES = (("BE", "Antwerpen", "2999"), ("NL", "Rotterdam", "3099"), ("BE", "Gent", "9099"), ("DE", "Duisburg", "47999"),
          ("FR", "Lille", "59999"), ("NL", "Venlo", "5999"), ("BE", "Brussel", "1999"))
_HOME_CHOICE = Choice(_HOMES, (5, 5, 2, 2, 1, 2, 1))
_FORMS = {"BE": "NV", "NL": "BV", "DE": "GmbH", "FR": "SAS"}
_NEW_FROM = 900_000  # numbers of parties that nobody has seen before begin here


@dataclass(frozen=True, slots=True)
class Shipper:
    """A shipper and its habits.

    Attributes:
        party: As bills name it. goods: What it sends. offset_kg: How far its mean mass lies from that of the goods.
        seal: Letters of its seals. links: Numbers of its usual consignees.
    """

    party: Party
    goods: Goods
    offset_kg: float
    seal: str
    links: tuple[int, ...]


@cache
def shipper(country: str, number: int) -> Shipper:
    """The shipper of a country with a number; a number beyond the pool is a firm never seen before."""
    chance = stream(0, "shipper", country, number)
    words, form = _SHIPPER_WORDS.get(country, _SPANISH)
    party = Party(
        PartyRole.CONSIGNOR, f"{words} {number} {form}", street=f"Calle Inventada {number % 900 + 1}",
        city=_CITIES[country], postcode=f"{number % 900 + 100}00", country=country, person_type="2",
    )
    weights = goods_weights(country)
    goods = GOODS[chance.choices(list(weights), list(weights.values()))[0]]
    links = tuple(chance.sample(range(CONSIGNEES.value), chance.randint(*LINKS.value)))
    letters = "".join(chance.choice("ABCDEFGHJKLMNPRSTUVWXYZ") for _ in range(3))
    return Shipper(party, goods, chance.gauss(0, goods.sd_kg), letters, links)


@cache
def _ranked(count: int) -> Choice[int]:
    return Choice(range(count), falling(count, FALL.value))


def draw_shipper(country: str, chance: Random) -> Shipper:
    """Draw a shipper of a country; large ones come often."""
    return shipper(country, _ranked(SHIPPERS.value).draw(chance))


@cache
def consignee(number: int) -> Party:
    """The consignee with a number; the EORI number is fictitious (its digits begin with 999)."""
    chance = stream(0, "consignee", number)
    country, city, postcode = _HOME_CHOICE.draw(chance)
    return Party(
        PartyRole.CONSIGNEE, f"Fictieve Import {number} {_FORMS[country]}", f"{country}999{number:07d}",
        f"Denkbeeldigstraat {number % 240 + 1}", city, postcode, country, "2",
    )


def new_consignee(chance: Random) -> Party:
    """A consignee that nobody has seen before; half of them have no EORI number yet in the bill."""
    party = consignee(_NEW_FROM + chance.randrange(90_000))
    if chance.random() < UNKNOWN_EORI.value:
        return Party(party.role, party.name, "", party.street, party.city, party.postcode, party.country, "2")
    return party


def new_shipper(country: str, chance: Random) -> Shipper:
    """A shipper that nobody has seen before."""
    return shipper(country, _NEW_FROM + chance.randrange(90_000))


@cache
def forwarder(number: int, role: PartyRole = PartyRole.NOTIFY) -> Party:
    """A forwarder, mostly named as notify party."""
    country, city, postcode = _HOMES[number % 3]
    return Party(role, f"Verzonnen Expeditie {number} {_FORMS[country]}", f"{country}998{number:07d}",
                 f"Nergenskaai {number + 1}", city, postcode, country, "2")


@cache
def declarant(carrier: str) -> Party:
    """The carrier's own office that files its declarations."""
    return Party(PartyRole.DECLARANT, f"{carrier} Simulated Lines Agency NV", f"BE997{sum(carrier.encode()):07d}",
                 "Nergenskaai 1", "Antwerpen", "2999", "BE", "2")


@cache
def carrier_party(carrier: str) -> Party:
    """The carrier."""
    return Party(PartyRole.CARRIER, f"{carrier} Simulated Lines", f"BE996{sum(carrier.encode()):07d}",
                 "Nergenskaai 1", "Antwerpen", "2999", "BE", "2")


def usual_haulier(consignee_name: str) -> str:
    """The haulier a consignee works with, as a code on gate messages."""
    return f"SIMH{sum(consignee_name.encode()) * 7 % HAULIERS.value:03d}"


def odd_haulier(chance: Random) -> str:
    """A haulier outside the usual pool."""
    return f"SIMH{700 + chance.randrange(200):03d}"
