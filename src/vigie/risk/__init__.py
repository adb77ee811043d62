"""How risky, and why: features declared once, indicators as data, a score that tells its reasons."""

from importlib import import_module
from typing import TYPE_CHECKING

from vigie.risk.aggregates import Aggregate, Feature, FeatureSet, Layout, Novelty
from vigie.risk.families import FAMILIES, Family, Keys, container_key, size_number, size_text, stable_key
from vigie.risk.features import FEATURE_SET, FEATURES, FRESH, MEASURES
from vigie.risk.history import KeyOf, goods_gross_g, history_rows, line_keys, line_number
from vigie.risk.history_late import late_keys, overlaid, sailing_row, ship_on
from vigie.risk.live import Vector
from vigie.risk.online import LiveFeatures
from vigie.risk.prefix import Folded, MemoryState, PrefixRow, PrefixState, Retraction
from vigie.risk.rows import HistoryRow, Kind

if TYPE_CHECKING:
    # isort: off
    # fmt: off
    from vigie.risk.backtest import (
        SLICES, Alone, Backtest, Measured, Overlap, Tally, Tested, cut, measured, overlaps, tested, tried_sql,
    )
    from vigie.risk.canary import Canary, Reader, canary_test, is_canary_rare, meant_for, readers
    from vigie.risk.catalogue import Catalogue, load_catalogue
    from vigie.risk.checking import Checked, DraftFault, check
    from vigie.risk.columns_declared import Declared, Origin, Unit
    from vigie.risk.columns_row import COLUMNS, WatchHits, columns
    from vigie.risk.compare import Compared, Pairing, compare_sql, pairing
    from vigie.risk.decisions import (
        DECISIONS, DECISIONS_VERSION, INSPECTED, IRREGULAR, POSITIVE, RANDOM, DecisionColumn, Side, check_inputs,
        inputs,
    )
    from vigie.risk.drift import (
        LABELS, RANDOM_STRATA, WEEK, ColumnDrift, Controls, Counted, Drawn, IndicatorDrift, Share, StratumRow, WeekRow,
        chance, needed, proposal, strata_rows, week_rows,
    )
    from vigie.risk.drift_charts import (
        ALARM_PSI, WATCH_PSI, Point, cusum, cusum_limit, psi, psi_by_chance, spread_chart,
    )
    from vigie.risk.drift_detectors import Adjusted, Cell, adjusted
    from vigie.risk.estimate import Estimate, Interval, bound_of_none, exact, lift, mcnemar, middle, weighted
    from vigie.risk.explain_reason import (
        band_text, explain, label, number, tell_draft_fault, tell_fault, tell_input, tell_value, title, typology_text,
        unit_of,
    )
    from vigie.risk.form import (
        OPERATORS_SHOWN, Condition, Group, expression_of, form_of, named_columns, read_expression, spans_of,
    )
    from vigie.risk.importing import Imported
    from vigie.risk.importing_criteria import read_criteria
    from vigie.risk.importing_jdm import read_jdm
    from vigie.risk.indicator import Action, BadIndicator, Grade, Indicator, Weight, example_row, read_indicator
    from vigie.risk.language import BadExpression, Type
    from vigie.risk.lifecycle import (
        STEPS, VERBS, By, RuleKind, RuleStep, RuleVersion, Rung, State, after, content_hash, in_force, next_change,
        possible, rung, stand,
    )
    from vigie.risk.linking import link, linked, referring
    from vigie.risk.models.calibrate import brier, calibrate, chances, ece, isotonic, reliability
    from vigie.risk.models.cases import UNKNOWN, apart
    from vigie.risk.models.channels import ChannelSet, Judged, LearningMeasured, Member, read_channels, write_channels
    from vigie.risk.models.declared import (
        DIRECT_POSITIVES, LIVE_POSITIVES, SHADOW_POSITIVES, BadModel, Field, How, Input, Label, Learner, ModelsMissing,
        ModelSpec, Role, TooFewPositives,
    )
    from vigie.risk.models.evaluate import AtCapacity, Worth, worth
    from vigie.risk.models.file import Card, ModelFile, model_hash, read_model
    from vigie.risk.models.fusion import Earned, Gain, earn
    from vigie.risk.models.house import house_fields, house_specs
    from vigie.risk.models.predict import Predictor, load_model
    from vigie.risk.models.train import train
    from vigie.risk.models.voting import Calibration, Channel, Fusion, Voting
    from vigie.risk.policy import BANDS, MOST_EVIDENCE_MILLI, PRIORS, Band, Policy, Prior
    from vigie.risk.rederive import Difference, bodies_differ, vectors_differ
    from vigie.risk.score import Assessment, Assessor, Reason, Step, assess, assessor, evidence_entries, waterfall
    from vigie.risk.score_batch import WORD_BITS, added_sql, channel_column, derived_sql, mask_sql, score_sql
    from vigie.risk.simulation import (
        SHOWN, BandCount, Fires, Load, Moved, Simulated, Slots, by_typology, differing, flags_sql, starts_sql,
        weights_of,
    )
    from vigie.risk.sql import history_columns, oracle_text
    from vigie.risk.thresholds import (
        SettingFault, Shares, Thresholds, faults_of, fusion_by, is_weighable, lean, policy_by, policy_of,
        read_thresholds, write_thresholds,
    )
    from vigie.risk.traders import trader_keys
    from vigie.risk.writing import fields_of, indicator_of, write_fields, write_indicator, write_json
    # fmt: on
    # isort: on

__all__ = [
    "ALARM_PSI", "BANDS", "COLUMNS", "DECISIONS", "DECISIONS_VERSION", "DIRECT_POSITIVES", "FAMILIES", "FEATURES",
    "FEATURE_SET",
    "FRESH", "INSPECTED", "IRREGULAR", "LABELS", "LIVE_POSITIVES", "MEASURES", "MOST_EVIDENCE_MILLI", "OPERATORS_SHOWN",
    "POSITIVE", "PRIORS", "RANDOM",
    "RANDOM_STRATA", "SHADOW_POSITIVES", "SHOWN", "SLICES", "STEPS", "UNKNOWN", "VERBS", "WATCH_PSI", "WEEK",
    "WORD_BITS",
    "Action", "Adjusted", "Aggregate", "Alone", "Assessment", "Assessor", "AtCapacity", "Backtest", "BadExpression",
    "BadIndicator", "BadModel", "Band", "BandCount", "By", "Calibration", "Canary", "Card", "Catalogue", "Cell",
    "Channel",
    "ChannelSet", "Checked", "ColumnDrift", "Compared", "Condition", "Controls", "Counted", "DecisionColumn",
    "Declared", "Difference", "DraftFault", "Drawn", "Earned", "Estimate", "Family", "Feature", "FeatureSet", "Field",
    "Fires", "Folded", "Fusion", "Gain", "Grade", "Group", "HistoryRow", "How", "Imported", "Indicator",
    "IndicatorDrift", "Input", "Interval", "Judged", "KeyOf", "Keys", "Kind", "Label", "Layout", "Learner",
    "LearningMeasured", "LiveFeatures", "Load", "Measured", "Member", "MemoryState", "ModelFile", "ModelSpec",
    "ModelsMissing", "Moved", "Novelty", "Origin", "Overlap", "Pairing", "Point", "Policy", "Predictor", "PrefixRow",
    "PrefixState", "Prior", "Reader", "Reason", "Retraction", "Role", "RuleKind", "RuleStep", "RuleVersion", "Rung",
    "SettingFault", "Share", "Shares", "Side", "Simulated", "Slots", "State", "Step", "StratumRow", "Tally", "Tested",
    "Thresholds",
    "TooFewPositives", "Type", "Unit", "Vector", "Voting", "WatchHits", "WeekRow", "Weight", "Worth", "added_sql",
    "adjusted", "after", "apart",
    "assess", "assessor", "band_text", "bodies_differ", "bound_of_none", "brier", "by_typology",
    "calibrate", "canary_test", "chance", "chances", "channel_column", "check", "check_inputs", "columns",
    "compare_sql", "container_key", "content_hash", "cusum", "cusum_limit", "cut", "derived_sql", "differing", "earn",
    "ece", "evidence_entries", "exact", "example_row", "explain", "expression_of", "faults_of", "fields_of",
    "flags_sql", "form_of", "fusion_by",
    "goods_gross_g", "history_columns", "history_rows", "house_fields", "house_specs", "in_force", "indicator_of",
    "inputs", "is_canary_rare", "is_weighable", "isotonic", "label", "late_keys", "lean", "lift", "line_keys",
    "line_number", "link", "linked",
    "load_catalogue", "load_model", "mask_sql", "mcnemar", "meant_for", "measured", "middle", "model_hash",
    "named_columns", "needed", "next_change", "number", "oracle_text", "overlaid", "overlaps", "pairing", "policy_by",
    "policy_of",
    "possible", "proposal", "psi", "psi_by_chance", "read_channels", "read_criteria", "read_expression",
    "read_indicator", "read_jdm", "read_model", "read_thresholds", "readers", "referring", "reliability", "rung",
    "sailing_row", "score_sql", "ship_on", "size_number", "size_text", "spans_of", "spread_chart", "stable_key",
    "stand",
    "starts_sql",
    "strata_rows", "tell_draft_fault", "tell_fault", "tell_input", "tell_value", "tested", "title", "trader_keys",
    "train",
    "tried_sql", "typology_text", "unit_of", "vectors_differ", "waterfall", "week_rows", "weighted", "weights_of",
    "worth", "write_channels", "write_fields", "write_indicator", "write_json", "write_thresholds",
]  # fmt: skip

_LATER = {
    "backtest": "SLICES Alone Backtest Measured Overlap Tally Tested cut measured overlaps tested "
                "tried_sql",
    "canary": "Canary Reader canary_test is_canary_rare meant_for readers",
    "catalogue": "Catalogue load_catalogue",
    "checking": "Checked DraftFault check",
    "columns_declared": "Declared Origin Unit",
    "compare": "Compared Pairing compare_sql pairing",
    "columns_row": "COLUMNS WatchHits columns",
    "decisions": "DECISIONS DECISIONS_VERSION INSPECTED IRREGULAR POSITIVE RANDOM DecisionColumn Side check_inputs "
                 "inputs",
    "drift": "Controls Counted ColumnDrift Drawn IndicatorDrift Share StratumRow WeekRow LABELS RANDOM_STRATA WEEK "
    "chance needed proposal strata_rows week_rows",
    "drift_charts": "ALARM_PSI WATCH_PSI Point cusum cusum_limit psi psi_by_chance spread_chart",
    "drift_detectors": "Adjusted Cell adjusted",
    "estimate": "Estimate Interval bound_of_none exact lift mcnemar middle weighted",
    "explain_reason": "band_text explain label number tell_draft_fault tell_fault tell_input tell_value title"
                      " typology_text unit_of",
    "form": "OPERATORS_SHOWN Condition Group expression_of form_of named_columns read_expression spans_of",
    "importing": "Imported",
    "importing_criteria": "read_criteria",
    "importing_jdm": "read_jdm",
    "indicator": "Action BadIndicator Grade Indicator Weight example_row read_indicator",
    "language": "BadExpression Type",
    "lifecycle": "STEPS VERBS By RuleKind RuleStep RuleVersion Rung State after content_hash in_force next_change "
    "possible rung stand",
    "linking": "link linked referring",
    "models.calibrate": "brier calibrate chances ece isotonic reliability",
    "models.cases": "UNKNOWN apart",
    "models.channels": "ChannelSet Judged LearningMeasured Member read_channels write_channels",
    "models.declared": "DIRECT_POSITIVES LIVE_POSITIVES SHADOW_POSITIVES BadModel Field How Input Label Learner"
                       " ModelsMissing ModelSpec Role TooFewPositives",
    "models.evaluate": "AtCapacity Worth worth",
    "models.file": "Card ModelFile model_hash read_model",
    "models.fusion": "Earned Gain earn",
    "models.house": "house_fields house_specs",
    "models.predict": "Predictor load_model",
    "models.train": "train",
    "models.voting": "Calibration Channel Fusion Voting",
    "policy": "BANDS MOST_EVIDENCE_MILLI PRIORS Band Policy Prior",
    "rederive": "Difference bodies_differ vectors_differ",
    "score": "Assessment Assessor Reason Step assess assessor evidence_entries waterfall",
    "score_batch": "added_sql WORD_BITS channel_column derived_sql mask_sql score_sql",
    "simulation": "SHOWN BandCount Fires Load Moved Simulated Slots by_typology differing flags_sql starts_sql "
                  "weights_of",
    "sql": "history_columns oracle_text",
    "traders": "trader_keys",
    "thresholds": "SettingFault Shares Thresholds faults_of fusion_by is_weighable lean policy_by policy_of"
    " read_thresholds write_thresholds",
    "writing": "fields_of indicator_of write_fields write_indicator write_json",
}
"""What is loaded when it is first asked for: the columns compile expressions, which takes some tens of milliseconds."""


def __getattr__(name: str) -> object:
    """Load what indicators and scores need when somebody asks for it."""
    for module, names in _LATER.items():
        if name in names.split():
            return getattr(import_module(f"vigie.risk.{module}"), name)
    raise AttributeError(name)
