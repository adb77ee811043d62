"""Where the ports of the map lie."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Self


@dataclass(frozen=True, slots=True)
class Place:
    """A port. lat, lon: Degrees, to a tenth. name: As the port is called at home."""

    lat: float
    lon: float
    name: str


@dataclass(frozen=True, slots=True)
class Places:
    """Ports by UN/LOCODE; a port that is not here is listed beside the map and not drawn."""

    table: Mapping[str, Place]

    @classmethod
    def load(cls) -> Self:
        """Read the table that lies beside this module."""
        raw = tomllib.loads((files("vigie.console") / "places.toml").read_text(encoding="utf-8"))
        return cls({code: Place(*values) for code, values in raw.items()})

    def of(self, code: str) -> Place | None:
        """The port with a UN/LOCODE, or None."""
        return self.table.get(code)
