"""A world written to a folder: messages on one side, the truth apart, and a note that all of it is simulated."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from vigie.world.emit import Emission
from vigie.world.truth import TruthBook

README = """SIMULATED - SIMULÉ - GESIMULEERD - SIMULADO

Everything in this folder was made by `vigie world generate`. No box, party, ship or find is real.
Messages (messages/) come from the sender SIMULATED, in the formats in which real senders write.
Outcomes (outcomes/) are tables of what simulated controls found: vigie inspections record --csv FILE.
truth.jsonl says what was planted and which boxes a simulated control looked into; nothing of it stands in a message.
Sums over this folder are no figures of any service.
"""


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
    written: Counter[str] = Counter()
    for emission in emissions:
        home = homes["outcomes" if emission.kind == "controls" else "messages"]
        (home / emission.name).write_bytes(emission.body)
        written[emission.kind] += 1
    with (folder / "truth.jsonl").open("wb") as truth:
        truth.writelines(book.lines())
    (folder / "README").write_text(
        README + "\n" + "".join(f"{name}: {value}\n" for name, value in made_with.items()), encoding="utf-8"
    )
    written["boxes"], written["cases"] = book.boxes, len(book.cases)
    return written
