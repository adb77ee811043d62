"""DCSA messages: Track & Trace 2.2, 2.3 and 3.0, VGM 1.0, Port Call 1.0 to 2.0, Arrival Notice 1.0."""

from vigie.arrivals.dcsa.reader import read
from vigie.arrivals.dcsa.writer import write_dcsa_events

__all__ = ["read", "write_dcsa_events"]
