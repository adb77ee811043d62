"""The canonical fields that a column may hold, and what kind of value each is."""

_PARTIES = {
    f"{role}_{part}": "text"
    for role in ("consignor", "consignee", "notify", "buyer", "seller", "forwarder", "declarant")
    for part in ("name", "eori", "street", "city", "postcode", "country")
}
_CALL = {"imo": "text", "vessel": "text", "call_sign": "text", "voyage": "text", "carrier": "text"}

FIELDS: dict[str, dict[str, str]] = {
    "consignment": {
        "document": "text", "parent": "text", "mrn": "text", "level": "text", "function": "text", "container": "number",
        "size_type": "text", "seals": "seals", "gross_g": "grams", "tare_g": "grams", "vgm_g": "grams",
        "vgm_method": "text", "vgm_at": "moment", "empty": "flag", "setpoint_dc": "tenths", "operator": "text",
        "dangerous": "list", "hs": "text", "description": "text", "packages": "count", "package_kind": "text",
        "goods_gross_g": "grams", "value_minor": "money", "currency": "text", "arrival": "moment",
        "departure": "moment", "acceptance": "place", "loading": "place", "transhipment": "list", "unloading": "place",
        "delivery": "place", "terminal": "text", "filed_at": "moment", "freight_payment": "text", **_PARTIES, **_CALL,
    },
    "movement": {
        "event_id": "text", "code": "text", "classifier": "text", "container": "number", "at": "moment",
        "recorded_at": "moment", "place": "place", "facility": "text", "mode": "text", "seals": "seals",
        "empty": "flag", "gross_g": "grams", "document": "text", "booking": "text", "retracts": "text",
        "reason": "text", "size_type": "text", "haulier": "text", "slot": "text", **_CALL,
    },
    "measurement": {
        "container": "number", "quantity": "text", "grams": "grams", "tenths": "tenths", "flag": "flag",
        "method": "text", "at": "moment", "by": "text", "document": "text", "place": "place",
    },
    "position": {
        "mmsi": "text", "at": "moment", "imo": "text", "name": "text", "call_sign": "text", "destination": "text",
        "lat_e6": "degrees", "lon_e6": "degrees", "speed_dkn": "tenths", "course_ddeg": "tenths",
    },
}
"""Kind of row to field to kind of value. Field names are those of cargo.py and events.py; `document` is the bill of
lading, `vessel` the name of the ship, `goods_gross_g` the item's mass and `gross_g` that of the box."""
