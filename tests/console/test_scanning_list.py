"""The pages of scans: what waits comes first, a box is given with a reason, files come in and go out."""

import io
import re
import time
import zipfile

import pytest
from tests.console.browsing import browse
from tests.console.conftest import signed_in
from tests.desk.port import BOB
from tests.desk.read import BOXES, CAT, IDA, a_room, pictures, scanned

from vigie.app.web import create_app
from vigie.scanning import write_tiff


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    node, scans = a_room(tmp_path_factory.mktemp("scans") / "home")
    scanned(node, "", 21)
    yield node, create_app(node), scans
    node.__exit__(None, None, None)


def client_of(room, officer):
    made = browse(room[1])
    client = made.__enter__()
    client.cookies.set("vigie", signed_in(room[0], officer))
    return made, client


@pytest.fixture(scope="module")
def cat(room):
    made, client = client_of(room, CAT)
    yield client
    made.__exit__(None, None, None)


@pytest.fixture(scope="module")
def bob(room):
    made, client = client_of(room, BOB)
    yield client
    made.__exit__(None, None, None)


def waiting(room):
    return next(one.id for one in room[0].store.scans.page(everything(), state="unmatched"))


def everything():
    from vigie.desk.gate import reach
    from vigie.terms import Purpose

    return reach(BOB, Purpose.TARGETING, "see-scans")


def test_what_waits_stands_first_with_a_way_to_its_box(cat, room):
    page = cat.get("/scanning/scans").text
    assert page.count("data-row") == 6
    assert page.index("Waiting for a box</h2>") < page.index("With a box</h2>")
    assert f"/scanning/scan/{waiting(room)}/preview" in page
    assert "its file names no box" in page
    assert cat.get("/scanning/scans?state=matched").text.count("data-row") == 5
    assert cat.get("/scanning/scans?state=unmatched").text.count("data-row") == 1
    assert cat.get(f"/scanning/scans?container={BOXES[0]}").text.count("data-row") == 2
    assert "No scan fits these filters" in cat.get("/scanning/scans?scanner=NONE").text
    assert cat.get("/scanning/scans?state=lost").status_code == 422


def test_the_pages_of_scans_lead_to_each_other(cat):
    for path in ("/scanning/read", "/scanning/scans", "/scanning/scanners", "/scanning/train"):
        page = cat.get(path).text
        assert f'class="chip note" href="{path}" aria-current="page"' in page


def test_a_record_says_what_is_wrong_and_not_what_a_machine_says(cat, room):
    page = cat.get(f"/scanning/scans/{room[2][0]}").text
    assert "What is wrong or unsure" in page
    assert "for who runs the scanner" in page  # the scanner is not in the register
    assert len(re.findall(r'class="sub id long">[0-9a-f]{64}<', page)) == 3
    assert "files?form" not in page  # files are given out by supervisors
    assert cat.get("/scanning/scans/X0").status_code == 404


def test_a_box_is_looked_up_confirmed_and_given(cat, room):
    scan = waiting(room)
    where = f"/scanning/scans/{scan}"
    shown = cat.get(f"{where}?box={BOXES[3]}").text
    assert "BANANAS" in shown
    visit = re.search(r'name="visit" value="([^"]+)"', shown)[1]
    assert 'name="visit"' not in cat.get(f"{where}?box=MSCU9999999").text
    assert 'role="alert"' in cat.get(f"{where}?box=MSCU9999999").text
    form = {"visit": visit, "reason": "plate read at the gate"}
    assert cat.post(where, data=form).status_code == 422  # not confirmed
    assert cat.post(where, data=form | {"sure": "yes", "reason": "no"}).status_code == 422
    assert room[0].store.scans.get(scan).visit == ""
    assert cat.post(where, data=form | {"sure": "yes"}).headers["location"] == where
    assert room[0].store.scans.get(scan).visit == visit
    assert "assigned by an officer" in cat.get(where).text
    assert cat.post(where, data=form | {"sure": "yes"}).status_code == 422  # it is its box already


def test_files_come_in_and_each_bad_one_is_named(cat, room):
    good = [("files", (one.name, one.body)) for one in write_tiff(pictures(31), "gate", fast=True)]
    bad = [("files", ("broken.tif", b"II*\0not a picture")), ("files", ("torn.zip", b"PK\3\4 torn"))]
    part = cat.post("/scanning/scans/files", files=[*good, *bad], headers={"hx-request-type": "partial"})
    assert part.status_code == 200
    assert "<html" not in part.text
    assert "1 new, 0 known already" in part.text
    assert "broken.tif</span>:" in part.text
    assert "torn.zip</span>:" in part.text
    whole = cat.post("/scanning/scans/files", files=good).text
    assert "0 new, 1 known already" in whole
    assert whole.count("<h1") == 1
    assert cat.post("/scanning/scans/files", files=[("files", ("", b""))]).status_code == 422
    only = cat.post("/scanning/scans/files", files=bad[:1]).text
    assert "No scan came of these files" in only


def test_a_supervisor_gives_files_out(bob, cat, room):
    scan = room[2][1]
    assert "small copy" in bob.get(f"/scanning/scans/{scan}").text
    answer = bob.get(f"/scanning/scans/{scan}/files?form=tiff")
    assert answer.headers["content-encoding"] == "identity"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as opened:
        assert sorted(one.rpartition(".")[2] for one in opened.namelist()) == ["json", "tif", "tif"]
    assert bob.get(f"/scanning/scans/{scan}/files?form=gif").status_code == 422
    assert cat.get(f"/scanning/scans/{scan}/files").status_code == 404


def test_the_box_shows_its_scans(cat, room):
    visit = room[0].store.scans.get(room[2][0]).visit
    page = cat.get(f"/arrivals/{visit}").text
    assert page.count('class="thumb"') == 2
    assert f'href="/scanning/scan/{room[2][0]}"' in page
    assert "simulated" in page[page.index('id="h-scans"'):page.index('id="h-route"')]


def test_an_inspector_reads_the_list_too(room):
    made, ida = client_of(room, IDA)
    assert ida.get("/scanning/scans").status_code == 200
    made.__exit__(None, None, None)


def test_who_may_lets_the_machine_read_kept_scans_again_and_sees_how_far_it_is(bob, cat, room):
    room[0].clock.forward(1)  # so that all came before now
    assert "/errands/readings" in bob.get("/scanning/scans").text
    assert "/errands/readings" not in cat.get("/scanning/scans").text
    begun = bob.post("/errands/readings", data={"back": "/scanning/scans"})
    assert (begun.status_code, begun.headers["location"]) == (303, "/scanning/scans")
    until = time.monotonic() + 60
    while "data-hx-get" in (part := bob.get("/errands/readings").text) and time.monotonic() < until:
        time.sleep(0.1)
    assert "Kept scans were read again" in part
    kept = bob.get("/scanning/scans").text.count("data-row")  # those that earlier tests brought, too
    assert kept >= len(room[2])
    assert f"{kept} of {kept} scans" in part
