import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.arrivals.building import EORI, MINUTES, NOON, a_box, a_consignment, a_part

from vigie.arrivals import Call, Consignment, GoodsItem, Level
from vigie.arrivals.ens import read, write_cc315a
from vigie.terms import BadRequest, ConsignmentId, Moment, Party, PartyRole


@given(
    serials=st.lists(st.integers(0, 999_999), min_size=1, max_size=4, unique=True), filed=MINUTES, arrival=MINUTES,
    name=st.text("ABCDEFGHIJ &<>é0123456789", min_size=1, max_size=50).filter(str.strip),
    gross=st.integers(0, 10**8), packages=st.integers(0, 99_999), level=st.sampled_from(list(Level)),
)
def test_what_is_written_passes_the_schema_and_is_read_back(
    serials: list[int], filed: Moment, arrival: Moment, name: str, gross: int, packages: int, level: Level
) -> None:
    boxes = tuple(a_box(serial) for serial in serials)
    numbers = tuple(box.number for box in boxes)
    shipper = Party(PartyRole.CONSIGNOR, " ".join(name.split())[:35].strip(), "", "Calle 1", "Guayaquil", "090101", "EC")
    written = a_consignment(
        form="CC315A", level=level, equipment=boxes, filed_at=filed, freight_payment="A",
        goods=(GoodsItem(1, "080390", "BANANAS", packages, "CT", gross, containers=numbers),),
        parties=(shipper, Party(PartyRole.DECLARANT, eori=EORI), Party(PartyRole.CARRIER, eori="BE0999999999")),
        call=Call(imo="9074729", voyage="123W", carrier="BE0999999999", arrival=arrival),
        references=("LRN:L1", "MODE:1", "ITEMS:1", "ROUTING:EC", "OFFICE-ENTRY:BE101000"),
    )
    reading = read(a_part(write_cc315a(written), "ens"))
    assert not reading.doubts
    (row,) = reading.rows
    assert isinstance(row, Consignment)
    assert row.references[:5] == written.references
    assert msgspec.structs.replace(row, references=()) == msgspec.structs.replace(written, references=())


def test_a_master_made_of_odds_and_ends_still_passes_the_schema() -> None:
    consignment = a_consignment(
        call=Call(name="MV FICTIF", arrival=NOON), references=(), document="", id=ConsignmentId("lrn::1"),
        goods=(GoodsItem(1, "08", "", 2_000_000, "CT"),), equipment=(), parties=(Party(PartyRole.DECLARANT, eori=EORI),),
    )
    assert not read(a_part(write_cc315a(consignment), "ens")).doubts


@pytest.mark.parametrize("lacking", [
    {"parties": ()}, {"filed_at": None}, {"call": Call()}, {"goods": ()},
])
def test_a_form_that_cannot_be_is_refused(lacking: dict[str, object]) -> None:
    with pytest.raises(BadRequest):
        write_cc315a(a_consignment(**lacking))
