"""The page of simulated years, written from benchmarks/years.json alone."""

import json
from pathlib import Path
from typing import Any

KEPT = Path(__file__).parents[1] / "benchmarks" / "years.json"


def page(note: str, kept: Path = KEPT) -> str:
    """Coverage of the intervals and recall per modus operandi, as measured; parts not measured yet say so."""
    told: dict[str, Any] = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else {}
    rows = ["# Simulated years\n", note, "**Everything here is simulated**, under the assumptions of [the simulated world]"
            "(../explanation/world.md). It compares ways of choosing and estimators; it promises nothing about a port.\n"]
    rows += _coverage(told.get("coverage", []), told.get("drawn", ""))
    rows += _recall(told.get("recall", {}))
    rows += _exploration(told.get("exploration", {}))
    return "\n".join(rows) + "\n"


def _coverage(cases: list[dict[str, Any]], drawn: str) -> list[str]:
    rows = ["## How often intervals cover the truth\n"]
    if not cases:
        return [*rows, "Not measured yet.\n"]
    rows += ["Aim: 0.93 to 0.97. `below` and `above`: how often the truth lay under or over the interval. Five years together "
             f"pool the draws of one port. {drawn}".rstrip() + "\n",
             "| what | covered | 95 % of that | intervals | below | above | draws | finds | mean off by |", "|---|---|---|---|---|---|---|---|---|"]
    rows += [f"| {one['name'].removeprefix('coverage ')} | {one['value']:.3f} | {one['low']:.3f} to {one['high']:.3f} | {one['n']} "
             f"| {one['below']} | {one['above']} | {one['draws']:g} | {one['hits']:g} | {one['bias']:+.1%} |" for one in cases]
    return [*rows, ""]


def _recall(told: dict[str, Any]) -> list[str]:
    rows = ["## What each channel finds at 8 % scanned\n"]
    if not told.get("rows"):
        return [*rows, "Not measured yet.\n"]
    rows += [f"Share of lots whose box was looked into; lots planted {told['uplift']:g} times as often as press figures say. "
             f"Channels taught on {told['taught_years']} years of 20,000 boxes, judged on the {told['judged_years']} years after them, "
             f"{told['chains']} port(s). By chance 0.08.\n"]
    for one in told["votes"]:
        votes = ", ".join(f"{name} {weight / 1000:g}" for name, weight in one["votes"].items()) or "none"
        who = "adapt" if one["adapt"] else "do as ever"
        rows.append(f"- Smugglers {who}: {one['positives']} finds in {one['looked']} controls; votes earned: {votes} ({one['reason']}).")
    for adapt in (False, True):
        cases = [one for one in told["rows"] if one["adapt"] is adapt]
        ways = list(dict.fromkeys(one["channels"] for one in cases))
        names = sorted({one["modus"] for one in cases} - {"all"}) + ["all"]
        by = {(one["channels"], one["modus"]): one for one in cases}
        rows += ["", f"### Smugglers {'adapt' if adapt else 'do as ever'}\n", "| modus operandi | lots | " + " | ".join(ways) + " |",
                 "|---" * (len(ways) + 2) + "|"]
        for name in names:
            lots = next((str(by[way, name]["lots"]) for way in ways if (way, name) in by), "0")
            shares = [f"{by[way, name]['recall']:.2f}" if (way, name) in by else "-" for way in ways]
            rows.append(f"| {name} | {lots} | " + " | ".join(shares) + " |")
    return [*rows, ""]


def _exploration(told: dict[str, Any]) -> list[str]:
    rows = ["## What random draws are worth when smugglers adapt\n"]
    if not told.get("rows"):
        return [*rows, "Not measured yet.\n"]
    years = sorted({one["year"] for one in told["rows"]})
    by = {(one["way"], one["year"]): one["recall"] for one in told["rows"]}
    rows += [f"{told['chains']} port(s); share of lots looked into, per year after the first lessons; lots planted "
             f"{told['uplift']:g} times as often as press figures say. The seizure channel at full weight beside the rules, taught "
             f"every second year on the controls of the {told['taught_years']} years before. Fisher's exact test of both totals: "
             f"p = {told['p']:g}.\n",
             "| shares | " + " | ".join(map(str, years)) + " | all years | 95 % of that | lots |", "|---" * (len(years) + 4) + "|"]
    rows += [f"| {way} | " + " | ".join(f"{by[way, year]:.2f}" for year in years)
             + f" | {one['recall']:.3f} | {one['low']:.3f} to {one['high']:.3f} | {one['lots']} |" for way, one in told["totals"].items()]
    return [*rows, ""]
