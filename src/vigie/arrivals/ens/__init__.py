"""Entry summary declarations of ICS1 and GB Safety and Security: CC315A (new) and CC313A (amendment)."""

from vigie.arrivals.ens.reader import read
from vigie.arrivals.ens.schema import schema_faults
from vigie.arrivals.ens.writer import write_cc315a

__all__ = ["read", "schema_faults", "write_cc315a"]
