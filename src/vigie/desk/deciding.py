"""The row of a box in the decision table: when it was decided on, what was known then, what came out later.

A row is made once the box is out of reach: it left, or somebody looked into it. Nothing that is known goes beyond `at`;
outcomes may come whenever they come.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

import msgspec

from vigie.desk.acts import Planned, act_of
from vigie.desk.rederiving import vector_again
from vigie.desk.replaying import Replays, States
from vigie.desk.work import Working
from vigie.risk import COLUMNS, columns, trader_keys
from vigie.selection import Stratum, pool_chances
from vigie.terms import Found, Moment, Outcome, VisitId
from vigie.tracking import Assessed, Kept, Status, Visit, Watched, left

Row = dict[str, object]

_NAMES = tuple(column.name for column in COLUMNS)
_CHOSEN_BY_CUSTOMS = ("CUSS", "CUSI")
_PLANS_BACK = 9
"""Plans looked back for the one that last considered a box: three days of three shifts; a port plans every shift."""

_GRAVITY = {Found.NOTHING: 0, Found.IRREGULARITY: 1, Found.COCAINE: 3}
_OTHER_GOODS = 2  # between an irregularity and cocaine: what the label asks for


class _Watching(msgspec.Struct):
    """The hits of watch lists in the body of an assessment."""

    watched: tuple[Watched, ...] = ()


class Decision(msgspec.Struct, frozen=True):
    """A decision about a box. at: Log entry. The rest as in the decision table."""

    at: Moment
    shift: str = ""
    scanner: str = ""
    chosen: bool = False
    stratum: str = ""
    propensity: float | None = None


class Plans:
    """The plans of a node, read when asked for: who was considered in each, who was chosen, with what chance."""

    def __init__(self, node: Working) -> None:
        self._selections = node.store.selections
        self._made: dict[str, list[Moment]] = {}
        self.considered = lru_cache(maxsize=32)(self._considered)

    def before(self, site: str, moment: int) -> list[Moment]:
        """The last plans of a site before a moment, the latest first."""
        if site not in self._made:
            self._made[site] = self._selections.made(site)
        return [plan for plan in reversed(self._made[site]) if plan < moment][:_PLANS_BACK]

    def _considered(self, plan: Moment) -> Mapping[VisitId, Decision]:
        body = self._selections.plan(plan)
        act = act_of(body) if body is not None else None
        if not isinstance(act, Planned):
            return {}
        chances, shift = pool_chances(act.plan), act.plan.shift.name
        found = {visit: Decision(plan, shift, propensity=chances.get(visit)) for visit in act.plan.missed}
        for one in act.plan.selections:
            chance = chances.get(one.visit) if one.stratum in (Stratum.TILTED, Stratum.UNIFORM) else None
            found[one.visit] = Decision(plan, shift, one.scanner, True, one.stratum.value, chance)
        return found


class Looking:
    """What rows of many boxes share while they are made.

    Attributes:
        plans: Of the node. replays: Boxes told again.
        visits: Container to all its visits, where they were read already.
    """

    def __init__(self, node: Working, visits: Mapping[str, Sequence[Kept]] | None = None) -> None:
        self.plans, self.replays = Plans(node), Replays(node)
        self.visits = visits if visits is not None else {}

    def ahead(self, asked: Iterable[tuple[Kept, Moment]]) -> None:
        """Read the past of many boxes at once, each up to its moment; what is not told ahead is read one by one."""
        self.replays.ahead((kept.visit.container, upto, self.visits[kept.visit.container]) for kept, upto in asked
                           if kept.visit.container in self.visits)  # fmt: skip

    def back(self, container: str, upto: Moment) -> States:
        """A container through time, up to an entry: what came later is not even read."""
        return self.replays.of(container, upto, self.visits.get(container))


def decision_rows(boxes: Iterable[Kept], looking: Looking, node: Working) -> Iterator[Row]:
    """Make the rows of boxes; none of a box that is within reach and into which nobody looked."""
    looked = [(kept, standing_outcomes(kept.visit)) for kept in boxes]
    decided = [(kept, _decided(kept, looking.plans, node), outcomes) for kept, outcomes in looked
               if outcomes or kept.listed.status == Status.GONE.value]  # fmt: skip
    stood = node.store.assessments.stood({kept.visit.id: one.at for kept, one, _ in decided})
    looking.ahead(_pasts(decided, stood))
    for kept, one, outcomes in decided:
        yield {
            "visit": kept.visit.id, "unit": kept.unit, "site": kept.listed.site, "shift": one.shift,
            "scanner": one.scanner, "chosen": one.chosen, "stratum": one.stratum, "propensity": one.propensity,
            **_known(kept, one.at, stood.get(kept.visit.id), looking, node), **outcome_of(kept.visit, outcomes),
        }  # fmt: skip


def decision_row(kept: Kept, looking: Looking, node: Working) -> Row | None:
    """Make the row of one box; None while it is within reach and nobody looked into it."""
    return next(decision_rows((kept,), looking, node), None)


def _pasts(
    decided: Iterable[tuple[Kept, Decision, object]], stood: Mapping[VisitId, Assessed]
) -> Iterator[tuple[Kept, Moment]]:
    """Which boxes have to be told again, and up to when."""
    for kept, one, _ in decided:
        last = stood.get(kept.visit.id)
        if last is None or last.body is None:
            yield kept, one.at
        elif kept.visit.changed > last.hlc:
            yield kept, last.hlc


def standing_outcomes(visit: Visit) -> list[Outcome]:
    """The outcomes that no correction took the place of."""
    replaced = {one.outcome.replaces for one in visit.controlled}
    return [one.outcome for one in visit.controlled if one.hlc not in replaced]


def outcome_of(visit: Visit, outcomes: Sequence[Outcome]) -> Row:
    """The label: the gravest that was found, the latest of equals; nothing where nobody looked."""
    if not outcomes:
        return {}
    told = max(outcomes, key=lambda one: (_GRAVITY.get(one.found, _OTHER_GOODS), one.at))
    away = left(visit)
    return {
        "outcome_at": told.at, "found": told.found.value, "quantity_g": told.quantity_g,
        "concealment": None if told.concealment is None else told.concealment.value, "detector": told.detector.value,
        "detector_id": told.detector_id, "analyst": getattr(told, "analyst", ""), "team": ";".join(told.team),
        "depth": told.depth.value, "late": told.found is not Found.NOTHING and away is not None and told.at > away,
    }  # fmt: skip


def _decided(kept: Kept, plans: Plans, node: Working) -> Decision:
    """The last decision before the end: a plan that considered the box, or an officer's own; else the end itself."""
    end = _end(kept.visit)
    own = [_own(one.hlc, one.tag) for one in node.store.overrides.of(kept.visit.id) if one.hlc < end]
    for plan in plans.before(kept.listed.site, end):
        found = plans.considered(plan).get(kept.visit.id)
        if found is not None:
            own.append(found)
            break
    return max(own, key=lambda one: one.at, default=Decision(Moment(end - 1)))


def _own(at: Moment, decision: str) -> Decision:
    chosen = decision in ("select", "hold")
    return Decision(at, chosen=chosen, stratum=Stratum.OFFICER.value if chosen else "")


def _end(visit: Visit) -> Moment:
    """From when on a look at the box would tell its outcome: it was chosen or controlled, it left, or it is heard of no
    more.
    """
    ends: list[int] = [one.hlc for one in visit.controlled]
    ends += [one.outcome.at for one in visit.controlled]
    ends += [move.hlc for move in visit.happened(*_CHOSEN_BY_CUSTOMS)]
    away = left(visit)
    if away is not None:
        ends.append(away)
    return Moment(min(ends, default=visit.changed + 1))


def _known(kept: Kept, until: Moment, stood: Assessed | None, looking: Looking, node: Working) -> Row:
    """What was known: by the last assessment not later than the decision; where none stood, what it would have read."""
    if stood is not None and stood.body is not None:
        fits = len(stood.features) == len(node.rules.features.declared.features)
        still = fits and kept.visit.changed <= stood.hlc
        states = None if still else looking.back(kept.visit.container, stood.hlc)
        visit = kept.visit if states is None else states.at(kept.visit.id, stood.hlc)
        if visit is not None:
            # a release may count more than the one that judged: then everything is asked again, as of that assessment
            vector = stood.features if fits or states is None else _again(stood, states, node)
            hits = tuple(one.hit() for one in msgspec.json.decode(stood.body, type=_Watching).watched)
            row = columns(visit, vector, stood.hlc, hits)
            return {
                "at": stood.hlc, **_traders(visit, stood.hlc, node), **dict(zip(_NAMES, row, strict=True)),
                "policy": stood.policy,
                "logodds_milli": stood.score_milli, "band": stood.band, "mandatory": stood.mandatory,
            }  # fmt: skip
    return _asked(kept, until, looking.back(kept.visit.container, until), node)


def _again(stood: Assessed, states: States, node: Working) -> tuple[int | None, ...]:
    return vector_again(stood, node.store.assessments.of(stood.visit, 1000), states, node)


def _asked(kept: Kept, until: Moment, states: States, node: Working) -> Row:
    """What an assessment at a moment would have read, had one been made; nobody judged then, so there is no score."""
    visit = states.at(kept.visit.id, until)
    if visit is None:
        return {"at": until}
    would = Assessed(visit.id, until, kept.unit, "", 0, "", False, (), None, until)
    row = columns(visit, vector_again(would, [], states, node), until)
    return {"at": until, **_traders(visit, until, node), **dict(zip(_NAMES, row, strict=True))}


def _traders(visit: Visit, at: Moment, node: Working) -> Row:
    """Whose boxes belong together, as known at an entry: what officers said later of who is one does not count."""
    consignee, consignor = trader_keys(visit, node.pseudonyms.key_at(at + 1, node.store.parties))
    return {"consignee_key": consignee, "consignor_key": consignor}
