"""The register: seizures counted once, and the claims that others make of them."""

from vigie.registry.seizure import Basis, Report, Seized, Seizure, State, Substance

__all__ = ["Basis", "Report", "Seized", "Seizure", "State", "Substance"]
