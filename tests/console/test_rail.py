from vigie.console.rail import KEYS, RAIL, Place, rail_for
from vigie.console.site import LOOKS


def every(rail):
    for one in rail:
        yield one
        yield from every(one.under)


def test_every_place_is_a_page_and_stands_once():
    places = [one.href for one in every(RAIL)]
    assert len(places) == len(set(places))
    assert set(places) <= {path for path, _ in LOOKS}


def test_no_officer_has_two_places_under_one_key():
    keys = [one.key for one in RAIL if one.name != "terminal"]  # who sees a terminal's page sees no other
    assert len(keys) == len(set(keys))
    assert [one.key for one in RAIL if not one.key] == []
    assert {told for told, _ in KEYS} >= {f"g {key}" for key in keys}


def test_only_what_one_may_open_is_shown():
    shown = rail_for({"list", "simulate", "see-indicators"}.__contains__)
    assert [(one.name, [each.name for each in one.under]) for one in shown] == [
        ("arrivals", []), ("moves", ["ships", "silent"]), ("indicators", ["simulation"]),
    ]  # fmt: skip


def test_a_page_is_held_by_what_it_lies_under():
    rules = next(one for one in RAIL if one.name == "indicators")
    assert rules.holds("/risk/drift")
    assert rules.holds("/risk/indicators/P1")
    assert not rules.holds("/risk/watchlists")
    assert not Place("today", "/", "see").holds("/arrivals")
    reading = next(one for one in rail_for(lambda act: True) if one.name == "reading")
    assert reading.holds("/scanning/scans")
    assert reading.holds("/scanning/scan/X1")
    assert not reading.holds("/registry")
