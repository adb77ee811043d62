import pytest
from tests.desk.port import ADA, BOB, EVE, IAN, an_officer, trail

from vigie.desk import trends
from vigie.terms import NotForYou, Purpose

HEAD = "month,port,route,findings,kg,inspected"
SAM = an_officer("sam", purposes=(Purpose.STATISTICS,))


def table(inspected="1000", late=8):
    rows = [f"{2022 + month // 12}-{month % 12 + 1:02d},{port},{route},{found},1,{inspected}" for month in range(36)
            for port, route, found in (("BEANR", "BR", 12), ("BEGNE", "EC", late if month >= 24 else 1), ("BEZEE", "CO", 1))]
    return [HEAD, *rows]


def test_a_table_is_judged_for_ports_and_routes_and_nothing_is_kept(node):
    view = trends.monitor(SAM, table(), node)
    assert (view.ports.alarm.name, view.routes.alarm.name) == ("BEGNE", "EC")
    assert [one.factor for one in view.assumed] == list(trends.FACTORS)
    assert view.delays
    assert sum(one.findings for one in view.flows) == 12 * (12 + 8 + 1)
    assert node.store.registry.stamp() == 0


def test_bad_rows_are_doubts_and_the_rest_counts(node):
    view = trends.monitor(SAM, [*table(late=1), "nonsense"], node)
    assert [one.code for one in view.doubts] == ["counts-cell"]
    assert view.ports.says == "nothing"


def test_without_inspections_the_desk_is_silent(node):
    view = trends.monitor(SAM, table(inspected=""), node)
    assert (view.ports.says, view.ports.alarm, view.delays) == ("counts-only", None, ())


def test_an_empty_node_has_too_few_findings(node):
    assert trends.displacement(BOB, node).ports.says == "too-few"
    assert trends.public(BOB, node).claims == 0


def test_published_figures_are_read_and_not_kept(node):
    rows = ("place,year,measure,value,unit,seed_file", "Antwerp,2019,seized,61.8,t,001", "Antwerp,2019,findings,119,count,001")
    assert trends.public(SAM, node, [("seed.csv", "\n".join(rows))]).claims == 2
    assert trends.public(SAM, node).claims == 0


def test_looks_are_in_the_trail_and_who_has_no_need_is_refused(node):
    trends.monitor(SAM, table(), node)
    assert trail(node, act="see-figures")[0].subject == "displacement"
    with pytest.raises(NotForYou):
        trends.monitor(ADA, table(), node)


@pytest.mark.parametrize("officer", [SAM, BOB, EVE, IAN])
def test_figures_are_looked_at_for_statistics_where_one_may(officer):
    asked = trends.purpose_of(officer)
    assert asked is Purpose.STATISTICS or asked in officer.purposes


def test_areas_have_names():
    assert trends.area_name("antwerp", "fr") == "Anvers"
