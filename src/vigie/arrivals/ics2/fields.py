"""Names of ICS2 elements, and the names that other writers use for the same thing (WCO data model).

Source: HTI-IE v2.02 field tables (classes and attributes of F10, F11, F14, F15, F17); element spelling as in public
messages of the namespace `urn:wco:datamodel:eu:ics2:2`. The XSDs themselves are not public.
"""

from vigie.arrivals.cargo import Level
from vigie.terms import PartyRole

NAMESPACE = "urn:wco:datamodel:eu:ics2:2"

FORMS = {
    "F10": Level.STRAIGHT, "F11": Level.MASTER, "F12": Level.MASTER, "F13": Level.STRAIGHT,
    "F14": Level.HOUSE, "F15": Level.HOUSE, "F16": Level.HOUSE, "F17": Level.HOUSE,
}
"""Specific circumstance indicator to the level of the contract that the filing speaks of."""

DOCUMENT_TYPES = {Level.STRAIGHT: "N705", Level.MASTER: "N704", Level.HOUSE: "N714"}
"""EU code list CL754."""

MASTER = ("consignmentMasterLevel", "Consignment")
HOUSE = ("consignmentHouseLevel", "HouseConsignment")
SHIPMENT = ("goodsShipment", "GoodsShipment")
ITEM = ("goodsItem", "GovernmentAgencyGoodsItem")
EQUIPMENT = ("transportEquipment",)
MASTER_DOCUMENT = ("transportDocumentMasterLevel", "transportDocumentMaster", "TransportContractDocument")
HOUSE_DOCUMENT = ("transportDocumentHouseLevel", "transportDocumentHouse", "TransportContractDocument")
DOCUMENT_NUMBER = ("documentNumber", "referenceNumber", "ID")
MEANS = ("activeBorderTransportMeans", "BorderTransportMeans")
LOADING = ("placeOfLoading", "LoadingLocation")
UNLOADING = ("placeOfUnloading", "UnloadingLocation")
PLACE_CODE = ("UNLOCODE", "unlocode", "location", "ID")

PARTIES: tuple[tuple[PartyRole, tuple[str, ...]], ...] = (
    (PartyRole.CONSIGNOR, ("consignor",)),
    (PartyRole.CONSIGNEE, ("consignee",)),
    (PartyRole.NOTIFY, ("notifyParty",)),
    (PartyRole.CARRIER, ("carrier",)),
)
SHIPMENT_PARTIES: tuple[tuple[PartyRole, tuple[str, ...]], ...] = (
    (PartyRole.BUYER, ("buyer",)),
    (PartyRole.SELLER, ("seller",)),
)
HEADER_PARTIES: tuple[tuple[PartyRole, tuple[str, ...]], ...] = (
    (PartyRole.DECLARANT, ("declarant",)),
    (PartyRole.FORWARDER, ("representative",)),
)

EMPTY = {"A": True, "B": False, "4": True, "5": False}
"""Container packed status: A empty, B not empty (ICS2); 4 and 5 as UN/EDIFACT 8169."""

NOT_MAPPED = frozenset(
    name.lower() for name in (
        "specificCircumstanceIndicator", "reEntryIndicator", "splitConsignmentIndicator", "containerIndicator",
        "typeOfIdentification", "typeOfMeansOfTransport", "type", "status", "role", "numberOfSeals", "modeOfTransport",
        "totalGrossMass", "shippingMarks",
    )
)
"""Elements kept in the raw bytes alone."""
