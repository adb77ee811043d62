"""`/archive`, `/risk/rescore`, `/risk/skew`, `/scanning/readings`: what is done over many months, decisions, scans."""

from fastapi import APIRouter, Query, Response

from vigie.api.access import Caller, Served
from vigie.api.answers import answer
from vigie.api.schema import shown
from vigie.desk import archiving, errands, refolding
from vigie.desk.scanning import purpose_of
from vigie.desk.scanning_batch import ACT
from vigie.desk.views import ErrandView, MonthsView, SkewView
from vigie.terms import Moment

api = APIRouter(tags=["risk"])


@api.get("/archive", responses=shown(MonthsView), summary="What the archive of closed months holds")
def months(officer: Caller, node: Served) -> Response:
    """List the months that moved out of the store; `POST /errands/months` moves what is closed by now."""
    return answer(archiving.months(officer, node))


@api.post("/risk/rescore", status_code=202, responses=shown(ErrandView, status=202), summary="Score the past again")
def rescore(
    officer: Caller, node: Served, since: int = Query(ge=0), until: int = Query(ge=1), engine: str = "local"
) -> Response:
    """Compute features, indicators and models of decisions from a moment (µs) to another again, on an engine."""
    return answer(errands.begin_rescore(officer, node, Moment(since), Moment(until), engine), 202)


@api.post("/scanning/readings", status_code=202, responses=shown(ErrandView, status=202),
          summary="Let the machine read kept scans again")  # fmt: skip
def read_kept(
    officer: Caller, node: Served, since: int = Query(ge=0), until: int = Query(ge=1), engine: str = "local"
) -> Response:
    """Read scans that came from a moment (µs) to another by the model in force, on an engine; `/errands/readings` tells
    how far it is.
    """
    purpose = purpose_of(officer, ACT)
    return answer(errands.begin_readings(officer, node, Moment(since), Moment(until), engine, purpose), 202)


@api.get("/risk/skew", responses=shown(SkewView), summary="The newest comparison of stored features with the log")
def last(officer: Caller, node: Served) -> Response:
    """Tell how many vectors of a day were made again and how many differ; `null` before the first."""
    return answer(refolding.last_shown(officer, node, refolding.purpose_of(officer)))


@api.post("/risk/skew", responses=shown(SkewView), summary="Compare stored features with the log")
def skew(officer: Caller, node: Served, day: int | None = None) -> Response:
    """Make the feature vectors of a day again from the log, by the fold; yesterday where no moment (µs) is given."""
    moment = None if day is None else Moment(day)
    return answer(refolding.skew(officer, node, moment, purpose=refolding.purpose_of(officer)))
