"""Scans and scanners: the same in every store."""

from msgspec.structs import replace
from tests.scanning.xray.pictures import some_facts

from vigie.scanning import ReportDecision, ReportType, Scanner, ScanRecord, ThreatReport
from vigie.terms import Doubt, Moment, Place, VisitId
from vigie.tracking import Reach

ALL = Reach(clearance=4)


def a_record(store, name="X1", visit="", received=5, **told):
    facts = some_facts(container=told.pop("container", "CSQU3054383"), scanner=told.pop("scanner", "MX-1"))
    return ScanRecord(
        id=name, facts=facts, form="tiff", files=(), rows=9, columns=9, visit=VisitId(visit),
        received=Moment(received), unit=store.units(1)[0],
        **{"pixels": f"hash of {name}", "findings": (Doubt("scan-saturated", Place()),)} | told,
    )  # fmt: skip


def test_a_scan_is_kept_once_and_found_by_everything(store):
    told = a_record(store, visit="CSQU3054383-1", series="1.2.3")
    store.scans.put(told, 7)
    store.scans.put(replace(told, site="NLRTM"), 7)
    assert store.scans.get("X1") == told
    assert store.scans.of_visit(VisitId("CSQU3054383-1")) == [told]
    assert store.scans.of_container("CSQU3054383") == [told]
    assert store.scans.same_pixels("hash of X1") == [told]
    assert store.scans.of_series("1.2.3") == [told]
    assert store.scans.of_series("") == []
    assert store.scans.units_of([VisitId("CSQU3054383-1")]) == {told.unit, 7}
    assert store.scans.get("X2") is None


def test_pages_go_on_where_they_ended_also_within_one_moment(store):
    for place in range(5):
        store.scans.put(a_record(store, f"X{place}", received=9), 1)
    first = store.scans.page(ALL, limit=3)
    rest = store.scans.page(ALL, before=(first[-1].received, first[-1].id), limit=3)
    assert [one.id for one in first + rest] == ["X0", "X1", "X2", "X3", "X4"]


def test_what_waits_is_for_officers_of_its_site(store):
    store.scans.put(a_record(store, "XA", site="BEANR"), 1)
    store.scans.put(a_record(store, "XB", site="NLRTM", received=6, container="", scanner="MX-2"), 1)
    store.scans.put(a_record(store, "XC", visit="CSQU3054383-1"), 1)  # no such box: nobody reaches it
    ids = lambda **asked: [one.id for one in store.scans.page(asked.pop("reach", ALL), **asked)]  # noqa: E731
    assert ids() == ["XB", "XA"]
    assert ids(reach=Reach(4, ("BEANR",))) == ["XA"]
    assert ids(reach=Reach(1)) == ids(reach=Reach(none=True)) == []
    assert ids(scanner="MX-2") == ["XB"]
    assert ids(container="CSQU3054383") == ["XA"]
    assert ids(state="matched") == []
    assert store.scans.waiting() == 2


def test_a_scan_is_given_to_a_box(store):
    told = a_record(store)
    store.scans.put(told, 1)
    store.scans.place(replace(told, visit=VisitId("CSQU3054383-2"), matched="officer"))
    assert store.scans.waiting() == 0
    assert store.scans.get("X1").matched == "officer"
    assert [one.id for one in store.scans.of_visit(VisitId("CSQU3054383-2"))] == ["X1"]


def test_readings_are_kept_each_once_in_their_order(store):
    store.scans.put(a_record(store), 1)
    machine = ThreatReport(type=ReportType.MACHINE, decision=ReportDecision.UNKNOWN, algorithm=("m",))
    human = ThreatReport(type=ReportType.OPERATOR, decision=ReportDecision.ALARM)
    assert store.scans.add_report("X1", machine, Moment(1)) == 1
    assert store.scans.add_report("X1", human, Moment(2)) == 2
    assert store.scans.add_report("X1", machine, Moment(3)) == 1
    assert store.scans.add_report("X9", machine, Moment(3)) == 0
    assert store.scans.reports("X1") == [machine, human]
    assert store.scans.reports("X1", "OPERATOR") == [human]


def test_an_erased_scan_leaves_nothing(store):
    told = a_record(store, visit="CSQU3054383-1")
    store.scans.put(told, 1)
    store.scans.add_report("X1", ThreatReport(type=ReportType.MACHINE, decision=ReportDecision.ALARM), Moment(1))
    store.scans.keep_blob(told.unit, "master", b"x")
    assert store.scans.blob(told, "master") == b"x"
    assert store.erase([told.unit]).rows == 3
    assert store.scans.get("X1") is None
    assert store.scans.reports("X1") == []
    assert store.scans.blob(told, "master") is None


def test_pictures_that_wait_to_be_made_are_named_the_oldest_first(store):
    for place, received in enumerate((7, 3)):
        store.scans.put(a_record(store, f"X{place}", received=received), 1)
    assert [one.id for one in store.scans.uncoded(9)] == ["X1", "X0"]
    store.scans.coded("X1")
    assert [one.id for one in store.scans.uncoded(9)] == ["X0"]


def test_blobs_that_no_scan_came_of_are_dropped(store):
    told = a_record(store)
    store.scans.keep_blob(told.unit, "preview", b"x")
    store.scans.drop_blobs(told.unit)
    assert store.scans.blob(told, "preview") is None


def test_the_register_keeps_each_scanner_as_it_stands(store):
    assert store.scans.scanner("MX-1") is None
    store.scans.put_scanner(Scanner(name="MX-2", site="BEANR"))
    store.scans.put_scanner(Scanner(name="MX-1", site="BEANR"))
    store.scans.put_scanner(Scanner(name="MX-1", site="NLRTM", note="moved"))
    assert [one.site for one in store.scans.scanners()] == ["NLRTM", "BEANR"]
    assert store.scans.scanner("MX-1").note == "moved"
