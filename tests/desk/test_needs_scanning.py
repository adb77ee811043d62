"""What the store gives is what the desk asks for."""

from vigie.desk import needs_scanning
from vigie.store.scans import Scans


def test_the_store_has_what_the_desk_names():
    asked = {name for name in vars(needs_scanning.Scans) if not name.startswith("_")}
    assert asked
    assert asked <= set(dir(Scans))
