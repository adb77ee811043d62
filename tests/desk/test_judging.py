import msgspec
from tests.desk.port import BOB, BOX, NOW, VISIT, a_consignment, bay_plan, discharge, manifest, numbers, take_in

from vigie.arrivals import Function, Level
from vigie.desk import risk
from vigie.desk.judging import Watch, watched_terms
from vigie.desk.ledger import Ledger
from vigie.risk.features import BY_THEN
from vigie.terms import DAY, Handling, Moment


def vector(node, box=BOX):
    return node.store.assessments.latest([f"{box}-1"])[f"{box}-1"].features


def value(node, name, box=BOX):
    return vector(node, box)[node.rules.features.declared.names.index(name)]


def test_a_line_is_judged_by_what_was_known_before_it(node):
    boxes = numbers(3)
    take_in(node, *(manifest(a_consignment(box, box), number=place) for place, box in enumerate(boxes, start=1)))
    assert [value(node, "consignee_boxes_life", box) for box in boxes] == [0, 1, 2]


def test_news_that_does_not_touch_the_line_keeps_its_vector(node):
    take_in(node, manifest())
    before = vector(node)
    take_in(node, manifest(a_consignment("LATER", numbers(1)[0]), number=2), bay_plan(), discharge())
    names, now = node.rules.features.declared.names, vector(node)
    assert [name for name, was, told in zip(names, before, now, strict=True) if was != told] == ["cell_hits_60d"]
    assert (value(node, "cell_hits_60d"), "cell_hits_60d" in BY_THEN) == (0, True)  # its cell is known since the plan


def test_an_amendment_of_a_key_asks_history_anew(node):
    other = numbers(1)[0]
    take_in(node, manifest(a_consignment("OTHER", other, consignee="Autre")), manifest(number=2))
    assert value(node, "consignee_boxes_life") == 0
    take_in(node, manifest(a_consignment(consignee="Autre", function=Function.AMENDMENT), number=3))
    assert value(node, "consignee_boxes_life") == 1


def test_a_house_bill_takes_the_place_of_its_master(node):
    master = a_consignment("M1", level=Level.MASTER, consignee="Forwarder")
    take_in(node, manifest(a_consignment("EARLIER", numbers(1)[0])), manifest(master, number=2))
    assert value(node, "consignee_boxes_life") == 0
    take_in(node, manifest(a_consignment("H1", level=Level.HOUSE), number=3))
    assert value(node, "consignee_boxes_life") == 1


def test_a_bay_plan_alone_is_judged_too(node):
    take_in(node, bay_plan())
    assert len(vector(node)) == len(node.rules.features.declared.features)


def test_watch_lists_are_read_again_only_when_one_changed(node):
    watch = Watch()
    watch.refresh(node)
    assert watch.hits([("container", BOX)], NOW) == ()
    name = risk.create_watch_list(BOB, "L", "tip", Moment(NOW + DAY), Handling.AMBER, "mandatory", node)
    risk.watch(BOB, name, [("container", BOX, "")], node)
    watch.refresh(node)
    ((told, entry),) = watch.hits([("container", BOX), ("seal", "X")], NOW)
    assert (told.id, entry.value) == (name, BOX)
    assert watch.hits([("container", BOX)], Moment(NOW + 2 * DAY)) == ()


def test_a_box_can_be_watched_by_its_parties_pseudonyms(node):
    take_in(node, manifest())
    visit = node.store.visits.get([VISIT])[VISIT].visit
    ledger = Ledger(NOW, True, NOW, node.pseudonyms.number)
    keys = {node.pseudonyms.key(party) for party in visit.lines[0].parties}
    assert {term for kind, term in watched_terms(visit, ledger) if kind == "party"} == keys


def test_what_is_kept_of_an_assessment_is_what_lists_show(node):
    take_in(node, manifest())
    kept, assessed = node.store.visits.get([VISIT])[VISIT].listed, node.store.assessments.latest([VISIT])[VISIT]
    made = msgspec.json.decode(assessed.body)
    assert (kept.score_milli, kept.band, kept.fired) == (assessed.score_milli, assessed.band, len(made["fired"]))
    assert kept.reasons == tuple(one["indicator"] for one in made["fired"][:3])
