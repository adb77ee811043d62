"""What happens to boxes after they are announced: aboard, in the yard, at the gate; planted, with innocent twins.

It is drawn from a stream of its own and only when asked for, so that a world without it stays what it was to the byte.
"""

from random import Random

from vigie.terms import DAY, HOUR, MINUTE, Moment, Party, PartyRole
from vigie.world.chance import between, spread
from vigie.world.consignments import minute
from vigie.world.drafts import Bill, Box, Voyage
from vigie.world.insiders import AccessBox
from vigie.world.known import OWN, Known
from vigie.world.parties import odd_haulier
from vigie.world.truth import Control, TruthBook, Underway

Chances = tuple[float, float]
"""Chance of a trace on a box with a fitting lot, and on a clean one."""

RESTOWED: Known[Chances] = Known((0.35, 0.004), "shares", "eur.nl scripts (container via vessel): the box is brought "
                                 "within reach; " + OWN + "how often; ships restow some honestly")
LOW_VALUE: Known[Chances] = Known((0.45, 0.004), "shares", "trade.md C5; " + OWN + "how often")
MAILBOX: Known[Chances] = Known((0.60, 0.03), "shares of new consignees", "nltimes 26.4.2021: front companies share "
                                "addresses; " + OWN + "how often; business centres are honest mostly")
YARD_MOVED: Known[Chances] = Known((0.40, 0.02), "shares of chosen boxes", "WCO News 102: insiders move boxes on the "
                                   "terminal; " + OWN + "how often")
REISSUED: Known[Chances] = Known((0.50, 0.004), "shares", "TradeWinds 15.10.2024: an insider and a code; " + OWN
                                 + "how often")
MANY_HANDS: Known[Chances] = Known((0.35, 0.003), "shares", "Certified Pick up, Secure Chain: who may hold a right; "
                                   + OWN + "how often")
REFUSED: Known[Chances] = Known((0.35, 0.003), "shares", "Portbase: refused attempts; " + OWN + "how often")
LINGERED: Known[Chances] = Known((0.15, 0.01), "shares of voyages with a lot, without", "InSight Crime (MSC Gayane), "
                                 "agf.nl (drop-off along the coast); " + OWN + "how often; engines and storms")
TOGETHER = Known(0.5, "chance that a second lot of a ship is stowed beside the first", "darkdotnet (a box found near a "
                 "hotel container); " + OWN + "how often")
LOW_SHARE = Known((0.05, 0.2), "of the usual value", OWN + "a value nobody would ship the goods for")
LINGERED_H = Known((5.0, 12.0), "hours", OWN + "a transfer in the open sea and the way made good")
CHOSEN_H = Known((3.0, 12.0), "hours before the control", OWN + "when customs tells the terminal")
LINGERED_DAYS = Known((2.5, 4.5), "days before arrival", OWN + "in the open sea, within what a port's node hears")
PRICE_SPREAD = Known(0.25, "log-sd of the value of a bill", OWN + "qualities and seasons")
HIDDEN_IN = frozenset(("behind-doors", "within-load"))
MAILBOXES = 1
"""Addresses that front companies of a site share. Source: own; with some firms a month one is found in weeks."""
GANG_LORRIES = 2  # own: a crew has one lorry, or two
PAID_FOR = frozenset(("in-goods", "front-company"))
FETCHED = frozenset(("pin-code", "front-company", "consignee-changed"))
BLOCKS = "ABCDEFGH"


def unfold(voyage: Voyage, controls: list[Control], book: TruthBook, chance: Random) -> None:
    """Let a voyage's boxes be valued, restowed, moved and collected; what was planted goes to the book.

    Args:
        voyage: Filled, planted, befallen, controlled. controls: Of it.
    """
    looked = {one.container: one for one in controls if one.why != "late"}
    for bill in voyage.bills:
        _price(bill, book, chance)
        _address(bill, book, chance)
        for box in bill.boxes:
            _restow(box, book, chance)
            _yard(box, looked.get(box.number), book, chance)
            _rights(voyage, bill, box, book, chance)
            book.stays.append(_stay(bill, box, looked.get(box.number)))
    _together(voyage, book, chance)
    _beside(voyage, looked, book, chance)
    loaded = any(box.lot is not None for box in voyage.boxes)
    if chance.random() < LINGERED.value[not loaded]:
        since = minute(voyage.arrival - round(between(chance, LINGERED_DAYS.value) * DAY))
        voyage.lingered = since, between(chance, LINGERED_H.value)
        _note(voyage.boxes[0], "lingered", book, loaded)


def _note(box: Box, trace: str, book: TruthBook, planted: bool) -> None:
    book.underway.append(Underway(box.number, box.landed, trace, planted))


def _happens(box: Box, fits: bool, chances: Known[Chances], chance: Random) -> bool:
    return chance.random() < chances.value[not (box.lot is not None and fits)]


def _price(bill: Bill, book: TruthBook, chance: Random) -> None:
    """A bill has one price; who hides a lot in worthless goods says so in the value."""
    lot = next((box.lot for box in bill.boxes if box.lot is not None), None)
    share = spread(chance, PRICE_SPREAD.value)
    first = bill.boxes[0]
    fits = lot is not None and (lot.typology.id in PAID_FOR or lot.concealment == "in-goods")
    if chance.random() < LOW_VALUE.value[not fits]:
        share = between(chance, LOW_SHARE.value)
        _note(first, "low-value", book, fits)
    for box in bill.boxes:
        box.value_minor = round(bill.goods.value_kg * box.cargo_kg * share)


def _address(bill: Bill, book: TruthBook, chance: Random) -> None:
    """A firm never seen before has its seat where many others have theirs."""
    if not any("new-consignee" in box.traces for box in bill.boxes):
        return
    lot = any(box.lot is not None for box in bill.boxes)
    if chance.random() < MAILBOX.value[not lot]:
        number = chance.randrange(MAILBOXES) + 1
        bill.parties = tuple(_moved_to(party, number) for party in bill.parties)
        bill.importer = _moved_to(bill.importer, number)
        _note(bill.boxes[0], "mailbox", book, lot)


def _moved_to(party: Party, number: int) -> Party:
    if party.role is not PartyRole.CONSIGNEE or not party.street:
        return party
    return Party(party.role, party.name, party.eori, f"Brievenbusplein {number}", "Antwerpen", "2999", "BE",
                 party.person_type)  # fmt: skip


def _restow(box: Box, book: TruthBook, chance: Random) -> None:
    if _happens(box, box.lot is not None and box.lot.concealment in HIDDEN_IN, RESTOWED, chance):
        tier = "82" if box.stow[-2] == "8" or box.stow[-2] == "9" else "02"
        free = f"{chance.randrange(100, 140) * 2 + 1:03d}{chance.randrange(12):02d}{tier}"
        box.restow = free
        _note(box, "restowed-low", book, box.lot is not None)


def _yard(box: Box, control: Control | None, book: TruthBook, chance: Random) -> None:
    """Where the crane puts it; a chosen box is brought to its control, and sometimes elsewhere before."""
    place = f"{chance.choice(BLOCKS)}{chance.randrange(1, 30):02d}", chance.randrange(1, 60), chance.randrange(1, 10)
    box.slots = ((Moment(box.landed + 20 * MINUTE), _slot(place)),)
    if control is None or control.at <= box.landed:
        return
    box.chosen = minute(max(box.landed + 30 * MINUTE, control.at - round(between(chance, CHOSEN_H.value) * HOUR)))
    moves = [Moment(control.at - 10 * MINUTE)]
    if _happens(box, True, YARD_MOVED, chance):
        moves = [Moment(box.chosen + part * (control.at - box.chosen) // 4) for part in (1, 2)] + moves
        _note(box, "moved-after-choice", book, box.lot is not None)
    for number, at in enumerate(moves):
        box.slots += ((at, f"X{number + 1:02d}-{chance.randrange(1, 60):02d}-{chance.randrange(1, 10):02d}-1"),)


def _slot(place: tuple[str, int, int], tier: int = 1) -> str:
    return f"{place[0]}-{place[1]:02d}-{place[2]:02d}-{tier}"


def _rights(voyage: Voyage, bill: Bill, box: Box, book: TruthBook, chance: Random) -> None:
    """Through whose hands the right to collect it goes; who steals a box needs the right, or a code."""
    lot = box.lot
    fits = lot is not None and lot.typology.id in FETCHED
    box.lorry = f"1-{box.haulier[-3:]}-{chance.randrange(6)}"
    if fits:
        box.lorry = f"9-GNG-{chance.randrange(GANG_LORRIES)}"
        box.haulier = odd_haulier(chance)
        _note(box, "lorry-of-many", book, True)
    box.reissued = _happens(box, fits, REISSUED, chance)
    box.hands = chance.randrange(5, 8) if _happens(box, fits, MANY_HANDS, chance) else 2
    box.refused = _happens(box, fits, REFUSED, chance)
    for name, said in (("reissued", box.reissued), ("many-hands", box.hands > 2), ("refused", box.refused)):
        if said:
            _note(box, name, book, fits)


def _stay(bill: Bill, box: Box, control: Control | None) -> AccessBox:
    positive = control is not None and control.found in {"cocaine", "people"}
    return AccessBox(box.number, bill.loading, box.landed, box.out, None if control is None else control.at, positive,
                     box.lot is not None)  # fmt: skip


def _together(voyage: Voyage, book: TruthBook, chance: Random) -> None:
    """The second lot of a ship is stowed beside the first: who reaches one reaches the other."""
    loaded = [box for box in voyage.boxes if box.lot is not None and box.stow]
    if len(loaded) < 2 or chance.random() >= TOGETHER.value:
        return
    first, second = loaded[:2]
    row = int(first.stow[3:5])
    beside = f"{first.stow[:3]}{row + 2 if row + 2 < 12 else row - 2:02d}{first.stow[5:]}"
    other = next((box for box in voyage.boxes if box.stow == beside), None)
    if other is second:
        return
    if other is not None:
        other.stow = second.stow
    second.stow = beside
    _note(second, "beside-a-lot", book, True)


def _beside(voyage: Voyage, looked: dict[str, Control], book: TruthBook, chance: Random) -> None:
    """An empty box with people is put beside a box that customs chose; the others stand among empties."""
    targets = [box for box in voyage.boxes if box.chosen is not None and box.slots]
    for box in voyage.land_empties:
        at = Moment(box.gated + 15 * MINUTE)
        box.slots = ((at, f"MT{chance.randrange(9)}-{chance.randrange(60):02d}-{chance.randrange(10):02d}-1"),)
        if box.lot is None or not targets:
            continue
        target = chance.choice(targets)
        block, bay, row, _ = target.slots[-1][1].split("-")
        when = Moment(max(target.slots[-1][0] + HOUR, box.gated + 30 * MINUTE))
        box.slots += ((when, f"{block}-{int(bay) + 1:02d}-{row}-1"),)
        _note(box, "empty-beside-target", book, True)
