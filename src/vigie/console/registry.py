"""Register: the list with its filters, the form, one seizure with its reports and steps, joining and parting."""

from typing import Any
from urllib.parse import urlencode

from starlette.responses import Response

from vigie.console.pages import Asked, Pages, Said, done
from vigie.desk import registry as desk
from vigie.desk import registry_export
from vigie.registry import LOTS, Report, Seized, Substance, load_scopes, load_words
from vigie.terms import (
    BadMoment,
    BadRequest,
    Concealment,
    Detector,
    Handling,
    Moment,
    VisitId,
    read_grams,
    read_moment,
    written_number,
)

FILTERS = ("place", "substance", "state", "area", "provenance", "cover_hs", "since", "until", "month", "lot", "held",
           "as_of")  # fmt: skip
STATES = ("standing", "merged", "withdrawn")
LONGEST = 1_000
"""Characters of one filter: every country, or every chapter of goods, with commas."""


def table(asked: Asked, pages: Pages) -> Response:
    """The list, the latest first, and the form of a new seizure."""
    told = _told(asked)
    view = desk.listed(asked.officer, asked.node, **_filters(told), after=asked.request.query_params.get("after", ""))
    return pages.page(
        asked, "registry/list.html", view=view, told=told, states=STATES, lots=LOTS, query=urlencode(_said(told)),
        **words(asked),
    )  # fmt: skip


def _told(asked: Asked) -> dict[str, str]:
    return {name: asked.request.query_params.get(name, "").strip()[:LONGEST] for name in FILTERS}


def _said(told: dict[str, str]) -> dict[str, str]:
    return {name: text for name, text in told.items() if text}


def _filters(told: dict[str, str]) -> dict[str, Any]:
    plain = ("substance", "area", "cover_hs", "month", "lot", "held", "as_of")
    found: dict[str, Any] = {name: told[name] for name in plain}
    found |= {name: told[name].upper() for name in ("place", "provenance")}
    found["state"] = told["state"] if told["state"] in STATES else "standing"
    for name, end in (("since", "T00:00:00Z"), ("until", "T23:59:59.999999Z")):
        if told[name]:
            found[name] = _moment(told[name] + end, name)
    return found


def _moment(text: str, field: str) -> Moment:
    try:
        return read_moment(text)
    except BadMoment:
        raise BadRequest(reason="not-a-day", field=field) from None


def words(asked: Asked) -> dict[str, Any]:
    """The vocabulary in the officer's language, and what forms offer."""
    table, scopes, language = load_words(), load_scopes(), asked.officer.language
    return {
        "term": lambda kind, code: table.name(kind, code, language),
        "tlp": lambda code: Handling(code).name.replace("_", "+"),
        "areas": sorted((it.names[language], code) for code, it in scopes.areas.items() if it.ports or it.countries),
        "substances": table.codes("substance"), "services": table.codes("service"), "ways": table.codes("scope"),
        "hidings": tuple(one.value for one in Concealment), "detectors": tuple(one.value for one in Detector),
        "handlings": tuple(one for one in Handling if one <= asked.officer.clearance),
    }  # fmt: skip


def export(asked: Asked, pages: Pages) -> Response:
    """The list as CSV, with the filters of the page."""
    told = _told(asked)
    body = registry_export.seizures(asked.officer, asked.node, **_filters(told))
    return Response(body, media_type="text/csv; charset=utf-8",
                    headers={"content-disposition": 'attachment; filename="register.csv"'})  # fmt: skip


def seizure(asked: Asked, pages: Pages) -> Response:
    """One seizure."""
    view = desk.show(asked.officer, _wanted(asked), asked.node)
    return pages.page(asked, "registry/seizure.html", view=view, **words(asked))


def _wanted(asked: Asked) -> str:
    return str(asked.request.path_params["seizure"])[:40]


def record(asked: Asked, pages: Pages) -> Response:
    """Record a seizure, or another report of one."""
    into = asked.field("into")
    made = desk.record(asked.officer, report_of(asked), asked.node, into=into, leads=asked.field("leads") == "on")
    return done(f"/registry/seizures/{made.line.id}", Said("said-seizure", {"id": made.line.id}))


def of_outcome(asked: Asked, pages: Pages) -> Response:
    """Make a seizure of the outcome of a box: one act."""
    entry = asked.field("entry")
    made = desk.from_outcome(
        asked.officer, VisitId(str(asked.request.path_params["visit"])[:40]), asked.node,
        int(entry) if entry.isdecimal() else None,
    )  # fmt: skip
    return done(f"/registry/seizures/{made.line.id}", Said("said-seizure", {"id": made.line.id}))


def report_of(asked: Asked) -> Report:
    """The account that a form tells.

    Raises:
        BadRequest: A field cannot be read; `field` names which.
    """
    at = asked.field("at")
    net, gross, packages = (asked.field(name) for name in ("net", "gross", "packages"))
    if not net and not gross:
        raise BadRequest(reason="seizure-without-weight", field="net")
    if packages and not packages.isdecimal():
        raise BadRequest(field="packages")
    hidden, detector, held = asked.field("concealment"), asked.field("detector"), asked.field("handling")
    words_of = load_words()
    service = asked.field("service") or "customs"
    seized = Seized(
        _moment(at if at.endswith("Z") else f"{at}:00Z" if "T" in at else f"{at}T00:00:00Z", "at"),
        asked.field("place").upper(),
        (Substance(
            words_of.find("substance", asked.field("substance")) or "other-drugs", _grams(net), _grams(gross),
            packages=int(packages) if packages else None,
        ),),
        container=written_number(asked.field("container")), cover_hs=asked.field("cover_hs"),
        cover=asked.field("cover")[:400], modus=asked.field("modus")[:400],
        concealment=Concealment(hidden) if hidden in set(Concealment) else None,
        detector=Detector(detector) if detector in set(Detector) else None, scope=asked.field("scope") or "seaport",
        services=tuple(dict.fromkeys((service, *asked.fields("services")))),
        provenance=asked.field("provenance").upper(), case=asked.field("case")[:60],
        handling=Handling(int(held)) if held in ("0", "1", "2", "3", "4") else Handling.AMBER,
        is_closed=asked.field("provisional") != "on",
    )  # fmt: skip
    country = asked.field("country").upper() or seized.place[:2]
    return Report(service, country, f"officer:{asked.officer.id}", seized, asked.field("reference")[:60])


def _grams(kg: str) -> int | None:
    return read_grams(kg) if kg else None


def step(asked: Asked, pages: Pages) -> Response:
    """Merge, split, withdraw, restore, or say which report counts."""
    wanted, verb, reason = _wanted(asked), asked.field("verb"), asked.field("reason")
    reports = tuple(int(one) for one in asked.fields("reports") if one.isdecimal())
    if verb == "merge":
        view = desk.merge(asked.officer, wanted, asked.field("into").upper(), reason, asked.node)
    elif verb == "split":
        view = desk.split(asked.officer, wanted, reports, reason, asked.node)
    else:
        view = desk.change(asked.officer, wanted, verb, reason, asked.node, reports[0] if reports else None)
    return done(f"/registry/seizures/{view.line.id}", Said(f"said-seizure-{verb}", {"id": view.line.id}))
