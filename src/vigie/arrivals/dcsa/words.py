"""DCSA's words and vigie's: document types, seal sources, services at the port."""

DOCUMENTS = {"TRD": "BL", "BKG": "BN", "EQ": "EQ"}
"""DCSA document type to the prefix in `Movement.documents`; other types keep their own name."""

DOCUMENT_TYPES = {prefix: name for name, prefix in DOCUMENTS.items()}

SEAL_ISSUERS = {"CAR": "CA", "SHI": "SH", "CUS": "CU", "TER": "TO", "CNS": "AC", "CST": "SH", "PHY": "QA", "VET": "QA"}
"""DCSA seal source to `Seal.issuer` (UN/EDIFACT 9303, where customs house brokers and shippers share SH)."""

SEAL_SOURCES = {"CA": "CAR", "SH": "SHI", "CU": "CUS", "TO": "TER", "AC": "CNS", "QA": "PHY"}

EQUIPMENT_CODES = frozenset(
    ("AVDO", "AVPU", "CROS", "CUSI", "CUSR", "CUSS", "DISC", "DROP", "GTIN", "GTOT", "INSP", "LOAD", "PICK", "RMVD",
     "RSEA", "STRP", "STUF")
)
TRANSPORT_CODES = frozenset(("ARRI", "DEPA"))
IOT_CODES = frozenset(("DRO", "DRC", "LOC"))
DOCUMENT_CODES = frozenset(
    ("AMF", "ARN", "BKG", "CAS", "CBR", "CEA", "CEO", "CQU", "CRO", "CUC", "DEI", "DEO", "DGD", "FCE", "HCE", "ICE",
     "INV", "OOG", "PCE", "PFD", "SHI", "TRD", "TRO", "VCE", "VGM")
)
SHIPMENT_CODES = frozenset(
    ("AMCF", "AMCN", "AMDC", "AMPR", "AMRE", "APPR", "CACF", "CADC", "CANC", "CARE", "CMPL", "CONF", "DECL", "DRFT",
     "HOLD", "ISSU", "PENA", "PENM", "PENU", "PSAM", "PSDL", "RECE", "REJE", "RELS", "REQS", "SUAM", "SUBM", "SUDL",
     "SURR", "UPCF", "UPCN", "UPDC", "UPDT", "UPRE", "VOID")
)
KNOWN_CODES = EQUIPMENT_CODES | TRANSPORT_CODES | IOT_CODES | SHIPMENT_CODES | {"DETC", "MEAS", "ADJU"}
"""Event type codes of T&T 3.0.0."""
