"""The unmodified taxii2-client of OASIS polls and pushes; whoever has no token, or another's, gets nothing."""

import base64
import threading
import time
from contextlib import contextmanager
from itertools import accumulate

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.routing import Mount
from stix2validator import ValidationOptions, validate_instance
from taxii2client.common import TokenAuth
from taxii2client.v21 import Server, as_pages
from tests.api.conftest import Asking
from tests.desk.federated import BE, BR, NL, a_marking, federate
from tests.desk.port import ADA, ANN, NOW, trail
from tests.exchange.told import THINGS

from vigie.api.taxii import create_taxii
from vigie.app.service import bound
from vigie.desk import exchange as telling
from vigie.desk.exchange_taxii import give_token, withdraw_tokens
from vigie.exchange import marked, write_objects
from vigie.node import FixedClock
from vigie.terms import DAY, Handling, Moment, Purpose

TAXII = "application/taxii+json;version=2.1"


@pytest.fixture
def nodes(tmp_path):
    made = federate(tmp_path)
    yield made
    for node in made.values():
        node.close()


@contextmanager
def served(node):
    """The TAXII server of a node on a port; gives its address."""
    with bound("127.0.0.1", 0) as where:
        app = Starlette(routes=[Mount("/taxii2", create_taxii(node))])
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False, lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [where]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield f"http://127.0.0.1:{where.getsockname()[1]}/taxii2/"
        server.should_exit = True
        thread.join(10)


@pytest.fixture
def asking(nodes):
    client = Asking(create_taxii(nodes[BE]))
    yield client
    client.close()


def tell(nodes, *things, to=(NL,), **said):
    return [telling.send(ANN, thing, a_marking(nodes=to, **said), nodes[BE]).id for thing in things]


def collection(address, token, writing=False):
    """The collection that a partner polls, or pushes to."""
    server = Server(address, auth=TokenAuth(token))
    found = [one for root in server.api_roots for one in root.collections if one.can_write == writing]
    assert len(found) == 1
    return found[0]


def pushable(thing, number=1, origin=NL, **said):
    main = f"attack-pattern--00000000-0000-4000-8000-{number:012x}"
    objects = write_objects(thing, main, NOW, NOW)
    marking = a_marking(origin, nodes=(BE,), **said)
    return marked(objects, marking, "marking-definition--00000000-0000-4000-8000-00000000ffff", NOW)


def test_a_client_polls_page_by_page_and_gets_everything_once(nodes):
    told = []
    for place in range(25):
        nodes[BE].clock = FixedClock(Moment(NOW + place * 700))  # two or three things in a millisecond
        told += tell(nodes, THINGS[place % 3])
    tell(nodes, THINGS[0], to=(BR,))
    with served(nodes[BE]) as address:
        polled = collection(address, give_token(ADA, NL, nodes[BE]))
        pages = list(as_pages(polled.get_objects, per_request=10))
        objects = [one for page in pages for one in page["objects"]]
        ids = [one["id"] for one in objects if one["id"] in told]
        assert len(pages) > 3
        assert len(ids) == len(set(ids))
        assert set(told) <= set(ids)
        refs = {ref for one in objects for ref in one.get("object_marking_refs", ())}
        assert {one["id"] for one in objects if one["type"] == "marking-definition"} < refs
        manifest = [one for page in as_pages(polled.get_manifest, per_request=10) for one in page["objects"]]
        assert len(manifest) == len(objects)
        dates = [one["date_added"] for one in manifest]
        ends = list(accumulate(len(page["objects"]) for page in pages))[:-1]
        assert [dates[place][:23] for place in ends if dates[place][:23] == dates[place - 1][:23]] == []
        assert dates == sorted(set(dates))
        assert polled.get_objects(added_after=dates[-1]) == {}
        later = polled.get_objects(added_after=dates[len(dates) // 2], limit=1000)["objects"]
        assert len(later) == len(dates) - len(dates) // 2 - 1


def test_what_is_polled_is_stix(nodes):
    tell(nodes, *THINGS[:5])
    with served(nodes[BE]) as address:
        found = collection(address, give_token(ADA, NL, nodes[BE])).get_objects()
    bundle = {"type": "bundle", "id": "bundle--00000000-0000-4000-8000-000000000001", "objects": found["objects"]}
    result = validate_instance(bundle, ValidationOptions(version="2.1", strict=False))
    assert result.is_valid, [str(one) for one in result.errors]


def test_a_thing_that_was_taken_back_is_told_so_and_nothing_else_of_it(nodes):
    told = tell(nodes, THINGS[0], THINGS[1])
    telling.retract(ANN, told[0], "another box", nodes[BE])
    with served(nodes[BE]) as address:
        found = collection(address, give_token(ADA, NL, nodes[BE])).get_objects()["objects"]
    assert told[0] not in {one["id"] for one in found}
    (note,) = [one for one in found if one["type"] == "note"]
    assert note["object_refs"] == [told[0]]
    assert THINGS[0].name not in str(found)


def test_a_client_pushes_and_what_may_not_come_is_refused_alone(nodes):
    with served(nodes[BE]) as address:
        inward = collection(address, give_token(ADA, NL, nodes[BE]), writing=True)
        wrong = pushable(THINGS[0], 2, handling_text="", tlp=Handling.RED, purpose=Purpose.INVESTIGATION)
        status = inward.add_objects({"objects": pushable(THINGS[0])})
        assert (status.status, status.success_count, status.failure_count) == ("complete", 1, 0)
        again = inward.add_objects({"objects": pushable(THINGS[0])})
        assert (again.success_count, again.failure_count) == (1, 0)
        refused = inward.add_objects({"objects": wrong})
        assert [one["message"] for one in refused.failures] == ["exchange-purpose"]
        bare = [{**one, "object_marking_refs": []} for one in pushable(THINGS[0], 3)[2:]]
        assert inward.add_objects({"objects": bare}).failures[0]["message"] == "exchange-bad-marking"
    rows = nodes[BE].store.exchange.page("taxii.nl-customs")
    assert [(header.id[:14], header.version) for header, _ in rows] == [("attack-pattern", 1)]
    assert trail(nodes[BE], act="receive-exchange")[-1].facts["step"] == "pushed"


def test_the_basic_scheme_names_the_partner_too(nodes, asking):
    token = give_token(ADA, NL, nodes[BE])

    def status(name, word):
        told = base64.b64encode(f"{name}:{word}".encode()).decode()
        return asking.get("/", headers={"authorization": f"Basic {told}"}).status_code

    assert status(NL, token) == 200
    assert status(BR, token) == status("", token) == status(NL, "guess") == 401


def test_without_a_good_token_nothing_is_told(nodes, asking):
    tell(nodes, THINGS[0])
    token = give_token(ADA, NL, nodes[BE])
    paths = ["/"]
    told = asking.get("/", headers={"authorization": f"Bearer {token}"}).json()
    for address in told["api_roots"]:
        root = address.replace("http://localhost", "")
        paths += [root, f"{root}collections/"]
        for one in asking.get(f"{root}collections/", headers={"authorization": f"Bearer {token}"}).json()[
            "collections"
        ]:
            paths += [f"{root}collections/{one['id']}/{rest}" for rest in ("", "objects/", "manifest/")]
    other = give_token(ADA, BR, nodes[BE])
    for path in paths:
        for header in ({}, {"authorization": "Bearer guess"}, {"authorization": "Basic x"}):
            assert asking.get(path, headers=header).status_code == 401
    for path in paths[1:]:  # another's collection does not exist
        assert asking.get(path, headers={"authorization": f"Bearer {other}"}).status_code == 404
    assert withdraw_tokens(ADA, NL, nodes[BE]) == 1
    assert asking.get("/", headers={"authorization": f"Bearer {token}"}).status_code == 401


@pytest.mark.parametrize(
    ("query", "status"),
    [("limit=0", 422), ("limit=x", 422), ("added_after=yesterday", 422), ("next=x", 422), ("next=" + "9" * 30, 422),
     ("match[type]=incident", 200), ("match[id]=attack-pattern--00000000-0000-4000-8000-000000000009", 200)],
)  # fmt: skip
def test_questions_that_mean_nothing_are_refused(nodes, asking, query, status):
    headers = {"authorization": f"Bearer {give_token(ADA, NL, nodes[BE])}"}
    root = asking.get("/", headers=headers).json()["api_roots"][0].replace("http://localhost", "")
    id = asking.get(f"{root}collections/", headers=headers).json()["collections"][0]["id"]
    found = asking.get(f"{root}collections/{id}/objects/?{query}", headers=headers)
    assert found.status_code == status
    assert found.headers["content-type"] == TAXII
    assert asking.get(f"{root}collections/{id}/objects/", headers=headers | {"accept": "text/html"}).status_code == 406
    assert asking.post(f"{root}collections/{id}/objects/", headers=headers, content=b'{"objects":[]}').status_code in (
        403,
        422,
    )


def test_one_object_and_its_versions(nodes, asking):
    (told, _) = tell(nodes, THINGS[0], THINGS[1])
    headers = {"authorization": f"Bearer {give_token(ADA, NL, nodes[BE])}"}
    root = asking.get("/", headers=headers).json()["api_roots"][0].replace("http://localhost", "")
    id = asking.get(f"{root}collections/", headers=headers).json()["collections"][0]["id"]
    one = asking.get(f"{root}collections/{id}/objects/{told}/", headers=headers).json()["objects"]
    assert [found["id"] for found in one] == [told]
    assert len(asking.get(f"{root}collections/{id}/objects/{told}/versions/", headers=headers).json()["versions"]) == 1
    kinds = asking.get(f"{root}collections/{id}/objects/?match[type]=attack-pattern", headers=headers).json()["objects"]
    assert {found["type"] for found in kinds} == {"attack-pattern"}
    missing = told[:-4] + "0000"
    assert asking.get(f"{root}collections/{id}/objects/{missing}/", headers=headers).status_code == 404
    assert asking.get(f"{root}status/{'0' * 32}/", headers=headers).status_code == 404
    assert asking.get(f"{root}status/no-uuid/", headers=headers).status_code == 404


def test_what_the_agreement_no_longer_covers_is_not_polled(nodes, asking):
    tell(nodes, THINGS[0])
    headers = {"authorization": f"Bearer {give_token(ADA, NL, nodes[BE])}"}
    nodes[BE].clock = FixedClock(Moment(NOW + 29 * DAY))
    root = asking.get("/", headers=headers).json()["api_roots"][0].replace("http://localhost", "")
    nodes[BE].clock = FixedClock(Moment(NOW + 29 * DAY + DAY // 2))
    id = asking.get(f"{root}collections/", headers=headers).json()["collections"][0]["id"]
    assert asking.get(f"{root}collections/{id}/objects/", headers=headers).json()["objects"]
    nodes[BE].clock = FixedClock(Moment(NOW + 31 * DAY))
    assert asking.get("/", headers=headers).status_code == 403  # the metadata has ended: nobody is believed
