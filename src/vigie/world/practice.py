"""The historical practice at work: which boxes of a voyage were looked at, and what came of it."""

from random import Random

from vigie.terms import DAY, GRAMS_PER_KG, HOUR, MINUTE, Moment
from vigie.world.cases import Lot
from vigie.world.chance import between
from vigie.world.consignments import minute
from vigie.world.controls import Practice, look, practice_of
from vigie.world.drafts import Bill, Box, Voyage
from vigie.world.known import OWN, Known
from vigie.world.parameters import LATE_FIND, LATE_FIND_DAYS, RESEAL_SAID
from vigie.world.services import SOUTH_AMERICA
from vigie.world.smugglers import cover_of
from vigie.world.truth import Case, Control, TruthBook
from vigie.world.typologies import in_time

CONTROL_H = Known((1.0, 20.0), "hours after discharge", OWN + "slots of scanners")
SEIZED_DAYS = Known(4.0, "days", OWN + "how long a box with a find stays")
DETECTORS = Known({"scanner": 9, "dog": 6, "inspection-team": 8, "information": 2, "terminal": 3, "e-nose": 1},
                  "how many of each a port has", "nine scanners: Belga; the others " + OWN + "assumed")


def control(voyage: Voyage, book: TruthBook, chance: Random) -> list[Control]:
    """Let the practice control a voyage; boxes that were opened get a new seal, seized boxes stay.

    Returns:
        The controls, in the order of time; late finds inland among them. Truth goes to the book.
    """
    done: list[Control] = []
    for bill in voyage.bills:
        practice = practice_of("south-america" if bill.origin in SOUTH_AMERICA else "other")
        for box in bill.boxes:
            _box(voyage, bill, box, practice, done, book, chance)
    practice = practice_of("other")
    for box in voyage.land_empties:
        _box(voyage, None, box, practice, done, book, chance)
    book.boxes += sum(len(bill.boxes) for bill in voyage.bills)
    done.sort(key=lambda one: (one.at, one.container))
    book.controls.extend(done)
    return done


def _box(voyage: Voyage, bill: Bill | None, box: Box, practice: Practice, done: list[Control], book: TruthBook,
         chance: Random) -> None:
    lot, found = box.lot, False
    why = practice.chosen(in_time(box.traces), lot is not None, chance) or ""
    at = minute(box.landed + round(between(chance, CONTROL_H.value) * HOUR))
    if not box.empty and at > box.out - 30 * MINUTE:
        why = ""  # it had left before anybody came to it
    if why:
        seen = look(lot.concealment if lot else "", lot.kilos if lot else 0.0, chance)
        found = seen.found in {"cocaine", "people"}
        grams = None if seen.kilos is None else round(seen.kilos * GRAMS_PER_KG)
        done.append(Control(box.number, voyage.site, at, why, seen.found, grams, seen.concealment, seen.detector,
                            _which(seen.detector, voyage.site, chance), seen.depth,
                            ("customs", "federal-police") if found else ("customs",)))
        if seen.opened:
            _sealed_again(box, at, found, chance)
    if lot is None:
        return
    if not found and lot.concealment != "hotel-container" and chance.random() < LATE_FIND.value:
        done.append(_late(voyage, box, chance))
    book.cases.append(
        case_of(voyage, bill, box, lot, why, found)
    )


def case_of(voyage: Voyage, bill: Bill | None, box: Box, lot: Lot, why: str = "", found: bool = False) -> Case:
    """The truth of a loaded box: what was planted, why somebody looked, whether it was found."""
    return Case(
        box.number, bill.number if bill and not box.empty else "", voyage.site, lot.typology.id, lot.concealment,
        round(lot.kilos * GRAMS_PER_KG), lot.origin, lot.size, lot.traces, box.landed, box.out, why, found,
        cover_of(bill) if bill and not box.empty else "",
    )


def nobody(voyage: Voyage, book: TruthBook, chance: Random) -> list[Control]:
    """No practice at all: who looks is decided elsewhere. Truth goes to the book."""
    pairs = [(bill, box) for bill in voyage.bills for box in bill.boxes] + [(None, box) for box in voyage.land_empties]
    book.cases += [case_of(voyage, bill, box, box.lot) for bill, box in pairs if box.lot is not None]
    book.boxes += len(voyage.boxes)
    return []


def _which(detector: str, site: str, chance: Random) -> str:
    return f"SIM-{site[2:]}-{detector.upper()}-{chance.randrange(DETECTORS.value[detector]) + 1}"


def _sealed_again(box: Box, at: Moment, seized: bool, chance: Random) -> None:
    box.opened = at
    new = f"CUS{chance.randrange(10**7):07d}"
    box.seal_out = new
    box.resealed = new if chance.random() < RESEAL_SAID.value else ""
    if seized:
        box.released = minute(at + round(SEIZED_DAYS.value * DAY))
        box.out = minute(box.released + 6 * HOUR)
        box.returned = minute(box.out + DAY)


def _late(voyage: Voyage, box: Box, chance: Random) -> Control:
    lot = box.lot
    assert lot is not None
    at = minute(box.out + round(between(chance, LATE_FIND_DAYS.value) * DAY))
    return Control(box.number, voyage.site, at, "late", "cocaine", round(lot.kilos * GRAMS_PER_KG), lot.concealment,
                   "information", "SIM-INLAND", "fully-unloaded", ("federal-police",))
