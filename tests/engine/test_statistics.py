import random

import pytest

from vigie.engine import Statistics, effort_table, register_table
from vigie.registry import SeizureRow
from vigie.terms import read_moment
from vigie.trends import STEP, EffortRow, Span

SPAN = Span(2026 * 12, 2026 * 12 + 11, 2025 * 12, 2025 * 12 + 11)


def a_row(at="2026-03-02T06:00:00Z", place="BEANR", grams=100_000, provenance="BR", cover="080390", leads=True, id="S1"):
    return SeizureRow(id, 1, read_moment(at), place, place[:2], "cocaine", grams, grams, None, leads, None, cover, "",
                      provenance, "", "", "", "customs", "BE", "", 2, True, False, "", "")  # fmt: skip


def looked(at="2026-03-02T06:00:00Z", place="BEANR", **rest):
    told = {"provenance": "BR", "irregular": False, "cocaine": False, "scanned": True, "random": False} | rest
    return EffortRow(read_moment(at), place, **told)


def made(rows=(), effort=()):
    return Statistics(register_table(rows), effort_table(effort), 1)


def test_nothing_counts_as_nothing_and_effort_is_not_known():
    told = made().counts(SPAN)
    assert (told.whole.now.findings, told.whole.now.grams, told.whole.now.inspected) == (0, 0, None)
    assert told.ports == ()
    assert made().monthly() == []


def test_a_seizure_of_two_substances_is_one_finding():
    told = made([a_row(), a_row(grams=5_000, leads=False)]).counts(SPAN)
    assert (told.whole.now.findings, told.whole.now.grams) == (1, 105_000)


def test_the_year_before_stands_beside_and_months_beside_their_own():
    told = made([a_row(), a_row("2025-03-30T00:00:00Z", grams=50_000), a_row("2025-04-01T00:00:00Z")]).counts(SPAN)
    assert (told.whole.now.findings, told.whole.before.findings) == (1, 2)
    march = next(one for one in told.months if one.name == "2026-03")
    assert (march.now.findings, march.before.findings, march.before.grams) == (1, 1, 50_000)


def test_a_finding_without_weight_is_told_apart():
    told = made([a_row(grams=None), a_row(grams=3_000)]).counts(SPAN)
    assert (told.whole.now.unweighed, told.whole.now.grams) == (1, 3_000)
    assert {one.name: one.now.findings for one in told.lots} == {"0": 1, "unweighed": 1}


def test_effort_is_counted_by_chance_and_by_plan():
    told = made([], [looked(), looked(random=True, irregular=True), looked(random=True), looked(scanned=False)])
    now = told.counts(SPAN).whole.now
    assert (now.inspected, now.scanned, now.random, now.random_hits) == (4, 3, 2, 1)


def test_a_port_or_a_country_is_asked_for_alone():
    rows = [a_row(), a_row(place="BEGNE", cover="440710"), a_row(provenance="EC")]
    told = made(rows).counts(Span(*(getattr(SPAN, one) for one in ("first", "last", "before_first", "before_last")), "BEANR"))
    assert told.whole.now.findings == 2
    assert [one.name for one in told.covers] == ["08"]
    nowhere = Span(SPAN.first, SPAN.last, SPAN.before_first, SPAN.before_last, "XXXXX")
    assert made(rows).counts(nowhere).whole.now.findings == 0


def test_random_rows_add_up_as_they_do_by_hand():
    chance = random.Random(6)
    rows = [a_row(f"202{chance.choice('56')}-{chance.randint(1, 12):02d}-15T00:00:00Z", chance.choice(("BEANR", "BEGNE", "")),
                  chance.choice((None, chance.randint(1, 9_000_000))), chance.choice(("BR", "EC", "")), id=f"S{one}")
            for one in range(400)]
    told = made(rows).counts(SPAN)
    now = [one for one in rows if one.at >= read_moment("2026-01-01T00:00:00Z")]
    assert told.whole.now.findings == len(now)
    assert told.whole.now.grams == sum(one.grams or 0 for one in now)
    for table, name in ((told.ports, "place"), (told.provenances, "provenance")):
        for line in table:
            assert line.now.findings == sum(getattr(one, name) == line.name for one in now)
    weights = sorted(one.grams for one in now if one.grams)
    assert told.whole.now.median_g == pytest.approx(weights[len(weights) // 2], rel=2 * (STEP - 1))
    assert told.whole.now.largest_g == weights[-1]
    assert sum(one.now.findings for one in told.lots) == len(now)


def test_months_by_port_and_route_carry_effort_and_findings():
    told = made([a_row()], [looked(), looked(place="BEGNE")]).monthly()
    assert [(one.port, one.route, one.findings, one.kg, one.inspected) for one in told] == [
        ("BEANR", "BR", 1, 100, 1), ("BEGNE", "BR", 0, None, 1)]


def test_an_answer_is_made_once():
    one, asked = made(), []
    for _ in range(2):
        assert one.remembered("a", lambda: asked.append(1) or 7) == 7
    assert asked == [1]
