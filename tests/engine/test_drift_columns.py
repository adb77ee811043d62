import random

from vigie.engine import decision_table
from vigie.engine.drift_columns import columns_drift
from vigie.risk import COLUMNS


def a_table(rows):
    return decision_table({"visit": f"V-{place}", "unit": place, **row} for place, row in enumerate(rows))


def compared(before, now):
    return {one.column: one for one in columns_drift(a_table(before), a_table(now))}


def some(chance, count, **columns):
    return [{"at": 10**15, **{name: draw(chance) for name, draw in columns.items()}} for _ in range(count)]


def test_the_same_trade_is_the_same():
    chance = random.Random(1)
    trade = {"loading_country": lambda one: one.choice(["BE", "NL", "EC", "CO"]), "packages": lambda one: one.randint(0, 900)}
    told = compared(some(chance, 3000, **trade), some(chance, 800, **trade))
    assert {one.state for one in told.values()} == {"same"}


def test_another_trade_new_and_vanished_codes_and_silence_are_seen():
    chance = random.Random(2)
    told = compared(
        some(chance, 1000, loading_country=lambda one: one.choice(["EC", "CO"]), packages=lambda one: one.randint(0, 100)),
        some(chance, 500, loading_country=lambda one: one.choice(["EC", "PY"]), packages=lambda one: None),
    )
    lane, packages = told["loading_country"], told["packages"]
    assert (lane.state, lane.new, lane.gone) == ("changed", ("PY",), ("CO",))
    assert (packages.state, packages.unknown_before, packages.unknown_now) == ("changed", 0.0, 1.0)


def test_a_handful_of_boxes_proves_no_change():
    chance = random.Random(3)
    told = compared(some(chance, 12, packages=lambda one: one.randint(0, 9)), some(chance, 6, packages=lambda one: one.randint(0, 9)))
    assert told["packages"].state == "same"


def test_a_moment_is_compared_by_its_age():
    before = [{"at": 10**15 + place, "eta": 10**15 + place + 5} for place in range(200)]
    now = [{"at": 2 * 10**15 + place, "eta": 2 * 10**15 + place + 5} for place in range(200)]
    moments = [one.name for one in COLUMNS if one.type == "moment"]
    renamed = [[{("at" if name == "at" else moments[0]): value for name, value in row.items()} for row in rows] for rows in (before, now)]
    assert compared(*renamed)[moments[0]].state == "same"


def test_an_empty_window_compares_nothing():
    assert columns_drift(a_table([]), a_table([{"at": 1}])) == ()
