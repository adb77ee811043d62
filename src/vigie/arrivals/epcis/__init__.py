"""GS1 EPCIS 2.0 events in JSON: read all five kinds, write object events."""

from vigie.arrivals.epcis.reader import read
from vigie.arrivals.epcis.writer import write_epcis

__all__ = ["read", "write_epcis"]
