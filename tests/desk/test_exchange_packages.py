"""A package of scans goes from one country to another, and goes from there when it is taken back."""

import pytest
from tests.desk.federated import BE, BR, NL, a_marking, exchange, federate
from tests.desk.port import ANN, BOB, BOX, EVE, NOW, VISIT, manifest, take_in, trail
from tests.exchange.test_package import LOOK, a_cover
from tests.exchange.values import SIGNERS
from tests.scanning.xray.pictures import a_scan, same

from vigie.desk import exchange as desk
from vigie.desk import exchange_packages as packages
from vigie.desk import scanners, scanning, scanning_intake
from vigie.desk.exchange_effects import announced, miss, unheld
from vigie.exchange import ExchangeRefused, Scan, pack
from vigie.node import FixedClock
from vigie.scanning import Reading, ReadingOrder, Scanner, Verdict, write_tiff
from vigie.terms import DAY, HOUR, BadRequest, Moment, NotForYou, NotFound
from vigie.tracking import PictureMark

SANTOS = Scanner(name="SSZ-1", site="BRSSZ", energies_mev=(6.0, 4.0), row_mm=20.0, column_mm=20.0, air=(60_000, 60_000))
SHOWN = a_scan(scanner="SSZ-1", container=BOX, taken=Moment(NOW - 10 * DAY))


@pytest.fixture
def nodes(tmp_path):
    made = federate(tmp_path, BR, BE, NL)
    take_in(made[BE], manifest())
    take_in(made[BR], manifest())
    scanners.keep(BOB, SANTOS, made[BR])
    yield made
    for node in made.values():
        node.close()


def scanned(node):
    done = scanning_intake.take_in(BOB, write_tiff(SHOWN, "gate-7"), node)
    return done.rows[0].id


def marked(**said):
    return a_marking(BR, nodes=(BE,), **said)


def send(nodes):
    return packages.send(BOB, [scanned(nodes[BR])], "Santos, before loading", marked(), nodes[BR])


def settle(node):
    node.settle([one.id for one in node.store.inbox.take(100)])


def arrive(nodes):
    exchange(nodes, BR, BE)
    settle(nodes[BE])


def fetch(nodes):
    """What a deliverer does: ask what is wanted, fetch it from who has it, hand it in."""
    for name, sender, _ in packages.wanted(nodes[BE]):
        packages.arrived(packages.for_partner(BE, name, nodes[sender]), name, nodes[BE])
    settle(nodes[BE])


def mark(node):
    noted = node.store.visits.get([VISIT])[VISIT].visit.picture
    return noted.mark if noted else None


def test_a_scan_of_santos_is_at_its_box_in_antwerp(nodes):
    made, sent = send(nodes)
    assert (made.own, made.container, made.kind, sent.state) == (True, BOX, "images", "sent")
    arrive(nodes)
    assert packages.wanted(nodes[BE]) == [(made.sha256, BR, made.size)]
    fetch(nodes)
    assert packages.wanted(nodes[BE]) == []
    (row,) = scanning.listed(BOB, nodes[BE], container=BOX).rows
    assert (row.visit, row.site, row.scanner, row.simulated) == (VISIT, "BRSSZ", "SSZ-1", True)
    assert same(scanning.opened(nodes[BE].store.scans.get(row.id), nodes[BE]), SHOWN)
    assert mark(nodes[BE]) == PictureMark(pictures=1)
    (view,) = packages.page(ANN, nodes[BE])
    assert (view.own, view.origin) == (False, BR)


def test_the_same_package_twice_changes_nothing(nodes):
    made, _ = send(nodes)
    arrive(nodes)
    raw = packages.for_partner(BE, made.sha256, nodes[BR])
    first, again = (packages.take_in(BOB, raw, nodes[BE]) for _ in range(2))
    assert first.scans == again.scans
    assert len(scanning.listed(BOB, nodes[BE], container=BOX).rows) == 1


def test_nobody_else_gets_it(nodes):
    made, _ = send(nodes)
    for partner, name in ((NL, made.sha256), (BE, "0" * 64)):
        with pytest.raises(ExchangeRefused) as told:
            packages.for_partner(partner, name, nodes[BR])
        assert told.value.facts["reason"] == "exchange-not-addressed"
    with pytest.raises(ExchangeRefused):
        packages.take_in(BOB, nodes[BR].store.packages.raw(made.sha256), nodes[NL])
    assert nodes[NL].store.packages.page() == []


def test_another_file_than_was_announced_is_refused(nodes):
    made, _ = send(nodes)
    arrive(nodes)
    with pytest.raises(ExchangeRefused):
        packages.arrived(nodes[BR].store.packages.raw(made.sha256) + b"0", made.sha256, nodes[BE])


def test_a_package_of_nobody_we_know_is_refused(nodes):
    stranger = pack(a_cover(origin="xx-node", marking=marked()), (LOOK,), SIGNERS[NL])
    forged = pack(a_cover(origin=BR, marking=marked()), (LOOK,), SIGNERS[NL])
    for raw in (stranger, forged, b"PK"):
        with pytest.raises(ExchangeRefused):
            packages.take_in(BOB, raw, nodes[BE])


def test_what_is_taken_back_takes_its_package_with_it(nodes):
    made, sent = send(nodes)
    arrive(nodes)
    fetch(nodes)
    unit = nodes[BE].store.packages.get(made.sha256).unit
    desk.retract(BOB, sent.id, "another box", nodes[BR])
    arrive(nodes)
    for name in (BE, BR):
        assert nodes[name].store.packages.get(made.sha256) is None
    assert nodes[BE].store.vault.gone([unit]) == {unit}
    assert packages.wanted(nodes[BE]) == []
    assert scanning.listed(BOB, nodes[BE], container=BOX).rows == ()  # nor the pictures that came in it
    assert len(scanning.listed(BOB, nodes[BR], container=BOX).rows) == 1
    settle(nodes[BE])
    assert mark(nodes[BE]) == PictureMark()


def test_what_an_officer_said_of_a_partners_scan_stays_and_nothing_of_its_pixels(nodes):
    _, sent = send(nodes)
    arrive(nodes)
    fetch(nodes)
    store, scan = nodes[BE].store, scanning.listed(BOB, nodes[BE], container=BOX).rows[0].id
    units = {
        int(unit) for row in store.db.rows("SELECT unit, entry_unit FROM scan WHERE id = ?", (scan,)) for unit in row
    }
    store.readings.claim(scan, BOB.id, NOW, Moment(NOW + HOUR))
    said = Reading(
        scan=scan, reader=BOB.id, order=ReadingOrder.FIRST, verdict=Verdict.NOTHING, at=NOW, seconds=9, note="x"
    )
    with store.transaction():
        store.readings.add(Moment(NOW + 7), store.vault.units(1)[0], said)
    store.readings.claim(scan, ANN.id, NOW, Moment(NOW + HOUR))
    desk.retract(BOB, sent.id, "another box", nodes[BR])
    arrive(nodes)
    assert store.scans.get(scan) is None
    assert store.vault.gone(units) == units  # keys of pictures, previews, masters and of what was read from them
    assert store.readings.claims([scan], NOW) == {}
    assert store.readings.of([scan])[scan] == [said]
    for table in ("scan", "scan_report", "machine_reading", "reading_case", "reading_claim"):
        column = "id" if table == "scan" else "scan"
        assert store.db.rows(f"SELECT 1 FROM {table} WHERE {column} = ?", (scan,)) == [], table


def test_a_scan_of_ones_own_stays_when_the_package_that_also_held_it_goes(nodes):
    mine = scanning_intake.take_in(BOB, write_tiff(SHOWN, "gate-7"), nodes[BE]).rows[0].id
    _, sent = send(nodes)
    arrive(nodes)
    fetch(nodes)
    desk.retract(BOB, sent.id, "another box", nodes[BR])
    arrive(nodes)
    assert nodes[BE].store.scans.get(mine) is not None


def test_its_time_runs_out_without_any_partner(nodes):
    send(nodes)
    arrive(nodes)
    fetch(nodes)
    assert packages.sweep(nodes[BE]) == 0
    nodes[BE].clock = FixedClock(Moment(NOW + 31 * DAY))
    assert packages.sweep(nodes[BE]) == 1
    assert nodes[BE].store.packages.page() == []


def test_a_picture_that_does_not_come_is_missed_a_day_later_and_found_when_it_comes(nodes):
    made, _ = send(nodes)
    arrive(nodes)
    assert announced(nodes[BE].store.visits.get([VISIT])[VISIT], nodes[BE]) == [made.sha256]
    settle(nodes[BE]) if miss(nodes[BE]) else None
    assert mark(nodes[BE]) == PictureMark(missing=1)
    assert len(unheld((Scan,), nodes[BE])) == 1
    fetch(nodes)
    assert unheld((Scan,), nodes[BE]) == []  # nothing is opened any more on the tick
    assert mark(nodes[BE]) == PictureMark(pictures=1)
    assert miss(nodes[BE]) == 0


def test_a_picture_on_its_way_is_not_missed(nodes):
    now = nodes[BR].now()
    thing = Scan(BOX, Moment(now - HOUR), "SSZ-1", "ab" * 32, 2_300_000, packages.MEDIA, "x.zip")
    desk.send(BOB, thing, marked(), nodes[BR])
    arrive(nodes)
    assert miss(nodes[BE]) == 0
    nodes[BE].clock = FixedClock(Moment(now + DAY))
    assert miss(nodes[BE]) == 1


def test_who_may_not_is_refused_and_it_is_written_down(nodes):
    scan = scanned(nodes[BR])
    with pytest.raises(NotForYou):
        packages.make(EVE, [scan], "x", marked(), nodes[BR])
    assert [one.outcome for one in trail(nodes[BR], act="export-scans")] == ["refused"]


@pytest.mark.parametrize("asked", [[], ["X" * 16] * 50])
def test_a_package_needs_scans(nodes, asked):
    with pytest.raises((BadRequest, NotForYou)):
        packages.make(BOB, asked, "x", marked(), nodes[BR])


def test_a_stick_carries_it(nodes):
    made = packages.make(BOB, [scanned(nodes[BR])], "Santos", marked(), nodes[BR])
    raw = packages.export(BOB, made.sha256, nodes[BR])
    assert packages.take_in(BOB, raw, nodes[BE]).scans
    with pytest.raises(NotFound):
        packages.export(BOB, made.sha256, nodes[BE])


def test_what_may_not_leave_leaves_no_package(nodes):
    with pytest.raises(ExchangeRefused):
        packages.send(BOB, [scanned(nodes[BR])], "x", a_marking(BR, nodes=("xx-node",)), nodes[BR])
    assert nodes[BR].store.packages.page() == []


def test_a_scan_of_no_box_is_not_told(nodes):
    done = scanning_intake.take_in(BOB, write_tiff(a_scan(seed=9), "nobody"), nodes[BR])
    with pytest.raises(BadRequest):
        packages.send(BOB, [done.rows[0].id], "x", marked(), nodes[BR])
    assert nodes[BR].store.packages.page() == []
