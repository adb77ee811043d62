"""ICS2 entry summary declarations by sea, F10 to F17, and their amendments (IE3F.., IE3A..)."""

from vigie.arrivals.ics2.reader import read
from vigie.arrivals.ics2.writer import write_ics2

__all__ = ["read", "write_ics2"]
