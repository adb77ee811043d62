"""Plan: who is selected on which scanner and why, what the capacity misses, and the orders that leave the house."""

from datetime import date
from urllib.parse import urlencode

from starlette.responses import Response

from vigie.console.charts import stacked
from vigie.console.pages import Asked, Pages, Said, done, zone_of
from vigie.console.shown import Shown
from vigie.desk import selection as desk
from vigie.desk.views import PlanView
from vigie.terms import BadRequest, VisitId

STRATA = ("mandatory", "officer", "score", "tilted", "uniform")
KINDS = ("hold", "inspect", "release")
FORMS = ("cusres", "dcsa", "csv")
MOST_SLOTS = 10_000  # scans of one scanner in one shift; a drive-through portal does fewer than 200 an hour


def asked_day(asked: Asked, raw: str, shown: Shown) -> str:
    """The day an address names, else today in the port's time."""
    try:
        return date.fromisoformat(raw).isoformat()
    except ValueError:
        return shown.local(asked.frame.now).date().isoformat()


def site_and_day(asked: Asked) -> tuple[str, str]:
    """Site and day of a request: from the form where there is one, else from the address."""
    params = asked.request.query_params
    sites = asked.officer.sites or asked.frame.sites
    site = asked.field("site") or params.get("site", "") or (sites[0] if sites else "")
    shown = Shown(asked.officer.language, zone_of(asked.frame.zone), asked.frame.now)
    return site, asked_day(asked, asked.field("day") or params.get("day", ""), shown)


def address(site: str, day: str) -> str:
    """The address of a plan."""
    return f"/selection?{urlencode({'site': site, 'day': day})}"


def values_of(asked: Asked, view: PlanView) -> dict[str, object]:
    """What the templates of a plan need."""
    return {
        "view": view,
        "strata": STRATA,
        "kinds": KINDS,
        "forms": FORMS,
        "bars": {
            shift.id: stacked({kind: shift.by_stratum.get(kind, 0) for kind in STRATA}, shift.slots)
            for shift in view.shifts
        },
        "orders": desk.orders(asked.officer, asked.node, site=view.site),
    }


def plan(asked: Asked, pages: Pages) -> Response:
    """The plans of one site and day."""
    view = desk.plan(asked.officer, *site_and_day(asked), asked.node)
    return pages.page(asked, "selection/page.html", **values_of(asked, view), checks=None)


def printable(asked: Asked, pages: Pages) -> Response:
    """The list for the wall of each scanner and shift."""
    view = desk.printable(asked.officer, *site_and_day(asked), asked.node)
    return pages.page(asked, "selection/print.html", view=view)


def make(asked: Asked, pages: Pages) -> Response:
    """Draw up the plan of a shift, or of all shifts of the day."""
    site, day = site_and_day(asked)
    desk.make(asked.officer, site, day, asked.field("shift") or None, asked.node)
    return done(address(site, day), Said("said-planned"))


def commit(asked: Asked, pages: Pages) -> Response:
    """Publish the seal of the day's draw."""
    site, day = site_and_day(asked)
    desk.commit(asked.officer, site, day, asked.node)
    return done(address(site, day), Said("said-committed"))


def reveal(asked: Asked, pages: Pages) -> Response:
    """Show the key of a day that is over, so that anybody can check its draws."""
    site, day = site_and_day(asked)
    desk.reveal(asked.officer, site, day, asked.node)
    return done(address(site, day), Said("said-revealed"))


def verify(asked: Asked, pages: Pages) -> Response:
    """Draw again with the revealed key, and compare."""
    site, day = site_and_day(asked)
    checks = desk.verify(asked.officer, site, day, asked.node)
    view = desk.plan(asked.officer, site, day, asked.node)
    return pages.page(asked, "selection/page.html", **values_of(asked, view), checks=checks)


def order(asked: Asked, pages: Pages) -> Response:
    """Issue orders for the marked boxes."""
    site, day = site_and_day(asked)
    kind = asked.field("kind")
    visits = [VisitId(value) for value in asked.fields("visit")]
    if kind not in KINDS or not visits:
        raise BadRequest(field="kind" if kind not in KINDS else "visit")
    issued = desk.order(
        asked.officer, visits, kind, asked.node, shift=asked.field("shift"), reason=asked.field("reason")
    )
    return done(f"{address(site, day)}#orders", Said(f"said-order-{kind}", {"n": len(issued)}))


def export(asked: Asked, pages: Pages) -> Response:
    """Orders as CUSRES, DCSA events or CSV."""
    params = asked.request.query_params
    form = params.get("form", "")
    wanted = params.getlist("order")
    if form not in FORMS or not wanted:
        raise BadRequest(field="form" if form not in FORMS else "order")
    body, kind, name = desk.export(asked.officer, wanted, form, asked.node)
    return Response(body, media_type=kind, headers={"content-disposition": f'attachment; filename="{name}"'})


def acknowledge(asked: Asked, pages: Pages) -> Response:
    """Note who confirmed an order."""
    site, day = site_and_day(asked)
    desk.acknowledge(asked.officer, asked.field("order"), asked.field("by"), asked.node)
    return done(f"{address(site, day)}#orders", Said("said-acknowledged"))


def set_capacity(asked: Asked, pages: Pages) -> Response:
    """Keep shifts and scanners of a site: one line per shift, as the form writes them."""
    site, day = site_and_day(asked)
    names, starts, hours = asked.fields("name"), asked.fields("start"), asked.fields("hours")
    scanners = asked.fields("scanners")
    shifts = [
        {"name": name.strip(), "start": start, "hours": _whole(length, 24), "scanners": read_scanners(told)}
        for name, start, length, told in zip(names, starts, hours, scanners, strict=False)
        if name.strip()
    ]
    desk.set_capacity(asked.officer, site, shifts, asked.node)
    return done(address(site, day), Said("said-capacity"))


def read_scanners(raw: str) -> dict[str, int]:
    """Read `MX-1: 60, MX-2: 40`.

    Raises:
        BadRequest: A part is not a name and a whole number.
    """
    found: dict[str, int] = {}
    for part in raw.split(","):
        name, mark, slots = part.rpartition(":")
        if part.strip():
            if not mark or not name.strip():
                raise BadRequest(field="scanners")
            found[name.strip()] = _whole(slots, MOST_SLOTS)
    return found


def _whole(raw: str, most: int) -> int:
    if not raw.strip().isdecimal() or int(raw) > most:
        raise BadRequest(field="number")
    return int(raw)
