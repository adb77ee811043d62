import pytest
from tests.desk.port import (
    ADA,
    ANN,
    BOB,
    BOX,
    SHIP,
    VISIT,
    a_consignment,
    an_officer,
    discharge,
    manifest,
    numbers,
    take_in,
    told,
    trail,
)

from vigie.desk import arrivals
from vigie.desk.views import ArrivalsQuery
from vigie.terms import BadRequest, Handling, NotForYou, Purpose


@pytest.fixture
def ships(node):
    boxes = numbers(6)
    take_in(node, manifest(*(a_consignment(box, box) for box in boxes)), discharge(boxes[0]))
    return node


def visits(page):
    return [row.visit for row in page.rows]


def test_the_list_is_sorted_over_everything_and_paged_by_a_cursor(ships):
    whole = arrivals.page(ANN, ArrivalsQuery(sort="container", descending=False), ships)
    first = arrivals.page(ANN, ArrivalsQuery(sort="container", descending=False, limit=4), ships)
    second = arrivals.page(ANN, ArrivalsQuery(sort="container", descending=False, limit=4, after=first.next), ships)
    assert visits(first) + visits(second) == visits(whole) == sorted(visits(whole))
    assert (whole.total, second.next) == (6, "")


@pytest.mark.parametrize(
    ("query", "count"),
    [
        (ArrivalsQuery(text="MSCU 0000"), 6),
        (ArrivalsQuery(text="XXXX"), 0),
        (ArrivalsQuery(sites=("NLRTM",)), 0),
        (ArrivalsQuery(carrier="MSCU", vessel="EVER", loading="ECGYE", hs2="08"), 6),
        (ArrivalsQuery(reefer=True, empty=False), 6),
        (ArrivalsQuery(statuses=("held",)), 0),
        (ArrivalsQuery(claimed="none"), 6),
        (ArrivalsQuery(claimed="me"), 0),
        (ArrivalsQuery(due_from=SHIP.arrival + 1), 1),
    ],
)
def test_filters(query, count, ships):
    assert arrivals.page(ANN, query, ships).total == count


@pytest.mark.parametrize("sort", arrivals.SORTS)
def test_every_sort_key_sorts(sort, ships):
    assert arrivals.page(ANN, ArrivalsQuery(sort=sort), ships).total == 6


@pytest.mark.parametrize(
    "query", [ArrivalsQuery(sort="colour"), ArrivalsQuery(statuses=("lost",)), ArrivalsQuery(limit=0), ArrivalsQuery(limit=501)]
)
def test_what_has_no_meaning_is_refused(query, ships):
    with pytest.raises(BadRequest):
        arrivals.page(ANN, query, ships)


def test_an_officer_who_may_not_list_sees_no_list(ships):
    with pytest.raises(NotForYou):
        arrivals.page(ADA, ArrivalsQuery(), ships, Purpose.ADMINISTRATION)
    assert trail(ships, officer="ada", act="list")[0].outcome == "refused"


def test_a_number_leads_to_the_box_that_the_officer_may_see(node):
    take_in(node, manifest())
    assert arrivals.find(ANN, "csqu 305438 3", node) == VISIT
    assert arrivals.find(ANN, f"{BOX}-7", node) == f"{BOX}-7"
    for who in (an_officer("low", clearance=Handling.CLEAR), ADA):
        with pytest.raises(NotForYou):
            arrivals.find(who, BOX, node)


def test_bulk_does_what_it_may_and_names_the_rest(ships):
    wanted = [f"{box}-1" for box in numbers(3)]
    arrivals.claim(BOB, wanted[0], ships)
    result = arrivals.bulk(ANN, [*wanted, "NONE0000000-1"], "claim", ships)
    assert (list(result.done), set(result.refused)) == (wanted[1:], {wanted[0], "NONE0000000-1"})
    held = arrivals.bulk(ANN, wanted, "hold", ships, reason="same shipper")
    assert set(held.done) == set(wanted)
    assert {told(ships, visit=visit).row.status for visit in wanted} == {"held"}


@pytest.mark.parametrize(("act", "reason"), [("hold", " "), ("burn", "x")])
def test_bulk_needs_a_known_act_and_a_reason(act, reason, ships):
    with pytest.raises(BadRequest):
        arrivals.bulk(ANN, [VISIT], act, ships, reason=reason)


def test_a_release_needs_a_supervisor(node):
    take_in(node, manifest())
    with pytest.raises(NotForYou):
        arrivals.override(ANN, VISIT, "release", "clean", node)
    arrivals.override(BOB, VISIT, "release", "clean", node)
    assert told(node).row.status == "released"


@pytest.mark.parametrize(("decision", "reason"), [("release", ""), ("burn", "x")])
def test_an_override_has_meaning_and_a_reason(decision, reason, node):
    take_in(node, manifest())
    with pytest.raises(BadRequest):
        arrivals.override(BOB, VISIT, decision, reason, node)


def test_saved_views_are_the_officers_own(node):
    query = ArrivalsQuery(text="MSCU", sort="due", after="page 2")
    arrivals.save_view(ANN, " Mine ", query, node)
    (view,) = arrivals.saved_views(ANN, node)
    assert (view.name, view.query.text, view.query.after) == ("Mine", "MSCU", "")
    assert arrivals.saved_views(BOB, node) == ()
    arrivals.drop_view(ANN, "Mine", node)
    assert arrivals.saved_views(ANN, node) == ()
    with pytest.raises(BadRequest):
        arrivals.save_view(ANN, "", query, node)
