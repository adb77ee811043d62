"""The editor of an indicator: conditions as a form or as text, texts, examples; every change is judged at once."""

from starlette.datastructures import UploadFile
from starlette.responses import Response

from vigie.console.indicators import reason_first
from vigie.console.indicators_form import LANGUAGES, Editor, changed, editor_of, editor_read
from vigie.console.pages import Asked, Pages, Said, done
from vigie.desk import importing, indicators, proving
from vigie.desk.views import DraftCheck, FaultRow
from vigie.risk import COLUMNS, OPERATORS_SHOWN, Action, BadIndicator, Grade, label, spans_of, unit_of
from vigie.terms import BadRequest, Handling, NotForYou, ReasonNeeded, datetime_of

SHORTEST_REASON = 3  # characters, as the desk asks
_NEW: dict[str, object] = {
    "action": "score", "handling": "amber", "typology": "documents", "weight": {"grade": "weak"},
    "fires": [{}, {}], "silent": [{}, {}],
}  # fmt: skip


def edit(asked: Asked, pages: Pages) -> Response:
    """Open the editor: on a new indicator, on a version that exists, or on an imported draft."""
    query = asked.request.query_params
    if name := query.get("id", ""):
        number = query.get("version", "")
        version = int(number) if number.isdecimal() else None
        try:
            fields = indicators.fields(asked.officer, name, version, asked.node, asked.purpose)
        except ReasonNeeded:
            return reason_first(asked, pages, name)
        return _shown(asked, pages, editor_of(fields))
    today = datetime_of(asked.frame.now).date().isoformat()
    return _shown(asked, pages, editor_of(_NEW | {"valid_from": today}))


def editor(asked: Asked, pages: Pages) -> Response:
    """Take the form as it is filled in, change its lines where a button asks, and judge it again."""
    return _shown(asked, pages, changed(editor_read(asked.form), asked.field("do")))


def keep(asked: Asked, pages: Pages) -> Response:
    """Keep the draft; with faults the editor comes back and shows them."""
    told = editor_read(asked.form)
    if len(told.why) < SHORTEST_REASON:
        return _shown(asked, pages, told, unsaid=True)
    try:
        made = indicators.draft(asked.officer, told.fields(), told.why, asked.node, asked.purpose)
    except BadIndicator:
        return _shown(asked, pages, told)
    if asked.field("do") == "submit":
        indicators.step(asked.officer, made.id, made.version, "submit", "", asked.node, asked.purpose)
    return done(f"/risk/indicators/{made.id}?version={made.version}", Said("said-draft-kept", {"id": made.id}))


def _shown(asked: Asked, pages: Pages, told: Editor, unsaid: bool = False) -> Response:
    check = indicators.check_draft(asked.officer, told.fields(), asked.node, asked.purpose)
    language, texts = asked.officer.language, asked.node.rules.shipped
    return pages.page(
        asked, "risk/indicator_edit.html", editor=told, check=check, at=_places(told, check),
        unsaid=unsaid, marked=_marked(told, check), languages_told=LANGUAGES, operators=OPERATORS_SHOWN,
        columns=[(each.name, label(each.name, language, texts), unit_of(each.name)) for each in COLUMNS],
        labels={each.name: label(each.name, language, texts) for each in COLUMNS},
        flags={each.name for each in COLUMNS if each.type.value == "bool"},
        typologies=proving.typologies(asked.node), actions=[one.value for one in Action],
        grades=[one.value for one in Grade],
        handlings=[one.name.lower().replace("_", "-") for one in Handling if one <= asked.officer.clearance],
    )  # fmt: skip


def _places(told: Editor, check: DraftCheck) -> dict[str, list[FaultRow]]:
    """Faults by the place of the form: of an expression, by its condition."""
    spans = spans_of(told.group) if told.mode == "form" else {}
    found: dict[str, list[FaultRow]] = {}
    for fault in check.faults:
        place = fault.place
        if place.startswith("expression") and fault.position is not None:
            at = fault.position
            place = next((f"line-{name}" for name, (start, end) in spans.items() if start <= at < end), "expression")
        found.setdefault(place.partition(":")[0], []).append(fault)
    return found


def _marked(told: Editor, check: DraftCheck) -> tuple[str, str, str] | None:
    """The expression cut at the first fault: before, the sign itself, after."""
    at = next((one.position for one in check.faults if one.place.startswith("expression") and one.position is not None),
              None)  # fmt: skip
    text = told.expression
    return None if at is None else (text[:at], text[at : at + 1] or "␣", text[at + 1 :])


def bring(asked: Asked, pages: Pages) -> Response:
    """Import rules: choose a file."""
    if not asked.may("draft-rules"):
        raise NotForYou(purpose=asked.purpose.value)
    return pages.page(asked, "risk/indicator_import.html", drafts=None, forms=importing.FORMS, form="", why="")


def brought(asked: Asked, pages: Pages) -> Response:
    """Show the rules of a file as drafts, each with what was not understood."""
    sent = asked.form.get("file")
    raw = sent.file.read(importing.LARGEST + 1) if isinstance(sent, UploadFile) else b""
    raw = raw or asked.field("text").encode()
    if not raw:
        raise BadRequest(field="file")
    form = asked.field("form")
    found = importing.take_rules(asked.officer, form, raw, asked.node, asked.purpose)
    shown = [(one, editor_of(one.fields)) for one in found]
    return pages.page(asked, "risk/indicator_import.html", drafts=shown, forms=importing.FORMS, form=form, why="")
