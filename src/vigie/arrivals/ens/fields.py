"""Where CC315A and CC313A keep what: element names by party and place (HMRC schema v11-2)."""

from vigie.terms import PartyRole

PARTY_FIELDS: dict[str, tuple[PartyRole, str, str, str, str, str, str]] = {
    # group: role, name, street, postcode, city, country, trader identification number
    "TRACONCO1": (PartyRole.CONSIGNOR, "NamCO17", "StrAndNumCO122", "PosCodCO123", "CitCO124", "CouCO125", "TINCO159"),
    "TRACONCE1": (PartyRole.CONSIGNEE, "NamCE17", "StrAndNumCE122", "PosCodCE123", "CitCE124", "CouCE125", "TINCE159"),
    "NOTPAR670": (PartyRole.NOTIFY, "NamNOTPAR672", "StrNumNOTPAR673", "PosCodNOTPAR676", "CitNOTPAR674",
                  "CouCodNOTPAR675", "TINNOTPAR671"),
    "TRACONCO2": (PartyRole.CONSIGNOR, "NamCO27", "StrAndNumCO222", "PosCodCO223", "CitCO224", "CouCO225", "TINCO259"),
    "TRACONCE2": (PartyRole.CONSIGNEE, "NamCE27", "StrAndNumCE222", "PosCodCE223", "CitCE224", "CouCE225", "TINCE259"),
    "PRTNOT640": (PartyRole.NOTIFY, "NamPRTNOT642", "StrNumPRTNOT646", "PstCodPRTNOT644", "CtyPRTNOT643",
                  "CouCodGINOT647", "TINPRTNOT641"),
    "TRAREP": (PartyRole.FORWARDER, "NamTRE1", "StrAndNumTRE1", "PosCodTRE1", "CitTRE1", "CouCodTRE1", "TINTRE1"),
    "PERLODSUMDEC": (PartyRole.DECLARANT, "NamPLD1", "StrAndNumPLD1", "PosCodPLD1", "CitPLD1", "CouCodPLD1", "TINPLD1"),
    "TRACARENT601": (PartyRole.CARRIER, "NamTRACARENT604", "StrNumTRACARENT607", "PstCodTRACARENT606",
                     "CtyTRACARENT603", "CouCodTRACARENT605", "TINTRACARENT602"),
}

HEADER_PARTIES = ("TRACONCO1", "TRACONCE1", "NOTPAR670", "TRAREP", "PERLODSUMDEC", "TRACARENT601")
ITEM_PARTIES = ("TRACONCO2", "TRACONCE2", "PRTNOT640")

TRANSPORT_DOCUMENTS = {
    "N703": "house", "703": "house", "N704": "master", "704": "master", "N705": "straight", "705": "straight",
    "N714": "house", "714": "house", "N740": "straight", "740": "straight", "N741": "master", "741": "master",
    "N730": "straight", "730": "straight", "N720": "straight", "720": "straight", "N722": "straight",
}
"""Document type (UN/EDIFACT 1001, EU code list CL754) to the contract it stands for."""

MEANS = {"1": "VESSEL", "2": "RAIL", "3": "TRUCK", "4": "AIR", "8": "BARGE"}
"""EU code list CL018: mode of transport at the border."""

HEADER_REFERENCES = {
    # element: qualifier under which the value stands in `Consignment.references`
    "RefNumHEA4": "LRN", "ComRefNumHEA": "UCR", "SpeCirIndHEA1": "CIRCUMSTANCE", "TraModAtBorHEA76": "MODE",
    "NatOfMeaOfTraCroHEA87": "FLAG", "DecPlaHEA394": "PLACE", "AmdPlaHEA598": "PLACE",
    "TotNumOfIteHEA305": "ITEMS", "TotNumOfPacHEA306": "PACKAGES", "TotGroMasHEA307": "GROSS-KG",
}

ITEM_REFERENCES = {"ComRefNumGIM1": "UCR", "MetOfPayGDI12": "PAYMENT", "UNDanGooCodGDI1": "UNDG",
                   "PlaLoaGOOITE333": "LOADING", "PlaUnlGOOITE333": "UNLOADING"}

NOT_MAPPED = frozenset(
    name.lower() for name in (
        # the message on its way: sender and receiver of the interchange, not of the goods
        "MesSenMES3", "MesRecMES6", "PriMES15", "MesIdeMES19", "MesTypMES20", "CorIdeMES25", "TesIndMES18",
        "DatOfPreMES9", "TimOfPreMES10",
        # languages of the texts
        "IdeOfMeaOfTraCroHEA85LNG", "DecPlaHEA394LNG", "AmdPlaHEA598LNG", "PlaLoaGOOITE334LNG", "CodPlUnHEA357LNG",
        "NADLNGCO", "NADLNGCE", "NOTPAR670LNG", "GooDesGDS23LNG", "PlaLoaGOOITE333LNG", "PlaUnlGOOITE333LNG",
        "DocRefDCLNG", "NADLNGGTCO", "NADLNGGICE", "IdeMeaTraGIMEATRA972LNG", "MarNumOfPacGSL21LNG", "PRTNOT640LNG",
        "TRAREPLNG", "PERLODSUMDECLNG", "SeaIdSEAID530LNG", "TRACARENT601LNG",
    )
)
"""Elements of the schema that are kept in the raw bytes alone: they say nothing about the goods or the box."""
