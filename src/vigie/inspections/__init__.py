"""What a control showed, as teams report it."""

from vigie.inspections.consistency import contradictions, unlabelled
from vigie.inspections.outcome_rows import COLUMNS, ReportedOutcome, read_outcomes

__all__ = ["COLUMNS", "ReportedOutcome", "contradictions", "read_outcomes", "unlabelled"]
