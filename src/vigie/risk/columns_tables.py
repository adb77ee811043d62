"""Lists the columns look things up in, each with where it comes from; documented and open to review.

A list that names countries is a ground for treating travellers of one road differently. It may stand only on public
figures, is named in every reason that uses it, and is to be reviewed each year (see docs/adr/0007).
"""

from vigie.terms import plain_name

DEPARTURE_COUNTRIES = frozenset(("BO", "BR", "CO", "CR", "DO", "EC", "GT", "PA", "PE", "PY", "VE"))
"""Countries of the Americas from which cocaine for Europe leaves by sea.

Source: EMCDDA and Europol, EU Drug Market: Cocaine (6 May 2022), seizures by country 2019, all Latin American countries
above 18 t (CO 489.2, BR 104.6, PA 78, PE 41.2, EC 33.8, CR 31.2, VE 28.8, BO 26.1, GT 18.9); Paraguay: seizures in
Antwerp in the first half of 2020 (VRT: 4.5 t); Dominican Republic: EMCDDA and Europol, drug markets report 2016,
main trafficking hubs of the Caribbean. Reviewed: 2026-11.
"""

COVER_LOADS: dict[str, str] = {
    "0803": "banana", "080430": "pineapple", "080450": "mango", "0807": "melon", "080550": "citrus", "0810": "fruit",
    "0811": "fruit-pulp", "2007": "fruit-pulp", "2008": "fruit-pulp", "2009": "juice", "0901": "coffee",
    "2101": "coffee", "18": "cocoa", "1202": "peanuts", "1701": "sugar", "1703": "molasses", "7204": "scrap",
    "4403": "timber", "4407": "timber", "0303": "frozen-fish", "0307": "frozen-fish", "0207": "chicken",
    "4011": "tyres", "4012": "tyres", "2523": "cement", "1201": "soy", "4402": "charcoal",
}
"""Goods that loads were found in, by the longest matching Harmonized System code.

Source: cover loads named in press and court reports, reference page trade ("Synthetic port-year"); codes: HS 2022.
No public table of shares exists, so the list carries no shares.
"""

CHEMICAL_CARRIERS: dict[str, str] = {
    "1703": "molasses", "31": "fertiliser", "380610": "resin", "3907": "plastics", "3901": "plastics",
    "3902": "plastics", "3915": "plastics", "4402": "charcoal", "220299": "coconut-water", "200989": "coconut-water",
    "2523": "cement",
}
"""Goods into which cocaine was chemically worked or dissolved.

Source: Skuld, and Belga 2025, by reference page trade (C6: molasses, fertiliser, resin, coconut water, charcoal,
plastics); codes: HS 2022.
"""

VAGUE_WORDS = frozenset(map(plain_name, (
    "ACCESSORIES", "AGRICULTURAL PRODUCTS", "ALL KIND OF CARGO", "ALL KIND OF GOODS", "APPLIANCES", "ARTICLES",
    "AS ORDERED", "AS PER ATTACHED INVOICE", "ATTACHED MANIFEST", "BAGS", "BOXES", "CARGO", "CARTONS", "CHEMICALS",
    "COLLECTED ITEMS", "COMMODITY", "COMPONENT", "CONSOL", "CONSOLIDATED", "CONSOLIDATED CARGO", "CONSOLIDATED GOODS",
    "CONSOLIDATION", "DANGEROUS GOODS", "DOCUMENTS", "DRUMS", "ELECTRONICS", "EQUIPMENT", "FAK", "FOOD", "FOODSTUFF",
    "FREIGHT ALL KINDS", "FREIGHT OF ALL KINDS", "FRESH FRUIT", "FRUIT", "FRUIT PRODUCTS", "FRUIT PULP",
    "GENERAL CARGO", "GENERAL GOODS", "GOODS", "ITEMS", "MACHINERY", "MERCHANDISE", "MISCELLANEOUS", "N A", "PALLETS",
    "PARTS", "PERSONAL EFFECTS", "PRODUCTS", "SAID TO CONTAIN", "SAMPLE", "SAMPLES", "SEE INVOICE", "STC", "STUFF",
    "TEXTILES", "TOOLS", "UNKNOWN", "VARIOUS", "VARIOUS GOODS", "VARIOUS PRODUCTS", "VEGETABLES",
)))  # fmt: skip
"""Descriptions that say nothing when they stand alone; folded as `plain_name` folds.

Source: European Commission (DG TAXUD), ICS2 stop words for goods descriptions, in part; Delegated Regulation (EU)
2015/2446, annex B, data element 18 05 000 000: general terms such as `consolidated`, `general cargo`, `parts` or
`freight of all kinds` cannot be accepted.
"""

FILLERS = frozenset(("STC", "SAID", "TO", "CONTAIN", "SHIPPER", "SHIPPERS", "LOAD", "COUNT", "STOW", "SLAC", "FCL",
                     "OF", "X", "CTNS", "CARTON", "CARTONS", "PKGS", "PACKAGES", "PALLET", "PALLETS", "BAGS", "BOXES"))
"""Words around a description that add nothing to it. Source: usual clauses of bills of lading (SLAC, STC)."""

FORWARDER_WORDS = ("FORWARD", "LOGISTIC", "FREIGHT", "NVOCC", "CARGO", "SHIPPING", "CONSOLIDAT", "TRANSITARI",
                   "EXPEDITI", "SPEDITION", "AGENCIA", "ADUANA", "DESPACHANTE")
"""Beginnings of words in the names of those who ship for others.

Source: mfame and UK P&I by reference page trade (P3); the words themselves are ours, and a name proves nothing: the
indicator weighs little.
"""

TARES_G: dict[str, int] = {
    "2G": 2_200_000, "2R": 2_950_000, "2T": 3_600_000, "2U": 2_350_000, "2P": 2_700_000, "4G": 3_800_000,
    "4R": 4_600_000, "4U": 3_900_000, "4P": 5_000_000, "LG": 4_800_000, "LR": 5_000_000,
}
"""Usual tare by length code and type group, grams; for boxes whose own tare nobody states.

Source: carriers' equipment guides (20 ft dry 1,800 to 2,400 kg, 40 ft dry 2,800 to 4,200 kg; reefers more), the middle
of the range; a box may weigh 600 kg more or less, which is why indicators that use it leave room.
"""

GROUPS_1984 = {"0": "G", "1": "G", "2": "U", "3": "R", "4": "R", "5": "U", "6": "P", "7": "T"}
"""Type group of today for the third digit of a wholly numeric code. Source: ISO 6346:1984 and :2022, type codes."""


def longest_match(code: str, table: dict[str, str]) -> str | None:
    """Find the entry of a table for a goods code: the longest of its beginnings that the table holds."""
    return table.get(code[:6]) or table.get(code[:4]) or table.get(code[:2])  # entries have two, four or six digits


def type_group(size_type: str) -> str:
    """Length code and type group (`4R`) of a size and type code of either generation; empty where it has none."""
    if len(size_type) != 4 or not size_type.isascii() or not size_type.isalnum():
        return ""
    third = size_type[2]
    return size_type[0] + (GROUPS_1984.get(third, "") if size_type.isdecimal() else third)


def usual_tare_g(size_type: str) -> int | None:
    """The usual tare of a size and type, grams; None where it is not listed."""
    return TARES_G.get(type_group(size_type))
