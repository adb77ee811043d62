"""Decisions of an invented year with a planted truth, and a node on which models were taught from them."""

import numpy as np
from tests.desk.port import BOB
from tests.risk.models.planted import house_rows

from vigie.desk import models

FIRST = 1_700_000_000_000_000
STEP = 3_600_000_000


def decisions(rows=2600, seed=5, found=True):
    """Rows of the decision table: six in ten were looked at, some of them drawn by chance."""
    table, truth = house_rows(rows, seed)
    draw = np.random.default_rng(seed)
    truth = truth | (draw.random(rows) < 0.004)
    made = []
    for place in range(rows):
        looked, at = bool(draw.random() < 0.6), FIRST + place * STEP
        by_chance = looked and draw.random() < 0.3
        odd = "wrong-seal" if draw.random() < 0.06 else "nothing"
        row = {name: values[place] for name, values in table.items()}
        row |= {"visit": f"V{place}-1", "at": at, "unit": place, "chosen": looked, "scanner": "S1", "team": "north"}
        row |= {"stratum": "uniform" if by_chance else "score" if looked else "", "propensity": 0.2 if by_chance else None}
        if looked:
            row |= {"found": "cocaine" if truth[place] and found else odd, "outcome_at": at + STEP // 2}
        made.append(row)
    return made


def taught(node, rows=3300, officer=BOB):
    """A node whose archive holds decisions, and a draft that an officer taught on them."""
    node.archive.write_rows(decisions(rows), 0)
    return models.train(officer, node, "first year")
