"""UN/EDIFACT: messages of ports, carriers and customs are cut into parts, read, and written."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vigie.arrivals.edifact.forms import RUN
    from vigie.arrivals.edifact.parts import split
    from vigie.arrivals.edifact.rows import PartsReader, read, read_all
    from vigie.arrivals.edifact.syntax import segments
    from vigie.arrivals.edifact.write import Sending
    from vigie.arrivals.edifact.writers.manifest import write_cuscar
    from vigie.arrivals.edifact.writers.moves import write_coarri, write_codeco, write_iftsta
    from vigie.arrivals.edifact.writers.plan import write_baplie
    from vigie.arrivals.edifact.writers.response import write_cusres
    from vigie.arrivals.edifact.writers.weights import write_vermas

_HOMES = {
    "RUN": "forms", "PartsReader": "rows", "Sending": "write", "read": "rows", "read_all": "rows", "segments": "syntax",
    "split": "parts", "write_baplie": "writers.plan", "write_coarri": "writers.moves",
    "write_codeco": "writers.moves", "write_cuscar": "writers.manifest", "write_cusres": "writers.response",
    "write_iftsta": "writers.moves", "write_vermas": "writers.weights",
}  # fmt: skip

__all__ = [
    "RUN", "PartsReader", "Sending", "read", "read_all", "segments", "split", "write_baplie", "write_coarri",
    "write_codeco", "write_cuscar", "write_cusres", "write_iftsta", "write_vermas",
]


def __getattr__(name: str) -> Any:
    """Load a reader or writer when it is first asked for."""
    if name not in _HOMES:
        raise AttributeError(name)
    from importlib import import_module

    return getattr(import_module(f"vigie.arrivals.edifact.{_HOMES[name]}"), name)
