"""How risky, and why: features declared once, indicators as data, a score that tells its reasons."""

from importlib import import_module
from typing import TYPE_CHECKING

from vigie.risk.aggregates import Aggregate, Feature, FeatureSet, Layout, Novelty
from vigie.risk.families import FAMILIES, Family, Keys, container_key, size_number, size_text, stable_key
from vigie.risk.features import FEATURE_SET, FEATURES, FRESH, MEASURES
from vigie.risk.history import KeyOf, goods_gross_g, history_rows, line_keys, line_number
from vigie.risk.live import Vector
from vigie.risk.online import LiveFeatures
from vigie.risk.prefix import Folded, MemoryState, PrefixRow, PrefixState, Retraction
from vigie.risk.rows import HistoryRow, Kind

if TYPE_CHECKING:
    from vigie.risk.backtest import (
        SLICES,
        Alone,
        Backtest,
        Measured,
        Overlap,
        Tally,
        Tested,
        alerts_sql,
        cut,
        looked_sql,
        measured,
        overlaps,
        span_sql,
        tested,
    )
    from vigie.risk.catalogue import Catalogue, load_catalogue
    from vigie.risk.columns_declared import Declared, Origin, Unit
    from vigie.risk.columns_row import COLUMNS, WatchHits, columns
    from vigie.risk.decisions import (
        DECISIONS,
        DECISIONS_VERSION,
        INSPECTED,
        IRREGULAR,
        POSITIVE,
        RANDOM,
        DecisionColumn,
        Side,
        check_inputs,
        inputs,
    )
    from vigie.risk.estimate import Estimate, Interval, bound_of_none, exact, lift, mcnemar, middle, weighted
    from vigie.risk.explain_reason import (
        band_text,
        explain,
        label,
        number,
        tell_fault,
        tell_value,
        title,
        typology_text,
    )
    from vigie.risk.indicator import Action, BadIndicator, Grade, Indicator, Weight, read_indicator
    from vigie.risk.language import BadExpression
    from vigie.risk.lifecycle import (
        STEPS,
        VERBS,
        By,
        RuleKind,
        RuleStep,
        RuleVersion,
        Rung,
        State,
        after,
        content_hash,
        in_force,
        next_change,
        possible,
        rung,
        stand,
    )
    from vigie.risk.linking import link, linked, referring
    from vigie.risk.policy import Band, Policy, Prior
    from vigie.risk.rederive import Difference, bodies_differ, vectors_differ
    from vigie.risk.score import Assessment, Assessor, Reason, Step, assess, assessor, evidence_entries, waterfall
    from vigie.risk.score_batch import WORD_BITS, derived_sql, mask_sql, score_sql
    from vigie.risk.sql import history_columns, oracle_text
    from vigie.risk.thresholds import Thresholds, policy_of, read_thresholds
    from vigie.risk.writing import fields_of, indicator_of, write_fields, write_indicator, write_json

__all__ = [
    "COLUMNS", "DECISIONS", "DECISIONS_VERSION", "FAMILIES", "FEATURES", "FEATURE_SET", "FRESH", "INSPECTED",
    "IRREGULAR", "MEASURES", "POSITIVE", "RANDOM", "SLICES", "STEPS", "VERBS", "WORD_BITS", "Action", "Aggregate",
    "Alone", "Assessment", "Assessor", "Backtest", "BadExpression", "BadIndicator", "Band", "By", "Catalogue",
    "DecisionColumn", "Declared", "Difference", "Estimate", "Family", "Feature", "FeatureSet", "Folded", "Grade",
    "HistoryRow", "Indicator", "Interval", "KeyOf", "Keys", "Kind", "Layout", "LiveFeatures", "Measured", "MemoryState",
    "Novelty", "Origin", "Overlap", "Policy", "PrefixRow", "PrefixState", "Prior", "Reason", "Retraction", "RuleKind",
    "RuleStep", "RuleVersion", "Rung", "Side", "State", "Step", "Tally", "Tested", "Thresholds", "Unit", "Vector",
    "WatchHits", "Weight", "after", "alerts_sql", "assess", "assessor", "band_text", "bodies_differ", "bound_of_none",
    "check_inputs", "columns", "container_key", "content_hash", "cut", "derived_sql", "evidence_entries", "exact",
    "explain", "fields_of", "goods_gross_g", "history_columns", "history_rows", "in_force", "indicator_of", "inputs",
    "label", "lift", "line_keys", "line_number", "link", "linked", "load_catalogue", "looked_sql", "mask_sql",
    "mcnemar", "measured", "middle", "next_change", "number", "oracle_text", "overlaps", "policy_of", "possible",
    "read_indicator", "read_thresholds", "referring", "rung", "score_sql", "size_number", "size_text", "span_sql",
    "stable_key", "stand", "tell_fault", "tell_value", "tested", "title", "typology_text", "vectors_differ",
    "waterfall", "weighted", "write_fields", "write_indicator", "write_json",
]

_LATER = {
    "backtest": "SLICES Alone Backtest Measured Overlap Tally Tested alerts_sql cut looked_sql measured overlaps "
                "span_sql tested",
    "catalogue": "Catalogue load_catalogue",
    "columns_declared": "Declared Origin Unit",
    "columns_row": "COLUMNS WatchHits columns",
    "decisions": "DECISIONS DECISIONS_VERSION INSPECTED IRREGULAR POSITIVE RANDOM DecisionColumn Side check_inputs "
                 "inputs",
    "estimate": "Estimate Interval bound_of_none exact lift mcnemar middle weighted",
    "explain_reason": "band_text explain label number tell_fault tell_value title typology_text",
    "indicator": "Action BadIndicator Grade Indicator Weight read_indicator",
    "language": "BadExpression",
    "lifecycle": "STEPS VERBS By RuleKind RuleStep RuleVersion Rung State after content_hash in_force next_change "
    "possible rung stand",
    "linking": "link linked referring",
    "policy": "Band Policy Prior",
    "rederive": "Difference bodies_differ vectors_differ",
    "score": "Assessment Assessor Reason Step assess assessor evidence_entries waterfall",
    "score_batch": "WORD_BITS derived_sql mask_sql score_sql",
    "sql": "history_columns oracle_text",
    "thresholds": "Thresholds policy_of read_thresholds",
    "writing": "fields_of indicator_of write_fields write_indicator write_json",
}
"""What is loaded when it is first asked for: the columns compile expressions, which takes some tens of milliseconds."""


def __getattr__(name: str) -> object:
    """Load what indicators and scores need when somebody asks for it."""
    for module, names in _LATER.items():
        if name in names.split():
            return getattr(import_module(f"vigie.risk.{module}"), name)
    raise AttributeError(name)
