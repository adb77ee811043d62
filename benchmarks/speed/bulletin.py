"""A yearly bulletin composed and printed, beside typst and python-docx alone with the same words; a dossier verified.

`python -m benchmarks.speed.bulletin` prints one line per figure. What is beside: the same number of tables and cells
given straight to typst, untagged, and to python-docx, without sources, links, charts or fixed bytes.
"""

import argparse
import json
import random
import time
from collections.abc import Callable
from datetime import date
from io import BytesIO
from statistics import median

import docx
import typst

from vigie.engine import docx_of, pdf_of
from vigie.registry import BulletinAsked, Document, SeizureRow, Table, compose_bulletin, csv_of, html_of, period_of
from vigie.terms import DAY

ROWS, QUICK, AGAIN = 20_000, 500, 7
"""Seizures of two years: Belgium and the Netherlands together count some 300 a year; twenty thousand is a continent's."""

TARGET_S = 2.0
COMMAND = "python -m benchmarks.speed.bulletin"
LANGUAGES = ("fr", "nl", "en", "pt", "es")


def rows(count: int, seed: int) -> list[SeizureRow]:
    """Random seizures of 2024 and 2025, all invented."""
    chance = random.Random(seed)
    start = (date(2024, 1, 1) - date(1970, 1, 1)).days
    found = []
    for number in range(count):
        grams = None if chance.random() < 0.03 else int(chance.lognormvariate(12, 2))
        place = chance.choice(("BEANR", "BEZEE", "BEGNE", "NLRTM", "NLVLI", "FRLEH"))
        found.append(SeizureRow(
            f"S{number}", number, (start + chance.randrange(731)) * DAY, place, place[:2],
            chance.choice(("cocaine", "cocaine", "cocaine", "heroin")), grams, grams, None, True, None,
            f"{chance.randrange(1, 98):02d}0000", "", chance.choice(("BR", "EC", "CO", "PY", "PA", "")), "", "", "",
            "customs", "BE", "seaport", 2, True, False, "", "",
        ))  # fmt: skip
    return found


def composed(found: list[SeizureRow], language: str) -> Document:
    """The bulletin of 2025."""
    asked = BulletinAsked(period_of(2025), date(2026, 1, 15), language, publisher="Fictavia", is_simulated=True)
    return compose_bulletin(found, asked)


def typst_alone(document: Document) -> None:
    """The tables of a document by typst itself: no tags, no links, no sources, no charts."""
    parts = []
    for table in (one for one in document.blocks if isinstance(one, Table)):
        cells = "".join(f"[{cell.text}]," for row in table.rows for cell in row).replace("#", "").replace("_", "")
        parts.append(f"#table(columns: {len(table.columns)}, {cells})")
    typst.compile("\n".join(parts).encode(), format="pdf")


def docx_alone(document: Document) -> None:
    """The tables of a document by python-docx itself: no links, no sources, no charts, no fixed bytes."""
    written = docx.Document()
    for table in (one for one in document.blocks if isinstance(one, Table)):
        made = written.add_table(rows=0, cols=len(table.columns))
        for row in table.rows:
            for cell, told in zip(made.add_row().cells, row, strict=True):
                cell.text = told.text
    written.save(BytesIO())


def timed(act: Callable[[], object]) -> list[float]:
    """Seconds of each run, the first left out: it loads libraries."""
    taken = []
    for _ in range(AGAIN + 1):
        begun = time.perf_counter()
        act()
        taken.append(time.perf_counter() - begun)
    return sorted(taken[1:])


def figures(seed: int, quick: bool) -> list[dict[str, object]]:
    """All figures; quick: the register of a country instead of a continent's."""
    count = QUICK if quick else ROWS
    found = rows(count, seed)
    document = composed(found, "fr")
    printed = {
        "pdf": (pdf_of, ("typst alone: untagged, no links, sources, charts", typst_alone)),
        "docx": (docx_of, ("python-docx alone: no links, sources, charts", docx_alone)),
        "csv": (csv_of, None), "html": (html_of, None),
    }  # fmt: skip
    told = []
    for form, (act, peer) in printed.items():
        taken = timed(lambda act=act: act(composed(found, "fr")))  # type: ignore[misc]
        beside = median(timed(lambda peer=peer: peer[1](document))) if peer else None  # type: ignore[misc]
        told.append(_figure(f"bulletin of {count} seizures as {form}", taken, peer[0] if peer else None, beside, seed))
    taken = timed(lambda: [pdf_of(composed(found, language)) for language in LANGUAGES])
    told.append(
        _figure(f"bulletin of {count} seizures as pdf in five languages", taken, None, None, seed, len(LANGUAGES))
    )
    return told


def _figure(
    name: str, taken: list[float], peer: str | None, beside: float | None, seed: int, files: int = 1
) -> dict[str, object]:
    middle = median(taken)
    return {
        "name": name, "value": round(middle, 3), "unit": "s", "target": TARGET_S * files, "peer": peer,
        "peer_value": None if beside is None else round(beside, 3),
        "ratio": None if not beside else round(middle / beside, 2), "n": len(taken), "low": round(taken[0], 3),
        "high": round(taken[-1], 3), "seed": seed, "command": COMMAND,
    }  # fmt: skip


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--seed", type=int, default=20261122)
    given = parser.parse_args()
    for figure in figures(given.seed, given.quick):
        print(json.dumps(figure, ensure_ascii=False), flush=True)
