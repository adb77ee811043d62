"""AIS: where ships are, from NMEA sentences of receivers and logs."""

from vigie.arrivals.ais.reader import read, split
from vigie.arrivals.ais.writer import write_ais

__all__ = ["read", "split", "write_ais"]
