"""The page of all 57 indicators of the catalogue: which are built, and what the others wait for."""

import re

WAITS = {
    "P6": ("goods outside the importer's activity", "no message or register here tells an activity code (NACE)"),
    "S1": ("origin image absent, or not the one announced", "no image is exchanged yet (issue 4)"),
    "S2": ("images of origin and arrival differ", "no image is exchanged yet (issue 4)"),
    "S3": ("scan flag without an image", "no image is exchanged yet (issue 4); R8 shows the flag alone"),
}
"""Indicator to what it asks, and what it lacks."""

GROUPS = {"P": 8, "C": 10, "W": 5, "R": 8, "E": 8, "T": 7, "I": 6, "S": 5}
"""How many indicators a group has. Source: reference page trade, 57 in all."""


def page(note: str) -> str:
    """Every indicator of the reference catalogue in order, with the ids that build it."""
    from vigie.risk import load_catalogue

    built: dict[str, list[tuple[str, str]]] = {}
    for one in sorted(load_catalogue().indicators, key=lambda each: each.id):
        if found := re.match(r"[PCWRETIS]\d+", one.id):
            built.setdefault(found[0], []).append((one.id, one.title["en"]))
    wanted = [f"{group}{number}" for group, most in GROUPS.items() for number in range(1, most + 1)]
    rows = ["# The catalogue, built and waiting\n", note,
            f"{sum(each in built for each in wanted)} of {len(wanted)} are built. Groups and grounds: "
            "[what is known of the ways](../explanation/modus-operandi.md); expressions and weights: "
            "[indicators](indicators.md).\n", "| id | asks | state |", "|---|---|---|"]
    for each in wanted:
        if each in built:
            names = ", ".join(name for name, _ in built[each])
            rows.append(f"| {each} | {built[each][0][1]} | built: {names} |")
        else:
            rows.append(f"| {each} | {WAITS[each][0]} | waits: {WAITS[each][1]} |")
    return "\n".join(rows) + "\n"
