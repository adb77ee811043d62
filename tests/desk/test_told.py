from hypothesis import given
from hypothesis import strategies as st
from tests.desk.port import BOX, NOW, VISIT, a_consignment

from vigie.arrivals import Call, Equipment, Measurement, Movement, Part, Port, Position, Quantity, Stowed
from vigie.desk.acts import Again, item_of
from vigie.desk.told import packed, tell, unpacked, words_of
from vigie.terms import EntryKind, InboxItem, OfficerId


def test_each_row_becomes_a_word_about_its_subject():
    rows = (
        a_consignment(), Stowed("BAPLIE", Equipment(BOX)), Movement("e", "GTIN", container=BOX),
        Measurement(BOX, Quantity.VGM, 1), Position("211000001"), Port(Call(imo="9074729")), Movement("e", "ARRI"),
    )  # fmt: skip
    told = [(word.kind, word.subject, len(word.said)) for word in words_of(rows)]
    assert told == [
        (EntryKind.CONSIGNMENT, "bl:MSCU:ABC123", 1), (EntryKind.EQUIPMENT, BOX, 1), (EntryKind.MOVEMENT, BOX, 1),
        (EntryKind.MEASUREMENT, BOX, 1), (EntryKind.VESSEL, "mmsi:211000001", 0),
        (EntryKind.VESSEL, "imo:9074729", 0), (EntryKind.VESSEL, "ship:", 0),
    ]  # fmt: skip


def test_the_body_of_a_word_is_json_and_names_the_kind_of_a_ships_row():
    port, position = words_of((Port(Call(imo="9074729")), Position("211000001")))
    assert port.body().startswith(b'{"port":')
    assert position.body() == b'{"position":{"mmsi":"211000001"}}'


def test_a_part_comes_back_as_it_was_packed():
    part = Part("edifact", "CUSCAR", "m", 0, b"UNB", b"UNH", 3, 2)
    assert unpacked(packed(part)) == part


@given(st.binary(max_size=60), st.sampled_from(["part", "act", "telegram"]))
def test_any_bytes_are_told_or_named_a_fault(body, kind):
    told = tell(InboxItem(kind, "00" * 32, body, NOW))
    assert told.fault or told.part is not None or told.act is not None


def test_an_act_is_told_as_it_is():
    act = Again((VISIT,), OfficerId("ann"), NOW)
    assert tell(item_of(act, OfficerId("ann"), NOW)).act == act
