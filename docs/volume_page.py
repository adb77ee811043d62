"""The page of volume, written from benchmarks/fold.json alone."""

import json
from pathlib import Path
from typing import Any

KEPT = Path(__file__).parents[1] / "benchmarks" / "fold.json"
GOALS = "Goals for 100 million rows on two cores: 250 s, 1,000 MB, exponent 1.05, a new rule in 60 s."


def page(note: str, kept: Path = KEPT) -> str:
    """The measured curve of the fold over files, with its peers."""
    told: dict[str, Any] = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else {}
    rows = ["# Volume\n", note, "Twelve history features over an invented log of three years, from Parquet to Parquet, by "
            f"`python -m benchmarks.speed.fold --long`. {GOALS}\n"]
    if not told:
        return "\n".join([*rows, "Not measured yet.\n"])
    rows += ["| rows | time | processor seconds | memory of all processes | log | files meanwhile, at most | result | new rule over the result |",
             "|---|---|---|---|---|---|---|---|"]
    for size, one in told["sizes"].items():
        plan = one["plan"]
        rows.append(f"| {int(size):,} | {plan['wall_s']:g} s | {plan['cpu_s']:g} | {plan['peak_mb']:g} MB | {plan['log_mb']:,g} MB "
                    f"| {plan['disk_mb']:,g} MB | {plan['result_mb']:,g} MB | {one['rule']['wall_s']:g} s |")
    rows += ["", f"Time, memory and processor seconds are those of {told['cores']} worker processes, the one that hands out and their "
             "start; pages of files are not counted as memory.\n", "| rows | ours | DuckDB | Polars | one process |", "|---|---|---|---|---|"]
    for size, one in told["sizes"].items():
        if "duckdb" in one:
            beside = [f"{one[name]['cpu_s']:g} s, {one[name]['peak_mb']:g} MB" if name in one else "-"
                      for name in ("plan", "duckdb", "polars", "serial")]
            rows.append(f"| {int(size):,} | " + " | ".join(beside) + " |")
    slope = next(one for one in told["figures"] if one["name"].startswith("exponent"))
    rows += ["", f"Processor seconds and memory, checksums equal. Exponent of the tasks' processor seconds, fitted over {slope['n']} sizes: "
             f"{slope['value']}.\n"]
    return "\n".join(rows) + "\n"
