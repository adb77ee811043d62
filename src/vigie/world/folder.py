"""A world written to a folder: messages on one side, the truth apart, and a note that all of it is simulated."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from vigie.terms import DAY, Moment
from vigie.world.emit import Emission
from vigie.world.insiders import access_log, as_access_csv
from vigie.world.truth import TruthBook
from vigie.world.written import YARD_MAP

README = """SIMULATED - SIMULÉ - GESIMULEERD - SIMULADO

Everything in this folder was made by `vigie world generate`. No box, party, ship or find is real.
Messages (messages/) come from the sender SIMULATED, in the formats in which real senders write.
Outcomes (outcomes/) are tables of what simulated controls found: vigie inspections record --csv FILE.
Where the world tells what happens under way: yard/ holds tables of moves in the yard, read with the column
map yard.toml; releases/ the events of release rights as a terminal's own system sends them; access.csv who looked
boxes up in the terminal's system.
truth.jsonl says what was planted and which boxes a simulated control looked into; nothing of it stands in a message.
Sums over this folder are no figures of any service.
"""


_APART = {"yard": "yard", "rights": "releases"}


def _access(book: TruthBook, seed: float | str) -> str:
    """Who looked boxes up while they stood on the terminal; each planted behaviour has one person."""
    begin = min(stay.landed for stay in book.stays) // DAY * DAY
    days = max(max(stay.out for stay in book.stays) // DAY - begin // DAY + 1, 1)
    log = access_log(int(seed), book.stays, Moment(begin), days)
    book.insiders.extend(log.planted)
    return as_access_csv(log.rows)


def write_world(
    folder: Path,
    emissions: Iterable[Emission],
    book: TruthBook,
    **made_with: str | float,
) -> Counter[str]:
    """Write emissions to `messages/`, tables of controls to `outcomes/`, the truth to `truth.jsonl`, and a README.

    Args:
        folder: Made where it is missing.
        emissions: Used up.
        book: The book that was given to `generate`.
        made_with: Seed, site, days, scale, uplift: told in the README.

    Returns:
        How many files of each kind were written; `boxes` counts landed boxes, `cases` planted lots.
    """
    homes = {kind: folder / kind for kind in ("messages", "outcomes")}
    for home in homes.values():
        home.mkdir(parents=True, exist_ok=True)
    homes |= {kind: folder / home for kind, home in _APART.items()}
    written: Counter[str] = Counter()
    for emission in emissions:
        home = homes.get("outcomes" if emission.kind == "controls" else emission.kind, homes["messages"])
        if emission.kind in _APART and not home.exists():
            home.mkdir()
            (folder / "yard.toml").write_text(YARD_MAP, encoding="utf-8")
        (home / emission.name).write_bytes(emission.body)
        written[emission.kind] += 1
    if book.stays:
        (folder / "access.csv").write_text(_access(book, made_with.get("seed", 0)), encoding="utf-8")
    with (folder / "truth.jsonl").open("wb") as truth:
        truth.writelines(book.lines())
    (folder / "README").write_text(
        README + "\n" + "".join(f"{name}: {value}\n" for name, value in made_with.items()), encoding="utf-8"
    )
    written["boxes"], written["cases"] = book.boxes, len(book.cases)
    return written
