from tests.desk.port import BOX, NOW, VISIT, a_consignment, numbers

from vigie.arrivals import Equipment, Function, Movement, Stowed
from vigie.desk.acts import Again, Override
from vigie.desk.ledger import Ledger, container_of
from vigie.desk.told import Told, words_of
from vigie.terms import DAY, EntryKind, InboxItem, Moment, OfficerId

ANN = OfficerId("ann")


def an_item(number=1, **rest):
    return InboxItem("part", f"{number:064x}", b"", NOW, id=number, **rest)


def a_ledger(last=0, is_live=True):
    return Ledger(Moment(last), is_live, NOW, lambda party: None)


def tell(ledger, *rows, number=1, **rest):
    ledger.take(Told(an_item(number, **rest), words=tuple(words_of(rows))))


def test_one_consignment_is_one_entry_however_many_boxes():
    ledger, boxes = a_ledger(), numbers(3)
    tell(ledger, a_consignment("A", *boxes))
    assert [(entry.hlc, entry.kind, entry.subject) for entry in ledger.entries] == [
        (NOW, EntryKind.CONSIGNMENT, "bl:MSCU:A")
    ]
    assert {visit.lines[0].first for visit in ledger.touched.values()} == {NOW}
    assert [row.measures[1] for row in ledger.history if row.measures[0]] == [1, 0, 0]  # the consignment counts once


def test_a_row_that_says_nothing_new_takes_no_place_in_the_log():
    ledger = a_ledger()
    for number in (1, 2):
        tell(ledger, a_consignment(), number=number)
    assert len(ledger.entries) == 1
    assert ledger.last == NOW


def test_the_clock_is_followed_but_never_backwards():
    assert a_ledger(NOW + 5).next_hlc(an_item()) == NOW + 6
    assert a_ledger(NOW - 5).next_hlc(an_item()) == NOW
    assert a_ledger(is_live=False).next_hlc(an_item(backload=True, recorded=Moment(NOW - DAY))) == NOW - DAY
    assert a_ledger(is_live=True).next_hlc(an_item(backload=True, recorded=Moment(NOW - DAY))) == NOW


def test_an_amendment_withdraws_the_boxes_it_no_longer_names():
    ledger, (first, second) = a_ledger(), numbers(2)
    tell(ledger, a_consignment("A", first, second))
    tell(ledger, a_consignment("A", second, function=Function.AMENDMENT), number=2)
    assert ledger.visit(f"{first}-1").lines[0].cancelled == NOW + 1
    assert ledger.visit(f"{second}-1").lines[0].cancelled is None


def test_a_cancellation_by_the_declarant_leaves_the_manifest_standing():
    ledger = a_ledger()
    tell(ledger, a_consignment(form="F10"), a_consignment(form="CUSCAR"))
    tell(ledger, a_consignment(form="F10", function=Function.CANCELLATION), number=2)
    assert [line.form for line in ledger.visit(VISIT).standing] == ["CUSCAR"]


def test_moves_and_amendments_of_known_boxes_are_noted_for_warnings():
    ledger = a_ledger()
    tell(ledger, a_consignment())
    assert (ledger.moved, ledger.amended) == ({}, {})
    tell(ledger, Movement("e", "DISC", container=BOX), a_consignment(consignee="B", function=Function.AMENDMENT))
    assert (list(ledger.moved), list(ledger.amended)) == ([VISIT], [VISIT])


def test_an_act_about_an_unknown_box_is_written_and_changes_nothing():
    ledger = a_ledger()
    ledger.take(Told(an_item(), act=Override("NONE-1", "hold", "why", ANN, NOW)))
    assert (len(ledger.entries), ledger.touched) == (1, {})


def test_judging_again_is_an_act_with_its_place_in_the_log():
    ledger = a_ledger()
    tell(ledger, a_consignment())
    ledger.take(Told(an_item(2), act=Again((VISIT,), ANN, NOW)))
    assert (len(ledger.entries), ledger.again) == (2, {VISIT})


def test_the_number_of_a_box_is_found_in_whatever_is_said():
    assert container_of(Stowed("BAPLIE", Equipment(BOX))) == BOX
    assert container_of(Movement("e", "GTIN", container=BOX)) == BOX
