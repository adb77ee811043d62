import json

from vigie.console.places import Places
from vigie.console.trends_map import MOST, mapped
from vigie.desk.views.trends import Flow

PLACES = Places.load()


def test_a_flow_leads_from_its_country_or_port_to_the_port():
    told = mapped([Flow("BR", "BEANR", 7), Flow("ECGYE", "BEANR", 2), Flow("BR", "NLRTM", 1)], PLACES)
    lines = json.loads(told.lines)
    assert (told.routes, told.ports, told.left_out) == (2, 2, 0)
    assert [(line["route"], line["port"], line["n"]) for line in lines][:2] == [("BR", "Antwerpen", 7), ("ECGYE", "Antwerpen", 2)]
    assert lines[0]["to"] == [PLACES.of("BEANR").lon, PLACES.of("BEANR").lat]
    assert lines[1]["from"] == [PLACES.of("ECGYE").lon, PLACES.of("ECGYE").lat]
    (lon, lat) = lines[0]["from"]
    assert -75 < lon < -34
    assert -34 < lat < 6


def test_what_has_no_place_is_counted_and_not_drawn():
    told = mapped([Flow("BR", "BEANR", 7), Flow("Brazil", "BEANR", 2), Flow("BR", "Ghent", 1), Flow("XX", "BEANR", 3)], PLACES)
    assert (len(json.loads(told.lines)), told.left_out) == (1, 6)
    assert mapped([Flow("Brazil", "Antwerp", 2)], PLACES) is None
    assert mapped([], PLACES) is None


def test_the_widest_lines_alone_are_drawn():
    codes = sorted(PLACES.table)
    flows = [Flow(code, "BEANR", number + 1) for number, code in enumerate(codes[: MOST + 5])]
    told = mapped(flows, PLACES)
    assert len(json.loads(told.lines)) == MOST
    assert told.left_out == sum(range(1, 6))
