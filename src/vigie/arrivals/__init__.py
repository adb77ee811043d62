"""What is announced and what came: foreign messages become canonical rows; nothing is refused for its form."""

from typing import TYPE_CHECKING, Any

from vigie.arrivals.cargo import Call, Consignment, Equipment, Function, GoodsItem, Level, Route, Seal, Stowed
from vigie.arrivals.events import Classifier, Measurement, Movement, Port, Position, Quantity
from vigie.arrivals.reading import Part, PartReader, Reading, Row, Splitter, doubt_texts
from vigie.arrivals.sniff import read, reader, recognise, split

if TYPE_CHECKING:
    from vigie.arrivals.ais import write_ais
    from vigie.arrivals.dcsa import write_dcsa_events
    from vigie.arrivals.edifact import (
        RUN,
        Sending,
        write_baplie,
        write_coarri,
        write_codeco,
        write_cuscar,
        write_cusres,
        write_iftsta,
        write_vermas,
    )
    from vigie.arrivals.ens import write_cc315a
    from vigie.arrivals.epcis import write_epcis
    from vigie.arrivals.ics2 import write_ics2
    from vigie.arrivals.table import read_column_map

_LATER = {
    "read_column_map": "table",
    "RUN": "edifact",
    "Sending": "edifact", "write_ais": "ais", "write_baplie": "edifact", "write_cc315a": "ens",
    "write_coarri": "edifact", "write_codeco": "edifact", "write_cuscar": "edifact", "write_cusres": "edifact",
    "write_dcsa_events": "dcsa", "write_epcis": "epcis", "write_ics2": "ics2", "write_iftsta": "edifact",
    "write_vermas": "edifact",
}

__all__ = [
    "RUN", "Call", "Classifier", "Consignment", "Equipment", "Function", "GoodsItem", "Level", "Measurement",
    "Movement", "Part", "PartReader", "Port", "Position", "Quantity", "Reading", "Route", "Row", "Seal", "Sending",
    "Splitter", "Stowed", "doubt_texts", "read", "read_column_map", "reader", "recognise", "split", "write_ais",
    "write_baplie", "write_cc315a", "write_coarri", "write_codeco", "write_cuscar", "write_cusres",
    "write_dcsa_events", "write_epcis", "write_ics2", "write_iftsta", "write_vermas",
]


def __getattr__(name: str) -> Any:
    """Load a writer, or the reader of column maps, when it is first asked for: reading messages needs none of them."""
    if name not in _LATER:
        raise AttributeError(name)
    from importlib import import_module

    return getattr(import_module(f"vigie.arrivals.{_LATER[name]}"), name)
