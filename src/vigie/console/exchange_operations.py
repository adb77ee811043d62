"""Joint operations and trainings: lists, one operation with its tasks and log, the closing report."""

from starlette.responses import Response

from vigie.console.bulletin import handed
from vigie.console.exchange import with_partners
from vigie.console.pages import Asked, Pages, Said, done
from vigie.desk import bulletin, exchange_training
from vigie.desk import exchange_operations as desk
from vigie.terms import BadRequest, Language


@with_partners
def operations(asked: Asked, pages: Pages) -> Response:
    """All joint operations this officer may know of."""
    return pages.page(asked, "exchange/operations.html", found=desk.page(asked.officer, asked.node, asked.purpose))


def operation(asked: Asked, pages: Pages) -> Response:
    """One operation and what this node can say in it now."""
    view = desk.show(asked.officer, _wanted(asked), asked.node, asked.purpose)
    return pages.page(asked, "exchange/operation.html", view=view, forms=tuple(bulletin.MEDIA))


def _wanted(asked: Asked) -> str:
    return str(asked.request.path_params["operation"])[:100]


def step(asked: Asked, pages: Pages) -> Response:
    """Say something in an operation."""
    wanted, item = _wanted(asked), asked.field("item")
    desk.step(
        asked.officer, wanted, asked.field("word"), asked.field("text"), asked.node, asked.purpose,
        int(item) if item.isdecimal() else 0,
    )  # fmt: skip
    return done(f"/exchange/operations/{wanted}", Said("said-ex-reply"))


def report(asked: Asked, pages: Pages) -> Response:
    """The closing report as a file."""
    told = asked.request.query_params
    language = told.get("language", "")
    language = language if language in {str(each) for each in Language} else ""
    document = desk.report(asked.officer, _wanted(asked), asked.node, language, asked.purpose)
    return handed(bulletin.printed(document, told.get("form", "pdf"), asked.node, "operation"))


@with_partners
def trainings(asked: Asked, pages: Pages) -> Response:
    """Training packages of partners and of this node, and who completed what."""
    return pages.page(
        asked, "exchange/trainings.html", found=exchange_training.page(asked.officer, asked.node, asked.purpose)
    )


def material(asked: Asked, pages: Pages) -> Response:
    """The files of a training's material."""
    wanted = str(asked.request.path_params["training"])[:100]
    found = exchange_training.material(asked.officer, wanted, asked.node, asked.purpose)
    return pages.page(asked, "exchange/material.html", found=found, training=wanted)


def piece(asked: Asked, pages: Pages) -> Response:
    """One file of it, to be kept: no browser shows what a partner sent."""
    told = asked.request.path_params
    wanted, name = str(told["training"])[:100], str(told["name"])[:120]
    found = exchange_training.piece(asked.officer, wanted, name, asked.node, asked.purpose)
    headers = {"content-disposition": f'attachment; filename="{found.name}"', "cache-control": "no-store"}
    return Response(found.body, media_type="application/octet-stream", headers=headers)


def train(asked: Asked, pages: Pages) -> Response:
    """Note that the officer completed a package, or tell its maker how many did."""
    wanted = str(asked.request.path_params["training"])[:100]
    match asked.field("verb"):
        case "complete":
            exchange_training.complete(asked.officer, wanted, asked.node, asked.purpose)
            return done("/exchange/trainings", Said("said-ex-completed"))
        case "report":
            exchange_training.report(asked.officer, wanted, asked.field("text"), asked.node, asked.purpose)
            return done("/exchange/trainings", Said("said-ex-reply"))
        case _:
            raise BadRequest(field="verb")
