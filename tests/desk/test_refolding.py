"""Past decisions made again in bulk: equal to what live judged, whatever the engine, wherever the months lie."""

import pytest
from tests.desk.port import (
    ADA,
    ANN,
    BOB,
    BOX,
    EVE,
    NOW,
    a_consignment,
    a_node,
    bay_plan,
    discharge,
    manifest,
    numbers,
    take_in,
)

from vigie.desk import archiving, refolding
from vigie.desk.refolding import last_skew, rescore, skew
from vigie.terms import DAY, HOUR, BadRequest, Moment, NotForYou, NotFound

ALWAYS = (Moment(0), Moment(NOW + 4_000 * DAY))


def busy(node, count=12):
    """Boxes of returning parties, planned, discharged, amended, cancelled."""
    boxes = [BOX, *numbers(count)]
    for place, box in enumerate(boxes):
        node.clock.at = Moment(NOW + place * HOUR)
        take_in(node, manifest(a_consignment(f"D{place}", box, consignee=f"Fruit {place % 3}"), number=100 + place))
    node.clock.at = Moment(NOW + DAY)
    take_in(node, bay_plan(*boxes[:6]))
    node.clock.at = Moment(NOW + 2 * DAY)
    take_in(node, discharge(*boxes[:4], at=NOW + 2 * DAY))
    take_in(node, manifest(a_consignment("D2", boxes[2], consignee="Other NV"), number=300))
    return boxes


@pytest.fixture
def node(tmp_path):
    with a_node(tmp_path / "home") as made:
        busy(made)
        yield made


@pytest.fixture
def either(tmp_path, home_store):
    """On SQLite, and on PostgreSQL."""
    with a_node(tmp_path / "home", store=home_store) as made:
        busy(made)
        yield made


def test_all_decisions_come_out_as_live_made_them(node):
    heard = []
    view = rescore(BOB, node, *ALWAYS, told=lambda done, whole: heard.append((done, whole)))
    assert view.boxes >= 20
    assert (view.features_differ, view.scores_differ, view.erased) == (0, 0, 0)
    assert view.judged_alike == view.boxes
    assert heard[-1] == (view.boxes, view.boxes)
    assert [done for done, _ in heard] == sorted(done for done, _ in heard)


def test_archive_and_store_are_read_as_one(either):
    before = rescore(BOB, either, *ALWAYS)
    either.clock.at = Moment(NOW + 60 * DAY)
    assert archiving.move(ADA, either, 0).rows
    take_in(either, manifest(a_consignment("LATE", "MSKU0383250", consignee="Fruit 1"), number=900))
    again = rescore(BOB, either, ALWAYS[0], Moment(NOW + 30 * DAY))
    assert again.digest == before.digest
    whole = rescore(BOB, either, *ALWAYS)
    assert whole.boxes == before.boxes + 1
    assert (whole.features_differ, whole.scores_differ) == (0, 0)


def test_a_stored_value_that_is_not_what_the_log_says_is_found(either):
    import msgspec

    found = either.store.assessments.named(0, ALWAYS[1], 1000)[3]
    kept = next(one for one in either.store.assessments.of(found[0]) if one.hlc == found[1])
    wrong = list(kept.features)
    wrong[0] = (wrong[0] or 0) + 1
    either.store.db.run("UPDATE assessment SET features = ? WHERE hlc = ?", (msgspec.msgpack.encode(wrong), kept.hlc))
    view = skew(EVE, either, kept.hlc)
    assert view.different >= 1
    assert view.names == (either.rules.features.declared.names[0],)
    assert last_skew(either) == view


def test_the_night_compares_the_day_before(node):
    node.clock.at = Moment(NOW + DAY)
    view = skew(EVE, node)
    assert view.checked >= 10
    assert (view.different, view.erased) == (0, 0)
    assert view.since <= NOW < view.until


def test_a_day_without_decisions_is_told_as_empty(node):
    assert skew(EVE, node, Moment(NOW + 400 * DAY)).checked == 0


@pytest.mark.filterwarnings("ignore::Warning")  # of the cluster's own end
def test_every_engine_gives_the_same_bits(either, monkeypatch):
    monkeypatch.setattr(refolding, "PART", 8)
    here = rescore(BOB, either, *ALWAYS)
    assert here.boxes > 16  # three parts
    if either.settings.store:  # each engine once, each store once: starting them is what takes the time
        assert _told(either, "processes:2") == here.digest
        return
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, host="127.0.0.1",
                                  dashboard_address=None) as cluster:  # fmt: skip
        address = cluster.scheduler_address.removeprefix("tcp://")
        assert _told(either, f"dask://{address}") == here.digest


def _told(node, engine):
    """The digest on an engine; decisions are read by its processes, by none of this one, and from the log again."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("vigie.node.refolding.again", None)
        view = rescore(BOB, node, Moment(1), ALWAYS[1], engine)  # another span: another run
    assert (view.features_differ, view.scores_differ) == (0, 0)
    return view.digest


def test_a_run_that_was_stopped_goes_on(node, monkeypatch):
    monkeypatch.setattr(refolding, "PART", 5)

    class Stopped(Exception):
        pass

    read = []
    real = refolding._again
    monkeypatch.setattr(refolding, "_again", lambda some, *rest, **more: (read.append(len(some)), real(some, *rest, **more))[1])

    def stop(done, whole):
        if done >= 6:
            raise Stopped

    with pytest.raises(Stopped):
        rescore(BOB, node, *ALWAYS, told=stop)
    first = len(read)
    assert first == 2
    view = rescore(BOB, node, *ALWAYS)
    assert sum(read) == view.boxes  # no part was read twice
    assert (view.features_differ, view.scores_differ) == (0, 0)


def test_who_may_not_is_refused(node):
    with pytest.raises(NotForYou):
        rescore(ADA, node, *ALWAYS)
    with pytest.raises(NotForYou):
        skew(ANN, node)
    with pytest.raises(BadRequest):
        rescore(BOB, node, ALWAYS[1], ALWAYS[0])
    with pytest.raises(BadRequest):
        rescore(BOB, node, *ALWAYS, engine="spark")
    with pytest.raises(NotFound):
        rescore(BOB, node, Moment(1), Moment(2))
    assert [one.entry.act for one in node.store.trail.after(0, 1000)].count("rescore") >= 1
