"""The head of a message: who sends what to whom, and what it does to what was said before."""

import msgspec

from vigie.arrivals.cargo import Function
from vigie.arrivals.edifact.dates import read_date
from vigie.arrivals.edifact.syntax import LEVEL_A, Elements, Service, cut_all
from vigie.terms import Moment

_FUNCTIONS = {  # UN/EDIFACT 1225
    "1": Function.CANCELLATION, "3": Function.CANCELLATION, "17": Function.CANCELLATION, "40": Function.CANCELLATION,
    "50": Function.CANCELLATION, "2": Function.AMENDMENT, "4": Function.AMENDMENT, "5": Function.AMENDMENT,
    "18": Function.AMENDMENT, "20": Function.AMENDMENT, "21": Function.AMENDMENT, "33": Function.AMENDMENT,
    "36": Function.AMENDMENT, "52": Function.AMENDMENT,
}


class Envelope(msgspec.Struct, frozen=True):
    """What the head of a message says.

    Attributes:
        service: Characters it is cut with. syntax: Syntax identifier (`UNOA`). sender, recipient: As in UNB.
        interchange, reference: Control references of UNB and UNH. form: Message type. version: `D.95B`.
        association: Association assigned code (`SMDG22`). kind: Document name code (BGM 1001).
        document: Document number (BGM 1004). function: By BGM 1225. sent_at: When prepared.
        segments: The segments after BGM.
    """

    service: Service = LEVEL_A
    syntax: str = ""
    sender: str = ""
    recipient: str = ""
    interchange: str = ""
    reference: str = ""
    form: str = ""
    version: str = ""
    association: str = ""
    kind: str = ""
    document: str = ""
    function: Function = Function.ORIGINAL
    sent_at: Moment | None = None
    segments: tuple[Elements, ...] = ()


def one(elements: Elements, index: int, component: int = 0) -> str:
    """Take one component of a segment; the empty string where it is not there."""
    try:
        element = elements[index]
        if isinstance(element, str):
            return "" if component else element
        return element[component]
    except IndexError:
        return ""


def function_of(code: str) -> Function:
    """Tell what a message function code (1225) means; what is not a change or a cancellation is an original."""
    return _FUNCTIONS.get(code.strip(), Function.ORIGINAL)


def read_head(head: bytes, service: Service) -> Envelope:
    """Read the service and header segments of a message; what is missing stays empty."""
    told: dict[str, str] = {}
    rest: list[Elements] = []
    sent: Moment | None = None
    syntax = ""
    for elements in cut_all(head, service, _syntax(head, service)):
        tag = elements[0] if isinstance(elements[0], str) else ""
        match tag.upper():
            case "UNA":
                continue
            case "UNB":
                syntax = one(elements, 1)
                told |= {"sender": one(elements, 2), "recipient": one(elements, 3), "interchange": one(elements, 5)}
                sent = read_date(one(elements, 4) + one(elements, 4, 1)).at
            case "UNH":
                told |= {"reference": one(elements, 1), "form": one(elements, 2).upper()}
                told |= {"version": f"{one(elements, 2, 1)}.{one(elements, 2, 2)}", "association": one(elements, 2, 4)}
            case "BGM":
                told |= {"kind": one(elements, 1), "document": one(elements, 2), "function": one(elements, 3)}
            case _:
                if tag.upper() == "DTM" and one(elements, 1) == "137":
                    sent = read_date(one(elements, 1, 1), one(elements, 1, 2)).at or sent
                rest.append(elements)
    function = function_of(told.pop("function", ""))
    return Envelope(service, syntax, **told, function=function, sent_at=sent, segments=tuple(rest))


def _syntax(head: bytes, service: Service) -> str:
    at = head.find(b"UNB" + service.element.encode("latin-1"))
    return head[at + 4 : at + 8].decode("latin-1").upper() if at >= 0 else ""
