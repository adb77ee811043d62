"""One simulated year on two roads: canonical rows in memory, and messages through a node; every decision is the same."""

import io
import os
from collections import Counter
from itertools import zip_longest

import numpy as np
import pytest
from benchmarks.quality._library import TRUTH, Library, exact_year
from benchmarks.quality._resampled import Port, scores_of, table_of
from benchmarks.quality._road import Canonical, Considered, a_year, cases_of, decide
from tests.desk.port import ALL, an_officer

from vigie.desk import arrivals, inspections
from vigie.desk.gate import reach
from vigie.desk.rules import CompiledRules
from vigie.engine.archive import decision_table
from vigie.node import FixedClock, Settings, build
from vigie.risk import COLUMNS, assessor, columns
from vigie.terms import DAY, Handling, Moment, Purpose, Role
from vigie.tracking import Query
from vigie.world import START, Smugglers, Telling, TruthBook, World, nobody

BOB = an_officer("bob", Role.SUPERVISOR, Role.TARGETING, Role.INSPECTOR, clearance=Handling.RED, purposes=ALL)
WHOLE = reach(BOB, Purpose.TARGETING, "plan")
SEED = int(os.environ.get("VIGIE_SEED", "0")) + 7


class Messages:
    """A node that reads the same sheets as files, at the moments at which they come."""

    def __init__(self, home, rules):
        self.clock = FixedClock(Moment(START - 90 * DAY))
        self.node = build(Settings(home=home, sites=("BEANR",)), self.clock, rules)
        self.files = 0

    def hear(self, sheet):
        self.clock.at = Moment(max(sheet.at, self.clock.at))
        told = arrivals.take_in(BOB, [(sheet.reference, io.BytesIO(sheet.written()))], self.node)
        assert (told.faults, told.known) == (0, told.known)
        self.files += 1

    def record(self, outcomes, at):
        self.clock.at = Moment(at)
        for outcome in outcomes:
            inspections.record(BOB, outcome, self.node, Purpose.INSPECTION)

    def coming(self, since, until):
        found, after = [], ""
        while True:
            page = self.node.store.visits.page(Query(due_from=since, due_to=until, limit=1000, after=after), WHOLE)
            found += [self.judged(row) for row in page.rows]
            after = page.after
            if not after:
                return found

    def judged(self, row):
        kept = self.node.store.assessments.latest([row.visit])[row.visit]
        visit = self.node.store.visits.get([row.visit])[row.visit].visit
        said = columns(visit, kept.features, kept.hlc, ())
        return Considered(row.visit, row.score_milli, row.mandatory, row.band, kept.hlc, row.due, said)


def both(home, boxes, weeks, warm):
    rules = CompiledRules(START)
    roads = (Canonical(rules.policy), Messages(home, rules))
    for road in roads:
        book = TruthBook()
        world = a_year(SEED, boxes, weeks, warm, uplift=20.0, adapt=True)
        yield road, book, decide(world, road, weeks, warm, book=book)


def compared(home, boxes, weeks, warm):
    (_, books, canonical), (long, other, messages) = both(home, boxes, weeks, warm)
    count = chosen = 0
    with long.node:
        for one, two in zip_longest(canonical, messages):
            assert {each.visit for each in one.considered} == {each.visit for each in two.considered}
            theirs = {each.visit: each for each in two.considered}
            for each in one.considered:
                assert each == theirs[each.visit]
            assert one.plan == two.plan
            assert one.outcomes == two.outcomes
            count += len(one.considered)
            chosen += len(one.plan.selections)
    assert books.cases == other.cases
    assert cases_of(books)
    return count, chosen


def test_a_small_year_is_decided_the_same_on_both_roads(tmp_path):
    count, chosen = compared(tmp_path, 2600, 3, 2)
    assert count > 90
    assert chosen >= 8


def test_a_box_weighed_before_it_was_announced_is_the_same_on_both_roads(tmp_path):
    """What a box got on its way counts also where its line is announced by its last word (found by the whole year)."""
    sheets = list(World(SEED, 14, 0.04, practice=nobody, telling=Telling.AHEAD).sheets(TruthBook()))
    masses = {row.container: sheet for sheet in sheets if sheet.kind == "vermas" for row in sheet.rows()}
    told = next(one for one in sheets if one.kind == "ics2" and one.rows()[0].equipment[0].number in masses)
    box = told.rows()[0].equipment[0].number
    weighed = masses[box]
    rules = CompiledRules(START)
    roads = (Canonical(rules.policy), Messages(tmp_path, rules))
    with roads[1].node:
        for road in roads:
            road.hear(weighed)
            road.hear(told._replace(at=Moment(max(told.at, weighed.at) + DAY)))
        one, two = ({each.visit: each for each in road.coming(Moment(0), Moment(1 << 60))} for road in roads)
    assert one == two
    together = {each.number for each in told.rows()[0].equipment} & {row.container for row in weighed.rows()}
    place = [column.name for column in COLUMNS].index("weighed_boxes_90d")
    assert one[f"{box}-1"].row[place] == len(together)


@pytest.mark.soak
@pytest.mark.timeout(7200)
def test_a_whole_year_is_decided_the_same_on_both_roads(tmp_path, record_property):
    count, _ = compared(tmp_path, 20_000, 52, 6)
    record_property("n", count)
    assert count > 19_000


def test_a_year_drawn_from_a_library_labels_only_what_was_looked_into():
    rules = CompiledRules(START).policy
    rows, truth = exact_year(SEED, rules, 2600, weeks=4)
    lots = [place for place, one in enumerate(truth["typology"]) if one]
    clean = [place for place, one in enumerate(truth["typology"]) if not one]
    library = Library(rows, truth, np.array(lots), np.array(clean), 1)
    scores = scores_of(library, rules)
    weeks = list(Port(library, scores, SEED, boxes=5200, uplift=20.0, smugglers=Smugglers()).year(0))
    assert [week.rows.tolist() for week in weeks] == [
        week.rows.tolist() for week in Port(library, scores, SEED, boxes=5200, uplift=20.0, smugglers=Smugglers()).year(0)
    ]
    told = table_of(library, scores, weeks)
    assert told.schema.equals(decision_table([]).schema)
    chosen, found = told["chosen"].to_pylist(), told["found"].to_pylist()
    assert chosen == [one is not None for one in found]
    assert 0.07 < sum(chosen) / len(chosen) < 0.09
    assert {"nothing", "irregularity"} <= set(found)
    strata = Counter(told["stratum"].to_pylist())
    assert strata.keys() == {"", "score"} | {name for name in ("tilted", "uniform") if strata[name]}
    hidden = set(TRUTH) | {"typology", "planted"}
    assert hidden & set(told.column_names) <= {"concealment", "site"}
    concealed = [one for one, seen in zip(told["concealment"].to_pylist(), chosen, strict=True) if not seen]
    assert set(concealed) == {None}
    live = assessor(rules)
    for place in range(0, rows.num_rows, 7):
        row = tuple(rows.slice(place, 1).select([each.name for each in COLUMNS]).to_pylist()[0].values())
        assert live.assess("x-1", START, row).logodds_milli == scores.milli[place]
