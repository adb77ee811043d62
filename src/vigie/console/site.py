"""The routes of the console: which address is answered by which page."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from vigie.console import (
    arrivals,
    audit,
    backtest,
    bulletin,
    container,
    container_again,
    dossier,
    drift,
    erasure,
    errands,
    exchange,
    exchange_compose,
    exchange_operations,
    indicators,
    indicators_editor,
    models,
    parties,
    policy,
    ports,
    priorities,
    readers,
    registry,
    registry_figures,
    release,
    risk,
    scanners,
    scanning,
    scanning_list,
    scanning_sending,
    scanning_training,
    search,
    selection,
    session,
    statistics,
    terminal,
    today,
    tracking,
    trends,
)
from vigie.console.live import Pulse, events
from vigie.console.pages import Asked, Pages
from vigie.console.refusals import wanted_language

if TYPE_CHECKING:
    from vigie.node import Node

Handler = Callable[[Asked, Pages], Response]

LOOKS: tuple[tuple[str, Handler], ...] = (
    ("/", today.today),
    ("/help", today.help_page),
    ("/arrivals", arrivals.table),
    ("/arrivals.csv", arrivals.export),
    ("/arrivals/{visit}", container.container),
    ("/arrivals/{visit}/parts/{part:int}", container.raw),
    ("/arrivals/{visit}/watch", container.watch_page),
    ("/selection", selection.plan),
    ("/selection/print", selection.printable),
    ("/selection/verify", selection.verify),
    ("/selection/orders", selection.export),
    ("/risk/watchlists", risk.watch_lists),
    ("/risk/watchlists/{list}", risk.watch_list),
    ("/risk/indicators", indicators.catalogue),
    ("/risk/indicators/edit", indicators_editor.edit),
    ("/risk/indicators/import", indicators_editor.bring),
    ("/risk/indicators/{name}", indicators.indicator),
    ("/risk/indicators/{name}/export", indicators.export),
    ("/risk/drift", drift.page),
    ("/risk/drift.csv", drift.export),
    ("/risk/backtest", backtest.page),
    ("/risk/backtest.csv", backtest.export),
    ("/risk/compare", backtest.compare),
    ("/risk/simulation", backtest.simulation),
    ("/risk/simulation.csv", backtest.export_list),
    ("/risk/simulate", backtest.fragment),
    ("/arrivals/{visit}/rederive", container_again.rederive),
    ("/risk/models", models.models),
    ("/risk/models/training", models.training),
    ("/risk/models/{version:int}", models.model),
    ("/risk/models/{version:int}/shadow", models.shadow),
    ("/risk/policy", policy.policies),
    ("/risk/policy/edit", policy.edit),
    ("/risk/policy/{version:int}", policy.policy),
    ("/errands/{kind}", errands.progress),
    ("/terminal", terminal.boxes),
    ("/tracking/releases", release.rights),
    ("/tracking/releases/{right}", release.right),
    ("/tracking/gate", release.gate),
    ("/registry", registry.table),
    ("/registry.csv", registry.export),
    ("/registry/claims.csv", registry_figures.export),
    ("/registry/figures", registry_figures.figures),
    ("/registry/import", registry_figures.imports),
    ("/registry/import/{which:int}", registry_figures.one_import),
    ("/registry/seizures/{seizure}", registry.seizure),
    ("/audit", audit.trail),
    ("/audit/readers", readers.page),
    ("/audit/canaries/new", readers.form),
    ("/audit/verify", audit.verify),
    ("/audit/export", audit.export),
    ("/audit/erasure", erasure.erasures),
    ("/audit/erasure/{which:int}", erasure.show),
    ("/parties/{key}", parties.party),
    ("/registry/bulletins", bulletin.page),
    ("/registry/bulletins/file", bulletin.file),
    ("/registry/dossiers", dossier.page),
    ("/registry/dossiers/{which:int}/file", dossier.file),
    ("/ports/priorities", priorities.page),
    ("/ports/priorities/report", priorities.report),
    ("/ports/priorities/{name}", priorities.one),
    ("/ports/insiders", ports.insiders),
    ("/ports/openings/{which:int}", ports.opening),
    ("/ports/figures", ports.figures),
    ("/exchange", exchange.overview),
    ("/exchange/entries/{box}", exchange.entries),
    ("/exchange/things/{thing}", exchange.thing),
    ("/exchange/compose", exchange_compose.form),
    ("/exchange/operations", exchange_operations.operations),
    ("/exchange/operations/{operation}", exchange_operations.operation),
    ("/exchange/operations/{operation}/report", exchange_operations.report),
    ("/exchange/trainings", exchange_operations.trainings),
    ("/exchange/trainings/{training}/material", exchange_operations.material),
    ("/exchange/trainings/{training}/material/{name}", exchange_operations.piece),
    ("/search", search.search),
    ("/trends/statistics", statistics.page),
    ("/trends/statistics.csv", statistics.export),
    ("/trends/displacement", trends.displacement),
    ("/tracking/moves", tracking.moves),
    ("/tracking/moves/{number}", tracking.box),
    ("/tracking/ships", tracking.ships),
    ("/tracking/ships.csv", tracking.ship_table),
    ("/tracking/silent", tracking.silent),
    ("/scanning/read", scanning.read),
    ("/scanning/scans", scanning_list.page),
    ("/scanning/scans/{scan}", scanning_list.record),
    ("/scanning/scans/{scan}/files", scanning_list.export),
    ("/scanning/scan/{scan}/send", scanning_sending.form),
    ("/scanning/scanners", scanners.page),
    ("/scanning/scanners/{name}", scanners.scanner),
    ("/scanning/train", scanning_training.page),
    ("/scanning/train/{quiz}/{item:int}", scanning_training.item),
    ("/scanning/train/{quiz}/{item:int}/frames/{energy}", scanning_training.frame),
    ("/scanning/scan/{scan}", scanning.scan),
    ("/scanning/scan/{scan}/preview", scanning.preview),
    ("/scanning/scan/{scan}/frames/{energy}/{hash}", scanning.frame),
    ("/scanning/scan/{scan}/beside/{other}", scanning.beside),
)
"""Pages that show; each of them asks the desk, and the desk keeps the trail."""

ACTS: tuple[tuple[str, Handler], ...] = (
    ("/notices/seen", today.seen),
    ("/arrivals/bulk", arrivals.bulk),
    ("/arrivals/views", arrivals.save_view),
    ("/arrivals/views/drop", arrivals.drop_view),
    ("/arrivals/{visit}/claim", container.claim),
    ("/arrivals/{visit}/override", container.override),
    ("/arrivals/{visit}/outcome", container.record),
    ("/arrivals/{visit}/watch", container.watch),
    ("/selection/make", selection.make),
    ("/selection/commit", selection.commit),
    ("/selection/reveal", selection.reveal),
    ("/selection/order", selection.order),
    ("/selection/acknowledge", selection.acknowledge),
    ("/selection/capacity", selection.set_capacity),
    ("/risk/watchlists", risk.create),
    ("/risk/watchlists/{list}/entries", risk.add),
    ("/risk/watchlists/{list}/csv", risk.add_csv),
    ("/risk/watchlists/{list}/entries/remove", risk.remove),
    ("/risk/watchlists/{list}/expire", risk.expire),
    ("/risk/models", models.train),
    ("/risk/models/{version:int}/steps", models.step),
    ("/tracking/releases", release.issue),
    ("/tracking/releases/{right}/steps", release.step),
    ("/tracking/releases/{right}/keys", release.key),
    ("/tracking/gate", release.present),
    ("/registry", registry.record),
    ("/registry/claims", registry_figures.keep),
    ("/registry/figures", registry_figures.publish),
    ("/registry/import", registry_figures.take_in),
    ("/registry/import/{which:int}", registry_figures.answer),
    ("/registry/outcomes/{visit}", registry.of_outcome),
    ("/registry/seizures/{seizure}/steps", registry.step),
    ("/audit/erasure", erasure.ask),
    ("/audit/erasure/{which:int}", erasure.decide),
    ("/registry/dossiers", dossier.ask),
    ("/registry/dossiers/make", dossier.make),
    ("/registry/dossiers/{which:int}", dossier.decide),
    ("/ports/priorities", priorities.propose),
    ("/ports/priorities/{name}/steps", priorities.step),
    ("/ports/openings", ports.ask),
    ("/ports/openings/{which:int}", ports.decide),
    ("/trends/displacement", trends.counted),
    ("/parties/{key}/merge", parties.merge),
    ("/parties/{key}/part", parties.part),
    ("/risk/indicators", indicators_editor.keep),
    ("/risk/indicators/edit", indicators_editor.editor),
    ("/risk/indicators/import", indicators_editor.brought),
    ("/risk/indicators/{name}/steps", indicators.step),
    ("/risk/indicators/{name}/look", indicators.look),
    ("/risk/policy", policy.keep),
    ("/risk/policy/{version:int}/steps", policy.step),
    ("/errands/{kind}", errands.begin),
    ("/audit/canaries", readers.plant),
    ("/audit/canaries/lift", readers.lift),
    ("/risk/drift/share", drift.propose),
    ("/scanning/read", scanning.work),
    ("/scanning/scan/{scan}", scanning.give),
    ("/scanning/keys", scanning.keep_keys),
    ("/scanning/scans/files", scanning_list.bring),
    ("/scanning/scans/{scan}", scanning_list.assign),
    ("/scanning/scan/{scan}/send", scanning_sending.prepare),
    ("/scanning/scan/{scan}/send/decide", scanning_sending.decide),
    ("/scanning/scanners", scanners.keep),
    ("/scanning/scanners/{name}", scanners.step),
    ("/scanning/train", scanning_training.start),
    ("/scanning/train/{quiz}/{item:int}", scanning_training.answer),
    ("/scanning/room", scanning.set_room),
    ("/exchange/things/{thing}/steps", exchange.step),
    ("/exchange/drafts", exchange.decide),
    ("/exchange/following", exchange.follow),
    ("/exchange/compose", exchange_compose.prepare),
    ("/exchange/compose/again", exchange_compose.again),
    ("/exchange/compose/decide", exchange_compose.decide),
    ("/exchange/operations/{operation}/steps", exchange_operations.step),
    ("/exchange/trainings/{training}", exchange_operations.train),
    ("/me/preferences", session.prefer),
    ("/me/switch", session.switch),
    ("/sign-out", session.sign_out),
)
"""What changes something: always a POST, which the guard refuses when another site's page made it."""

FILES = {"/scanning/scans/files": scanning_list.MOST_FILES}
"""Forms that bring more files than one."""

SHORT = {"/read": "/scanning/read", "/train": "/scanning/train", "/scanning": "/scanning/read",
         "/scan/{scan}": "/scanning/scan/{scan}"}  # fmt: skip
"""Short addresses that readers of scans type or are told on the telephone, and where each leads."""


def create_pages(node: "Node") -> list[Route]:
    """Make the routes of the console for one node."""
    pages = Pages.load()
    pulse = Pulse(node)

    async def door(request: Request) -> Response:
        return await session.sign_in_page(request, node, pages)

    async def live(request: Request) -> Response:
        return await events(request, node, pages, pulse)

    routes = [*pages.bundle.routes(), Route("/events", live)]
    routes += [Route("/sign-in", door), Route("/sign-in/{token}", door, methods=["GET", "POST"])]
    routes += [Route(path, _leads(where)) for path, where in SHORT.items()]
    routes += [Route(path, session.signed_in(handler, node, pages)) for path, handler in LOOKS]
    routes += [
        Route(path, session.signed_in(handler, node, pages, FILES.get(path, 1)), methods=["POST"])
        for path, handler in ACTS
    ]
    return routes


def _leads(where: str) -> Callable[[Request], Response]:
    def there(request: Request) -> Response:
        return RedirectResponse(where.format(**{name: quote(each) for name, each in request.path_params.items()}), 308)

    return there


def handlers() -> dict[Any, Callable[[Request, Exception], Response]]:
    """Pages for what no route answers (404, 405) and for our own faults (500), in the browser's language."""
    pages = Pages.load()

    def missing(request: Request, fault: Exception) -> Response:
        status = fault.status_code if isinstance(fault, HTTPException) else 500
        code = "missing" if status in {404, 405} else "fault"
        return pages.bare("plain_error.html", wanted_language(request), status=status, code=code, status_code=status)

    return {HTTPException: missing, 500: missing}
