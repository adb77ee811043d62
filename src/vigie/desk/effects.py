"""What an act of an officer changes in the lists: the columns that a decision sets."""

from vigie.desk.acts import Act, Ordered, Override, Planned
from vigie.selection import OrderKind, Stratum
from vigie.terms import VisitId
from vigie.tracking import Status

_DECIDED: dict[str, dict[str, object]] = {
    "select": {"status": Status.SELECTED.value, "selected": True, "stratum": Stratum.OFFICER.value},
    "hold": {"status": Status.HELD.value},
    "release": {"status": Status.RELEASED.value},
    "leave": {"status": Status.NEW.value, "selected": False, "stratum": ""},
}
_ORDERED = {
    OrderKind.HOLD: Status.HELD.value,
    OrderKind.INSPECT: Status.HELD.value,
    OrderKind.RELEASE: Status.RELEASED.value,
}


def effects(act: Act, visit: VisitId) -> dict[str, object]:
    """Tell which list columns an act sets for one of its boxes."""
    match act:
        case Override():
            return dict(_DECIDED[act.decision])
        case Planned():
            stratum = next((one.stratum.value for one in act.plan.selections if one.visit == visit), "")
            if not stratum:
                return dict(_DECIDED["leave"])
            return {"status": Status.SELECTED.value, "selected": True, "stratum": stratum}
        case Ordered():
            kind = next(order.kind for order in act.orders if order.visit == visit)
            return {"status": _ORDERED[kind]}
        case _:
            return {}
