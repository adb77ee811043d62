"""How risky, and why: features declared once, indicators as data, a score that tells its reasons."""

from vigie.risk.aggregates import Aggregate, Feature, FeatureSet, Layout, Novelty
from vigie.risk.families import FAMILIES, Family, Keys, container_key, size_number, size_text, stable_key
from vigie.risk.features import FEATURE_SET, FEATURES, FRESH, MEASURES
from vigie.risk.history import KeyOf, goods_gross_g, history_rows, line_keys, line_number
from vigie.risk.live import Vector
from vigie.risk.online import LiveFeatures
from vigie.risk.prefix import Folded, MemoryState, PrefixRow, PrefixState, Retraction
from vigie.risk.rows import HistoryRow, Kind

__all__ = [
    "FAMILIES", "FEATURES", "FEATURE_SET", "FRESH", "MEASURES", "Aggregate", "Family", "Feature", "FeatureSet",
    "Folded", "HistoryRow", "KeyOf", "Keys", "Kind", "Layout", "LiveFeatures", "MemoryState", "Novelty", "PrefixRow",
    "PrefixState", "Retraction", "Vector", "container_key", "goods_gross_g", "history_rows", "line_keys",
    "line_number", "size_number", "size_text", "stable_key",
]
