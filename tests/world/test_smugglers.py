"""Smugglers move away from what is lost, send as much as before, and without losses do as ever."""

import msgspec
import pytest

from vigie.terms import DAY, Moment
from vigie.world import START, Smugglers, TruthBook, World, nobody
from vigie.world.cases import draw_lot, plague
from vigie.world.chance import Choice, stream
from vigie.world.parameters import ADAPT_BOUNDS
from vigie.world.planting import rates_of
from vigie.world.services import boxes_by_country
from vigie.world.smugglers import cover_of
from vigie.world.truth import Case
from vigie.world.typologies import BY_ID, choice_of


def a_case(**told):
    usual = Case("CSQU3054383", "B1", "BEANR", "rip-on", "behind-doors", 1, "EC", "small", (), START, START, cover="0803")
    return msgspec.structs.replace(usual, **told)


def taught(lost, kept, count=40, **told):
    mind = Smugglers(**told)
    for step in range(count):
        mind.hear(Moment(START + step * DAY), a_case(**lost), True)
        mind.hear(Moment(START + step * DAY), a_case(**kept), False)
    mind.wake(Moment(START + (count + 10) * DAY))
    return mind


@pytest.mark.parametrize(("dimension", "name", "lost", "kept"), [
    ("route", "origin", "EC", "BR"), ("modus", "typology", "rip-on", "in-goods"), ("cover", "cover", "0803", "0901"),
    ("port", "site", "BEANR", "BEGNE"),
])  # fmt: skip
def test_what_is_lost_is_used_less(dimension, name, lost, kept):
    mind = taught({name: lost}, {name: kept})
    assert mind.factor(dimension, lost) < 0.6 < 1.5 < mind.factor(dimension, kept)


def test_what_was_not_heard_yet_moves_nobody():
    mind = Smugglers()
    mind.hear(START, a_case(), True)
    mind.wake(Moment(START + 6 * DAY))
    assert mind.factor("route", "EC") == 1.0
    mind.wake(Moment(START + 8 * DAY))
    assert mind.factor("route", "EC") < 1.0


def test_without_strength_nothing_moves():
    assert taught({"origin": "EC"}, {"origin": "BR"}, strength=0.0).factor("route", "EC") == 1.0


def test_factors_stay_in_their_bounds_and_losses_fade():
    mind = taught({"origin": "EC"}, {"origin": "BR"}, count=400, strength=50.0)
    assert mind.factor("route", "EC") == ADAPT_BOUNDS.value[0]
    assert mind.factor("route", "BR") == ADAPT_BOUNDS.value[1]
    told = taught({"origin": "EC"}, {"origin": "BR"})
    before = told.factor("route", "EC")
    for step in range(400):  # a year in which other routes are used and come through
        told.hear(Moment(START + (60 + step) * DAY), a_case(origin="PE"), step % 3 == 0)
    told.wake(Moment(START + 500 * DAY))
    assert before < told.factor("route", "EC")


def test_as_many_lots_are_sent_as_before():
    mind = taught({"origin": "EC", "site": "BEANR"}, {"origin": "BR", "site": "BEGNE"})
    usual, boxes = rates_of("BEANR", 2019).per_box, boxes_by_country("BEANR")
    of = {key: boxes.get(key[1], 10.0) for key in usual}
    moved = mind.rates(usual, of)
    assert sum(moved[key] * of[key] for key in of) == pytest.approx(sum(usual[key] * of[key] for key in of))
    assert moved["lane", "EC"] < usual["lane", "EC"]
    ports = {"BEANR": 0.8, "BEGNE": 0.1, "BEZEE": 0.1}
    factor = mind.ports(ports)
    assert factor["BEANR"] < 1.0 < factor["BEGNE"]
    assert sum(factor[port] * lots for port, lots in ports.items()) == pytest.approx(1.0)


def test_lots_are_drawn_as_they_now_choose():
    mind = taught({"typology": "rip-on"}, {"typology": "in-goods"})
    known, chance = plague("BEANR", 2019), stream(7)
    usual = sum(draw_lot(chance, known, ("lane",)).typology.id == "rip-on" for _ in range(800))
    moved = sum(draw_lot(chance, known, ("lane",), shifted=mind.modus).typology.id == "rip-on" for _ in range(800))
    assert moved < 0.75 * usual
    assert isinstance(mind.modus(choice_of("small")), Choice)


def test_a_world_that_adapts_is_the_same_from_the_same_seed_and_logs_how_it_moved():
    books = []
    for _ in range(2):
        book = TruthBook()
        for _ in World(3, 200, 0.05, uplift=40.0, smugglers=Smugglers()).sheets(book):
            pass
        books.append(book)
    assert books[0].cases == books[1].cases
    assert books[0].shifts == books[1].shifts
    assert len(books[0].shifts) >= 5
    assert all(set(shift.factors_permille) == {"route", "modus", "cover", "port"} for shift in books[0].shifts)
    lines = list(books[0].lines())
    assert sum(msgspec.json.decode(line)["type"] == "shift" for line in lines) == len(books[0].shifts)
    assert all(case.typology in BY_ID for case in books[0].cases)


def test_where_nobody_looks_nobody_hears_by_the_world_itself():
    mind, book = Smugglers(), TruthBook()
    sheets = list(World(3, 30, 0.05, uplift=40.0, smugglers=mind, practice=nobody).sheets(book))
    assert book.cases
    assert book.controls == []
    assert not any(case.found or case.looked for case in book.cases)
    assert not any(sheet.kind == "controls" for sheet in sheets)
    assert mind.shifts == []


def test_a_lot_moves_to_a_cover_that_comes_through():
    class Bill:
        def __init__(self, hs):
            self.goods = type("Goods", (), {"hs": hs})

    mind = taught({"cover": "0803"}, {"cover": "0901"})
    fit = [(Bill("080390"), n) for n in range(5)] + [(Bill("090111"), n) for n in range(5)]
    chance = stream(1)
    drawn = [cover_of(mind.boxes(fit).draw(chance)[0]) for _ in range(600)]
    assert drawn.count("0901") > 2 * drawn.count("0803")
