"""Errors of real messages and of honest people, at declared rates: in what is said, in files, in delivery."""

from random import Random

from vigie.world import parameters as known
from vigie.world.chance import between
from vigie.world.consignments import minute
from vigie.world.drafts import Bill, Box, Voyage
from vigie.world.fleet import wrong_digit
from vigie.world.known import OWN, Known
from vigie.world.traces import leave

BILL_ERRORS = (
    ("vague-goods", known.VAGUE_DESCRIPTION),
    ("late-filing", known.LATE_FILING),
    ("consignee-amended", known.CONSIGNEE_AMENDED),
    ("vgm-copied", known.VGM_COPIED),
    ("hs-unusual", Known(0.006, "share of clean bills", OWN + "trade is not always typical")),
)
"""Traces that befall whole bills innocently."""

BOX_ERRORS = (
    ("seal-changed", known.SEAL_MISREAD),
    ("seal-swapped", Known(0.003, "share of boxes", OWN + "gate clerks mistype a seal too")),
    ("weight-high", Known(0.006, "share of boxes", OWN + "misdeclared loads")),
    ("weight-contradiction", Known(0.012, "share of boxes", OWN + "bills are estimates")),
    ("long-origin-yard", Known(0.02, "share of boxes", OWN + "missed ships")),
    ("size-type-changed", Known(0.002, "share of boxes", OWN + "real files mix two generations of codes")),
    ("odd-haulier", Known(0.03, "share of boxes", OWN + "subcontracting")),
    ("odd-depot", Known(0.02, "share of boxes", OWN + "full depots")),
    ("night-pickup", known.NIGHT_PICKUP),
    ("power-off", Known(0.01, "share of boxes", OWN + "plugs")),
    ("door-open", Known(0.002, "share of boxes", OWN + "sensors")),
    ("dumped", Known(0.001, "share of boxes", OWN + "cross-docked at once")),
    ("seal-cloned", Known(0.0005, "share of boxes", OWN + "typing the line above")),
)
"""Traces that befall single boxes innocently."""

DELAY_H = Known((1.0, 30.0), "hours", OWN + "how long a gateway stands still")
AGAIN_H = Known((0.2, 12.0), "hours", OWN + "when a file is sent a second time")


def befall(voyage: Voyage, chance: Random) -> None:
    """Let errors befall a voyage's bills and boxes, loaded or clean."""
    for bill in voyage.bills:
        _bill_errors(voyage, bill, chance)
        for box in bill.boxes:
            if chance.random() < _ANY_BOX:
                _box_errors(voyage, bill, box, chance)


_ANY_BOX = 2 * (sum(rate.value for _, rate in BOX_ERRORS) + known.PLACEHOLDER_SEAL.value
                + known.WRONG_CHECK_DIGIT.value)
"""First filter, so that most boxes cost one draw; inside it every rate is raised by the same factor."""


def _bill_errors(voyage: Voyage, bill: Bill, chance: Random) -> None:
    for trace, rate in BILL_ERRORS:
        if chance.random() < rate.value:
            leave(trace, voyage, bill, bill.boxes[0], chance)
            for box in bill.boxes[1:]:
                if trace == "vgm-copied":
                    leave(trace, voyage, bill, box, chance)
                else:
                    box.traces = (*box.traces, trace)
    if bill.amended is None and chance.random() < known.AMENDED.value:
        left = voyage.departures[bill.loading]
        bill.amended = minute(left + round((voyage.arrival - left) * between(chance, known.AMENDED_AT.value)))
    if bill.parties[1].eori == "" and bill.parties[1].name != "TO ORDER":
        for box in bill.boxes:
            box.traces = box.traces if "new-consignee" in box.traces else (*box.traces, "new-consignee")


def _box_errors(voyage: Voyage, bill: Bill, box: Box, chance: Random) -> None:
    for trace, rate in BOX_ERRORS:
        if chance.random() < rate.value / _ANY_BOX:
            leave(trace, voyage, bill, box, chance)
    if chance.random() < known.PLACEHOLDER_SEAL.value / _ANY_BOX:
        box.seal = chance.choice(("NA", "SI"))
    if chance.random() < known.WRONG_CHECK_DIGIT.value / _ANY_BOX:
        box.typed = wrong_digit(box.number, chance.randrange(6))


def with_wrong_count(body: bytes) -> bytes:
    """An EDIFACT file whose last UNT counts one segment too many."""
    at = body.rfind(b"UNT+")
    if at < 0:
        return body
    end = body.index(b"+", at + 4)
    return body[: at + 4] + str(int(body[at + 4 : end]) + 1).encode() + body[end:]


def delayed_h(chance: Random) -> float:
    """Hours that a file of events comes late; mostly none."""
    return between(chance, DELAY_H.value) if chance.random() < known.DELAYED.value else 0.0


def again_h(chance: Random) -> float | None:
    """Hours after which a file is sent a second time; None for most files."""
    return between(chance, AGAIN_H.value) if chance.random() < known.DUPLICATED.value else None


