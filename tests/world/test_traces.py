import pytest
from tests.world.test_consignments import a_voyage

from vigie.terms import HOUR, PartyRole
from vigie.world.chance import stream
from vigie.world.traces import ORDER, TRACES, leave


@pytest.fixture
def scene():
    voyage = a_voyage(boxes=60)
    bill = next(bill for bill in voyage.bills if bill.boxes[0].setpoint_dc is not None)
    return voyage, bill, bill.boxes[0]


EFFECTS = {
    "seal-changed": lambda b, x: x.seal_landed != x.seal_loaded and x.seal_out == x.seal_landed,
    "seal-swapped": lambda b, x: x.seal_out != x.seal_landed == x.seal_loaded,
    "long-origin-yard": lambda b, x: x.loaded - x.gated > 90 * HOUR,
    "no-scan-flag": lambda b, x: not x.scan_flag,
    "weight-high": lambda b, x: x.vgm_kg > x.tare_kg + x.cargo_kg + 20,
    "weight-contradiction": lambda b, x: x.vgm_kg > 1.05 * (x.tare_kg + x.cargo_kg),
    "vgm-copied": lambda b, x: x.vgm_kg % 100 == 0 and x.vgm_method == "SM2",
    "vague-goods": lambda b, x: b.text != b.goods.text,
    "hs-unusual": lambda b, x: b.hs != b.goods.hs,
    "new-consignee": lambda b, x: any(" 9" in p.name for p in b.parties if p.role is PartyRole.CONSIGNEE),
    "new-pair": lambda b, x: b.parties[0] == b.shipper.party and any(c.isdigit() for c in b.shipper.party.name),
    "late-filing": lambda b, x: b.filed > x.loaded - 24 * HOUR,
    "consignee-amended": lambda b, x: b.amended is not None and b.new_consignee is not None,
    "cold-route": lambda b, x: x.lot is None,
    "number-twice": lambda b, x: x.elsewhere is not None and x.elsewhere[1] < x.landed,
    "size-type-changed": lambda b, x: x.size_typed not in {"", x.size_type},
    "power-off": lambda b, x: x.power_off_at is not None and x.gated <= x.power_off_at <= x.loaded,
    "door-open": lambda b, x: x.open_at is not None,
    "odd-depot": lambda b, x: x.depot.startswith("SIMX"),
    "empty-heavy": lambda b, x: (x.out_kg or 0) > x.tare_kg + 100,
    "odd-haulier": lambda b, x: x.haulier >= "SIMH700",
    "early-pickup": lambda b, x: x.out < x.landed + 7 * HOUR,
    "night-pickup": lambda b, x: (x.out // HOUR + 1) % 24 < 4,
    "dumped": lambda b, x: x.returned < x.out + 8 * HOUR,
    "seal-cloned": lambda b, x: x.seal == x.seal_out,
}


@pytest.mark.parametrize("trace", TRACES)
def test_a_trace_changes_what_messages_will_say(trace, scene):
    voyage, bill, box = scene
    leave(trace, voyage, bill, box, stream(1, trace))
    assert box.traces == (trace,)
    assert EFFECTS[trace](bill, box)


def test_who_leaves_early_leaves_at_night_afterwards():
    assert ORDER.index("early-pickup") < ORDER.index("night-pickup") < ORDER.index("dumped")
