"""Small tables of the same columns as the public ones, with something planted in them."""

import csv

import numpy as np
from benchmarks.quality import chicago, kcs


def kcs_rows(rows=1500, seed=1, since="2020-01-01", days=300, first=0):
    """Declarations: goods 010101 from BR are irregular half of the time, 020202 from EC critically."""
    draw = np.random.default_rng(seed)
    told = []
    for place in range(rows):
        code, origin = draw.choice(["010101", "020202", "030303", "040404"]), draw.choice(["BR", "EC", "NL"])
        critical = code == "020202" and origin == "EC" and draw.random() < 0.6
        fraud = critical or (code == "010101" and origin == "BR" and draw.random() < 0.7) or draw.random() < 0.02
        row = dict.fromkeys(kcs.CELLS, "1") | {
            "Declaration ID": str(first + place), "HS6 Code": code, "Country of Departure": origin,
            "Country of Origin": origin, "Tax Rate": "8.0", "Net Mass": f"{draw.uniform(1, 900):.1f}",
            "Date": str(np.datetime64(since) + int(place * days / rows)), "Fraud": str(int(fraud)),
            "Item Price": f"{draw.uniform(10, 9000):.2f}", "Critical Fraud": "2" if critical else str(int(fraud)),
        }  # fmt: skip
        told.append(row)
    return told


def chicago_rows(rows=1200, seed=1, since="2012-01-01", days=900, first=0, learnt="True"):
    """Inspections: purple finds much, brown little; a licence that failed before fails again."""
    draw = np.random.default_rng(seed)
    told = []
    for place in range(rows):
        licence, who = int(draw.integers(0, 300)), draw.choice(["purple", "blue", "brown"])
        chance = {"purple": 0.5, "blue": 0.25, "brown": 0.03}[who] * (1.6 if licence % 3 == 0 else 0.7)
        found = draw.random() < chance
        row = dict.fromkeys(chicago.CELLS, "0.0") | {
            "Inspection_Date": str(np.datetime64(since) + int(place * days / rows)), "License": str(licence),
            "Inspection_ID": str(first + place), "Facility_Type": draw.choice(["Restaurant", "Other"]),
            "Inspector_Assigned": who, "criticalFound": str(float(found)), "fail_flag": str(float(found)),
            "temperatureMax": f"{draw.uniform(10, 90):.2f}", "score": f"{draw.uniform(0, 1):.3f}", "Train": learnt,
            "timeSinceLast": f"{draw.uniform(0, 2):.3f}", "ageAtInspection": f"{draw.uniform(0, 9):.3f}",
        }  # fmt: skip
        told.append(row)
    return told


def written(path, rows):
    with path.open("w", newline="") as opened:
        made = csv.DictWriter(opened, rows[0])
        made.writeheader()
        made.writerows(rows)
    return path
