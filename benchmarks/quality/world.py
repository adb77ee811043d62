"""Press figures beside simulated years: mean, central 80 %, and whether each published figure lies inside.

Counts and kilograms only; nothing is rescaled after the draw. `python -m benchmarks.quality.world` prints the table.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from statistics import fmean, stdev
from typing import Any

from vigie.world import PRESS_YEARS, PROVENANCE, YearSum, simulate_year

COMMAND = "python -m benchmarks.quality.world"
_FEW = 50  # below this many lots a year, a mean needs many more years


def _quantile(values: list[float], share: float) -> float:
    return sorted(values)[round(share * (len(values) - 1))]


def _row(name: str, published: float, values: list[float], unit: str, seed: int) -> dict[str, Any]:
    low, high = _quantile(values, 0.1), _quantile(values, 0.9)
    mean = fmean(values)
    return {
        "name": name, "value": round(mean, 3), "unit": unit,
        "target": f"mean within 10 % of {published:g}, and {published:g} inside the central 80 %",
        "peer": "press", "peer_value": published, "ratio": round(mean / published, 4), "n": len(values),
        "low": round(low, 3), "high": round(high, 3), "seed": seed, "command": COMMAND,
        "inside": low <= published <= high, "within": abs(mean / published - 1) <= 0.10,
        "error_of_mean": round(stdev(values) / len(values) ** 0.5, 3),
    }


def _rows(seed: int, years: int) -> Iterator[dict[str, Any]]:
    for figures in PRESS_YEARS:
        if figures.tonnes.is_own:
            continue  # an assumption of ours is no published figure to be judged by
        count = years if figures.findings.value > _FEW else years * 10
        drawn: list[YearSum] = [simulate_year(seed + step, figures.site, figures.year) for step in range(count)]
        name = f"{figures.site} {figures.year}"
        for published in dict.fromkeys(figures.published):
            yield _row(f"{name} tonnes", published, [year.kilos / 1000 for year in drawn], "t/year", seed)
        if not figures.findings.is_own:
            yield _row(f"{name} findings", figures.findings.value, [float(year.findings) for year in drawn],
                       "findings/year", seed)
        if (figures.site, figures.year) == ("BEANR", 2019):
            for country in ("BR", "EC", "CO"):
                yield _row(f"{name} tonnes from {country}", round(PROVENANCE.value[country] * 61.8, 2),
                           [year.by_origin.get(country, 0.0) / 1000 for year in drawn], "t/year", seed)


def figures(seed: int, quick: bool) -> list[dict[str, Any]]:
    """Simulate years and set them beside the press. quick: 200 years a figure instead of 2,000."""
    return list(_rows(seed, 200 if quick else 2000))


def main() -> int:
    """Print the table; 1 where a published figure lies outside."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seed", type=int, default=0)
    asked.add_argument("--years", type=int, default=200)
    asked.add_argument("--json", action="store_true")
    given = asked.parse_args()
    wrong = 0
    for row in _rows(given.seed, given.years):
        wrong += not (row["inside"] and row["within"])
        if given.json:
            print(json.dumps(row))
        else:
            told = "ok" if row["inside"] and row["within"] else "OUTSIDE"
            print(f"{row['name']:32} press {row['peer_value']:8g}  mean {row['value']:8.2f} ± {row['error_of_mean']:5.2f}"
                  f"  80 % {row['low']:7.2f} to {row['high']:7.2f}  n {row['n']:5}  {told}")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
