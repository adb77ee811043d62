"""`/risk/archive|backtest|simulation|comparison|shadows`: try rules on the past, on today, and against each other."""

from typing import Annotated

from fastapi import APIRouter, Query, Response
from starlette.concurrency import run_in_threadpool

from vigie.api.access import Caller, Served
from vigie.api.answers import answer
from vigie.api.schema import shown
from vigie.desk import backtest, errands, simulation
from vigie.desk import shadows as shadowing
from vigie.desk.views import ArchiveView, BacktestView, CompareView, ShadowModelView, ShadowRow, SimulationView

api = APIRouter(prefix="/risk", tags=["risk"])
Draft = Annotated[str, Query(max_length=60, description="A version to try, as P1@2, policy@3 or channels@4")]
Day = Annotated[str, Query(max_length=10, description="ISO date")]


@api.post("/archive", responses=shown(ArchiveView), summary="Bring the decision table up to date")
async def bring_up(officer: Caller, node: Served) -> Response:
    """Write the rows of boxes that changed since the last time and are out of reach.

    Little is written before the answer, much beside it: `missing` says how many boxes that concerns, and
    `/errands/archive` how far it is.
    """
    return answer(await run_in_threadpool(lambda: errands.ask(officer, node)))


@api.get("/backtest", responses=shown(BacktestView), summary="Try the rules on past decisions")
async def tried(officer: Caller, node: Served, draft: Draft = "", since: Day = "", until: Day = "") -> Response:
    """Tell what each indicator would have found, with exact intervals.

    Little that is missing in the decision table is written first; much is written beside (`/errands/archive`).
    """
    return answer(await run_in_threadpool(lambda: backtest.backtest(officer, node, draft, since, until)))


@api.get("/comparison", responses=shown(CompareView), summary="Champion and challenger")
async def compared(officer: Caller, node: Served, draft: Draft, since: Day = "", until: Day = "") -> Response:
    """Let the rules in force and those with a draft choose from the same past decisions."""
    return answer(await run_in_threadpool(lambda: backtest.compare(officer, node, draft, since, until)))


@api.get("/simulation", responses=shown(SimulationView), summary="A day's list under other rules")
async def simulated(
    officer: Caller, node: Served, draft: Draft = "", day: Day = "", site: Annotated[str, Query(max_length=5)] = ""
) -> Response:
    """Tell which boxes come onto the list of a day and which drop out, why, and what scanners would have to do."""
    return answer(await run_in_threadpool(lambda: simulation.simulate(officer, node, draft, day, site)))


@api.get("/shadows", responses=shown(ShadowRow, many=True), summary="What runs in shadow")
async def shadows(officer: Caller, node: Served) -> Response:
    """Tell what each indicator in shadow would do today, and what it would have found since it entered it."""
    return answer(await run_in_threadpool(lambda: shadowing.shadowed(officer, node)))


@api.get("/shadows/models", responses=shown(ShadowModelView, many=True), summary="Models in shadow")
async def shadow_models(officer: Caller, node: Served) -> Response:
    """Tell what each version of the models in shadow would select, and its score beside the champion's since then."""
    return answer(await run_in_threadpool(lambda: shadowing.shadow_models(officer, node)))
