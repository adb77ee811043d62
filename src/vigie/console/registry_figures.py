"""Figures side by side: of documents, of other sources, and our own as of any day; tables of seizures handed in."""

from starlette.datastructures import UploadFile
from starlette.responses import Response

from vigie.console.pages import Asked, Pages, Said, done
from vigie.console.registry import words
from vigie.desk import registry_export, registry_import
from vigie.desk import registry_figures as desk
from vigie.registry import load_scopes
from vigie.terms import BadRequest, Fact

MEASURES = desk.MEASURES


def figures(asked: Asked, pages: Pages) -> Response:
    """Claims side by side, our published figures counted again, and a figure of the register where one is asked."""
    told = {name: asked.request.query_params.get(name, "").strip()[:40] for name in ("area", "start", "end", "measure")}
    view = desk.side_by_side(asked.officer, asked.node)
    own = None
    if told["area"] and told["start"] and told["end"]:
        measure = told["measure"] if told["measure"] in MEASURES else "seized"
        own = desk.figure(asked.officer, asked.node, area=told["area"], start=told["start"], end=told["end"],
                          measure=measure)  # fmt: skip
    scopes = load_scopes()
    return pages.page(
        asked, "registry/figures.html", view=view, told=told, own=own,
        published=desk.recomputed(asked.officer, asked.node),
        measures=MEASURES, measure=lambda code: measure_text(code, asked, pages), names=scopes, **words(asked),
    )  # fmt: skip


def measure_text(code: str, asked: Asked, pages: Pages) -> str:
    """A measure in words; one of a source's own stays as it is written."""
    kind, _, country = code.partition(":")
    tell = pages.teller(asked.officer.language)
    known = f"measure-{kind}"
    return tell(known, country=country) if known in pages.texts.table else code


def keep(asked: Asked, pages: Pages) -> Response:
    """Keep the claims of a table."""
    name, text = _file(asked)
    kept, doubts = desk.keep_tables(asked.officer, [(name, text.decode("utf-8-sig", errors="replace"))], asked.node)
    code = "said-claims-doubts" if doubts else "said-claims"
    return done("/registry/figures", Said(code, {"n": kept, "doubts": len(doubts)}))


def publish(asked: Asked, pages: Pages) -> Response:
    """Publish a figure of our own register."""
    made = desk.publish(
        asked.officer, asked.node, document=asked.field("document"), area=asked.field("area"),
        start=asked.field("start"), end=asked.field("end"), measure=asked.field("measure") or "seized",
    )  # fmt: skip
    return done("/registry/figures", Said("said-figure", {"value": made.value, "unit": made.unit}))


def export(asked: Asked, pages: Pages) -> Response:
    """The claims as CSV."""
    return Response(registry_export.claims(asked.officer, asked.node), media_type="text/csv; charset=utf-8",
                    headers={"content-disposition": 'attachment; filename="claims.csv"'})  # fmt: skip


def _file(asked: Asked) -> tuple[str, bytes]:
    sent = asked.form.get("file")
    if not isinstance(sent, UploadFile) or not sent.filename:
        raise BadRequest(reason="choose-a-file", field="file")
    return sent.filename[:120], sent.file.read(registry_import.LARGEST + 1)


def imports(asked: Asked, pages: Pages) -> Response:
    """The tables that were handed in, and the form for another."""
    return pages.page(asked, "registry/imports.html", rows=registry_import.imports(asked.officer, asked.node))


def one_import(asked: Asked, pages: Pages) -> Response:
    """One table with its doubts; questions are answered here."""
    from vigie.desk.shown import doubt_text

    view = registry_import.show(asked.officer, int(asked.request.path_params["which"]), asked.node)
    questions: dict[int, list[str]] = {}
    others = []
    for one in view.doubts:
        line, text = one.place.segment or 1, doubt_text(one, asked.officer.language)
        if one.code in QUESTIONS and line > 1:
            questions.setdefault(line, []).append(text)
        else:
            others.append((line, one.place.path, text))
    return pages.page(asked, "registry/import.html", view=view, questions=questions, others=others)


QUESTIONS = frozenset((
    "seizure-unit", "seizure-without-unit", "seizure-ambiguous-number", "seizure-place", "seizure-heavier-than-a-box",
    "seizure-heavier-than-carried", "seizure-package-heavy", "seizure-package-light", "seizure-net-above-gross",
))  # fmt: skip
"""Doubts that wait for an answer."""


def take_in(asked: Asked, pages: Pages) -> Response:
    """Take a table of seizures in."""
    name, body = _file(asked)
    view = registry_import.take_in(asked.officer, name, body, asked.node, asked.field("map"))
    facts: dict[str, Fact] = {"taken": view.taken, "asked": view.asked, "refused": view.refused}
    return done(f"/registry/import/{view.hlc}", Said("said-seizures", facts))


def answer(asked: Asked, pages: Pages) -> Response:
    """Answer the question of a row."""
    which, row = int(asked.request.path_params["which"]), asked.field("row")
    if not row.isdecimal():
        raise BadRequest(field="row")
    cells = {name: text for name in ("net", "unit", "place", "packages") if (text := asked.field(name))}
    registry_import.answer(asked.officer, which, int(row), asked.field("answer"), asked.node, cells)
    return done(f"/registry/import/{which}", Said("said-answer", {"row": int(row)}))
