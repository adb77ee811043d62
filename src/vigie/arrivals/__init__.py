"""What is announced and what came: foreign messages become canonical rows; nothing is refused for its form."""

from vigie.arrivals.cargo import Call, Consignment, Equipment, Function, GoodsItem, Level, Route, Seal, Stowed
from vigie.arrivals.events import Classifier, Measurement, Movement, Port, Position, Quantity
from vigie.arrivals.reading import Part, PartReader, Reading, Row, Splitter
from vigie.arrivals.sniff import read, recognise, split

__all__ = [
    "Call", "Classifier", "Consignment", "Equipment", "Function", "GoodsItem", "Level", "Measurement", "Movement",
    "Part", "PartReader", "Port", "Position", "Quantity", "Reading", "Route", "Row", "Seal", "Splitter", "Stowed",
    "read", "recognise", "split",
]
