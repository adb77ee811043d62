"""A backtest says what counting by hand says, over generated decisions with missing values."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.risk.rows import NAMES, ROWS, given_row

from vigie.engine import Archive, backtested, decision_table
from vigie.risk import Policy, assessor, exact, load_catalogue
from vigie.terms import Moment

ALL = load_catalogue().in_force(Moment(1_800_000_000_000_000))
POLICY = Policy(ALL)
JUDGE = assessor(POLICY)
START = len(POLICY.priors) - 1


def a_decision(row, number, **told):
    return {"visit": f"V-{number}", "at": number, "unit": number, **dict(zip(NAMES, row, strict=True)), **told}


OUTCOMES = st.one_of(
    st.just({"chosen": False, "stratum": ""}),
    st.fixed_dictionaries({
        "chosen": st.just(True), "stratum": st.sampled_from(["tilted", "uniform"]),
        "propensity": st.floats(0.01, 1), "found": st.sampled_from(["nothing", "cocaine", "irregularity", None]),
        "late": st.just(False), "detector": st.sampled_from(["scanner", "dog"]),
    }),
    st.fixed_dictionaries({
        "chosen": st.just(True), "stratum": st.just("score"), "late": st.booleans(),
        "found": st.sampled_from(["nothing", "cocaine", "tobacco"]), "detector": st.just("scanner"),
    }),
    st.fixed_dictionaries({"chosen": st.just(False), "stratum": st.just(""), "propensity": st.floats(0.01, 1)}),
)  # fmt: skip


@settings(max_examples=settings.default.max_examples // 6)
@given(st.lists(st.tuples(ROWS, OUTCOMES), max_size=25))
def test_it_counts_as_one_counts_by_hand(decisions):
    rows = [a_decision(row, number, **told) for number, (row, told) in enumerate(decisions)]
    told = backtested(POLICY, decision_table(rows), threads=1)
    fired = [{POLICY.indicators[place].id for place in range(len(ALL)) if JUDGE.run(row) >> START >> place & 1}
             for row, _ in decisions]  # fmt: skip

    def seen(row):
        return row.get("found") is not None and not row["late"]

    pairs = list(zip(rows, fired, strict=True))
    for one in told.indicators:
        mine = [row for row, names in pairs if one.indicator in names]
        by_hand = (len(mine), sum(map(seen, mine)), sum(seen(row) and row["found"] == "cocaine" for row in mine),
                   sum(seen(row) and row["found"] != "nothing" for row in mine),
                   sum(row.get("late") is True and row["found"] == "cocaine" for row in mine))  # fmt: skip
        found = one.measured
        assert (found.boxes, found.inspected, found.hits, found.irregular, found.late) == by_hand
        alone = [row for row, names in pairs if names == {one.indicator}]
        assert one.alone.alerts == len(alone)
        assert one.alone.hits == sum(seen(row) and row["found"] == "cocaine" for row in alone)
        assert one.dead is (not mine)
        assert set(one.within) == {other for other in ({o.id for o in ALL} - {one.indicator} if mine else set())
                                   if all(other in names for _, names in pairs if one.indicator in names)}  # fmt: skip
    any_fired = [row for row, names in pairs if names]
    assert (told.all.boxes, told.fired.boxes) == (len(rows), len(any_fired))
    chance = [row for row in rows if seen(row) and row["stratum"] in ("tilted", "uniform")]
    assert (told.random.inspected, told.all.random_inspected) == (len(chance), len(chance))
    assert sum(one.inspected for one in told.slices["detector"]) == sum(map(seen, any_fired))


RED = given_row(watch_mandatory=1)
CALM = given_row(hs2="08")


def uniform(number, row, found, chance=0.1):
    return a_decision(row, number, chosen=True, stratum="uniform", propensity=chance, found=found, late=False)


def test_draws_are_weighted_with_their_chance_and_told_per_box_of_the_pool():
    drawn = [uniform(number, RED, "cocaine" if number == 0 else "nothing") for number in range(10)]
    passed = [a_decision(RED, 10 + number, chosen=False, stratum="", propensity=0.1) for number in range(90)]
    told = next(one for one in backtested(POLICY, decision_table(drawn + passed)).indicators if one.indicator == "WL-M")
    assert told.measured.boxes == 100
    assert told.measured.weighted.value == pytest.approx(0.1)
    assert told.measured.weighted.low < 0.1 < told.measured.weighted.high


def test_a_rate_has_its_exact_interval_and_a_lift_over_the_uniform_draw():
    chosen = [a_decision(RED, number, chosen=True, stratum="mandatory", found="cocaine" if number < 3 else "nothing",
                         late=False) for number in range(412)]  # fmt: skip
    calm = [uniform(1000 + number, CALM, "cocaine" if number == 0 else "nothing") for number in range(400)]
    told = backtested(POLICY, decision_table(chosen + calm))
    red = next(one for one in told.indicators if one.indicator == "WL-M").measured
    within = exact(3, 412)
    assert (red.inspected, red.hits, red.rate.low, red.rate.high) == (412, 3, within.low, within.high)
    assert red.per_thousand == pytest.approx(7.28, abs=0.01)
    assert red.lift.value == pytest.approx(3 / 412 * 400)
    assert red.lift.low < red.lift.value < red.lift.high


def test_what_nobody_looked_into_is_no_miss_and_what_left_is_no_control():
    rows = [a_decision(RED, 1), a_decision(RED, 2, found="cocaine", late=True)]
    red = next(one for one in backtested(POLICY, decision_table(rows)).indicators if one.indicator == "WL-M").measured
    assert (red.boxes, red.inspected, red.hits, red.late) == (2, 0, 0, 1)
    assert (red.per_thousand, red.weighted, red.lift) == (None, None, None)
    assert (red.rate.low, red.rate.high) == (0.0, 1.0)


def test_a_table_and_the_files_that_hold_it_say_the_same(tmp_path):
    rows = [uniform(number, RED if number % 2 else CALM, "cocaine" if number % 5 == 0 else "nothing")
            for number in range(40)]  # fmt: skip
    archive = Archive(tmp_path / "it's here")
    archive.write(decision_table(rows), cursor=1)
    assert msgspec.to_builtins(backtested(POLICY, archive.files())) == msgspec.to_builtins(
        backtested(POLICY, decision_table(rows))
    )


def test_no_decisions_give_a_backtest_of_nothing():
    told = backtested(POLICY, decision_table([]))
    assert (told.all.boxes, told.since, told.overlaps) == (0, None, ())
    assert all(one.dead for one in told.indicators)


def test_more_indicators_than_a_word_has_bits_are_all_counted():
    first = next(one for one in ALL if one.id == "WL-M")
    many = Policy(tuple(msgspec.structs.replace(first, id=f"X{place}") for place in range(70)))
    told = backtested(many, decision_table([uniform(1, RED, "cocaine")]))
    assert [one.measured.hits for one in told.indicators] == [1] * 70
    assert len(told.indicators[69].within) == 69


def test_a_cut_tells_its_boxes_whether_looked_into_or_not():
    rows = [
        {"visit": f"V-{number}", "at": number, "unit": number, "loading_country": country, "watch_mandatory": 1,
         "chosen": False, "stratum": "", "late": False, "found": "nothing" if number in (0, 4) else None}
        for number, country in enumerate(("BR", "BR", "BR", "EC", "EC"))
    ]  # fmt: skip
    told = backtested(POLICY, decision_table(rows), threads=1)
    assert told.fired.boxes == 5
    assert {one.code: (one.boxes, one.inspected) for one in told.slices["origin"]} == {"BR": (3, 1), "EC": (2, 1)}
