from vigie.scanning import Finding, FindingKind, Heat, MachineReading, Place, Zone, Zones
from vigie.terms import Moment

FOUND = Finding(
    kind=FindingKind.BRICK_LATTICE, zone=Zone.DOORS, box=(3, 4, 50, 40), score=0.91, threshold=0.6,
    false_alarm_rate=0.05, negatives=220, against="hard", kg=25.0, kg_low=18.0, kg_high=33.0, facts={"spreads": 4.2},
)  # fmt: skip
READING = MachineReading(
    place=Place.LOOK_FIRST, score=0.91, findings=(FOUND,),
    zones=Zones(container=(1, 2, 900, 300), areas=((Zone.DOORS, (1, 2, 160, 300)),), doors_at="left"),
    heat=Heat((1, 2, 900, 300), 2, 3, bytes(range(6))), models=("a" * 64,), thresholds="1", quiet=("no-reference",),
)  # fmt: skip


def test_a_reading_comes_back_whole_and_a_newer_one_takes_its_place(store):
    older, newer = store.units(2)
    store.machine_readings.put("s1", older, Moment(1), READING)
    assert store.machine_readings.of(["s1", "s2"]) == {"s1": READING}
    quiet = MachineReading(place=Place.LOOK, score=0.0, findings=(), zones=Zones(container=None))
    store.machine_readings.put("s1", newer, Moment(2), quiet)
    assert store.machine_readings.of(["s1"]) == {"s1": quiet}
    assert store.machine_readings.of([]) == {}


def test_it_lies_sealed_and_goes_with_the_scan(store):
    (unit,) = store.units(1)
    store.machine_readings.put("s1", unit, Moment(1), READING)
    kept = store.db.rows("SELECT body FROM machine_reading")
    assert b"brick" not in bytes(kept[0][0])
    store.erase([unit])
    assert store.machine_readings.of(["s1"]) == {}


def test_scans_that_wait_are_counted(store):
    assert store.machine_readings.waiting() == 0
    assert store.machine_readings.unread(10) == []
