"""Scans: those that wait for a box and the others, one of them as a record, files brought in, files given out."""

from typing import Any
from urllib.parse import urlencode

from starlette.datastructures import UploadFile
from starlette.responses import Response

from vigie.console.errands import fault_of
from vigie.console.pages import Asked, Pages, Said, done
from vigie.desk import arrivals, errands, scanning_elsewhere, scanning_listed, scanning_packed
from vigie.desk import scanning as desk
from vigie.desk.views import ContainerView, UnreadView
from vigie.scanning import BadScan, ScanFile
from vigie.terms import BadRequest, VigieError, error_text

STATES = ("", "unmatched", "matched")
MOST_FILES = 200
"""Files of one form: some sixty scans of three files; more comes as a ZIP, or through the scanner's folder."""

LARGEST_FORM = 256 << 20
"""Bytes of one form. Source: own figure, half of what the API takes at once."""


def page(asked: Asked, pages: Pages) -> Response:
    """The list."""
    query = asked.request.query_params
    told = {name: query.get(name, "").strip()[:60] for name in ("container", "scanner", "state")}
    view = scanning_listed.cards(
        asked.officer, asked.node, container=told["container"], scanner=told["scanner"], state=told["state"],
        after=query.get("after", "")[:60],
    )  # fmt: skip

    def link(**changed: str) -> str:
        kept = {key: one for key, one in (told | changed).items() if one}
        return f"/scanning/scans?{urlencode(kept)}" if kept else "/scanning/scans"

    return pages.page(
        asked, "scanning/scans.html", view=view, told=told, link=link, states=STATES, filtered=any(told.values()),
        most=MOST_FILES, mb=LARGEST_FORM >> 20, reread=_reread(asked),
    )  # fmt: skip


def _reread(asked: Asked) -> dict[str, Any] | None:
    """How far the machine is that reads kept scans again; nothing for who may not ask for it."""
    if not asked.may(errands.ACTS[errands.READINGS]):
        return None
    told = errands.progress(asked.officer, errands.READINGS, asked.node, asked.purpose)
    return {"errand": told, "fault_of": fault_of(told)}


def record(asked: Asked, pages: Pages) -> Response:
    """One scan as a record: what is wrong with it, its files, its box; where a box is named, the way to give it."""
    view = desk.show(asked.officer, asked.request.path_params["scan"], asked.node)
    wanted = asked.request.query_params.get("box", "").strip()[:40]
    box, wrong = _box(asked, wanted)
    return pages.page(
        asked, "scanning/record.html", view=view, row=view.row, wanted=wanted or view.row.claimed, box=box, wrong=wrong,
        forms=desk.FORMS,
    )  # fmt: skip


def _box(asked: Asked, wanted: str) -> tuple[ContainerView | None, VigieError | None]:
    """The box of a number, or why it is not shown."""
    if not wanted:
        return None, None
    try:
        visit = arrivals.find(asked.officer, wanted, asked.node, asked.purpose)
        return arrivals.container(asked.officer, visit, asked.node, asked.purpose), None
    except VigieError as fault:
        return None, fault


def assign(asked: Asked, pages: Pages) -> Response:
    """Say which box a scan belongs to, with a reason, once it was confirmed."""
    scan = asked.request.path_params["scan"]
    if asked.field("sure") != "yes":
        raise BadRequest(reason="form-needs-value", field="sure")
    visit = arrivals.find(asked.officer, asked.field("visit"), asked.node, asked.purpose)
    desk.assign(asked.officer, scan, visit, asked.field("reason"), asked.node)
    return done(f"/scanning/scans/{scan}", Said("said-scan-assigned", {"box": visit}))


def export(asked: Asked, pages: Pages) -> Response:
    """The files of a scan in one archive."""
    scan, form = asked.request.path_params["scan"], asked.request.query_params.get("form", "dicos")
    body = scanning_packed.packed(desk.export(asked.officer, scan, form, asked.node))
    headers = {"content-disposition": f'attachment; filename="{scan[:40]}-{form}.zip"', "content-encoding": "identity"}
    return Response(body, media_type="application/zip", headers=headers)


def bring(asked: Asked, pages: Pages) -> Response:
    """Take the files of a form in; says of each what became of it. With a script the page stays and shows that."""
    sent = [one for one in asked.form.getlist("files") if isinstance(one, UploadFile) and one.filename]
    if not sent:
        raise BadRequest(reason="scan-without-files")
    if sum(one.size or 0 for one in sent) > LARGEST_FORM:
        raise BadRequest(reason="scan-file-too-large", most=LARGEST_FORM)
    files, bad = _unpacked(asked, sent)
    view = scanning_elsewhere.take_in(asked.officer, files, asked.node) if files else None
    told = {"view": view, "unread": (*bad, *(view.unread if view else ()))}
    if asked.is_partial:
        return pages.fragment(asked, "scanning/brought_part.html", **told)
    return pages.page(asked, "scanning/brought.html", **told)


def _unpacked(asked: Asked, sent: list[UploadFile]) -> tuple[list[ScanFile], list[UnreadView]]:
    """The files that came, archives opened; an archive that cannot be opened keeps no other file out."""
    files: list[ScanFile] = []
    bad: list[UnreadView] = []
    for one in sent:
        name = (one.filename or "scan")[-120:]
        try:
            files += scanning_packed.unpacked(name, one.file.read())
        except BadScan as fault:
            bad.append(
                UnreadView((name,), str(fault.facts.get("reason", "")), error_text(fault, asked.officer.language))
            )
    return files, bad
