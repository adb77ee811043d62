from importlib.resources import files

from vigie.arrivals.ens.fields import (
    HEADER_PARTIES,
    HEADER_REFERENCES,
    ITEM_PARTIES,
    ITEM_REFERENCES,
    NOT_MAPPED,
    PARTY_FIELDS,
)


def test_every_name_is_an_element_of_the_schemas() -> None:
    schemas = files("vigie.arrivals.ens.schemas")
    text = "".join(entry.read_text() for entry in schemas.iterdir() if entry.name.endswith(".xsd")).lower()
    names = {name for _, *fields in PARTY_FIELDS.values() for name in fields}
    names |= set(PARTY_FIELDS) | set(HEADER_REFERENCES) | set(ITEM_REFERENCES) | set(NOT_MAPPED)
    assert not [name for name in names if f'name="{name.lower()}"' not in text and name != "tesindmes18"]
    assert set(HEADER_PARTIES) | set(ITEM_PARTIES) == set(PARTY_FIELDS)
