"""Bytes of a package over the wire: for whom they are, by range; everybody else gets a code, and the trail has it."""

import pytest
from tests.api.test_exchange_wire import asked_by  # noqa: F401 - a fixture
from tests.desk.federated import BE, BR, NL, a_marking, federate
from tests.desk.port import ANN, trail
from tests.exchange.test_package import LOOK, a_cover

from vigie.desk import exchange as telling
from vigie.desk.exchange_node import signer
from vigie.exchange import Training, pack, unpack
from vigie.terms import Moment


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """Three nodes, and a package that BE told NL of."""
    made = federate(tmp_path_factory.mktemp("blobs"), BE, NL, BR)
    here = made[BE]
    raw = pack(a_cover(origin=BE, marking=a_marking()), (LOOK,), signer(here))
    package = unpack(raw, lambda _, key: signer(here).public)
    here.store.packages.put(package, raw, here.now())
    thing = Training("Reefers", "x", Moment(here.now()), "en", 5, package.sha256, len(raw), "application/zip", "r.zip")
    telling.send(ANN, thing, a_marking(), here)
    yield made, package.sha256, raw
    for node in made.values():
        node.close()


def test_all_of_it_and_any_range(told, asked_by):  # noqa: F811
    nodes, name, raw = told
    client, path = asked_by(NL, nodes, BE), f"/vx/1/blob/{name}"
    whole = client.get(path)
    assert (whole.status_code, whole.content, whole.headers["etag"]) == (200, raw, f'"{name}"')
    for asked, first, end in (("bytes=0-0", 0, 1), ("bytes=100-", 100, len(raw)), ("bytes=-7", len(raw) - 7, len(raw))):
        part = client.get(path, headers={"Range": asked})
        assert (part.status_code, part.content) == (206, raw[first:end])
        assert part.headers["content-range"] == f"bytes {first}-{end - 1}/{len(raw)}"
    changed = client.get(path, headers={"Range": "bytes=5-", "If-Range": '"another"'})
    assert (changed.status_code, changed.content) == (200, raw)
    beyond = client.get(path, headers={"Range": f"bytes={len(raw)}-"})
    assert (beyond.status_code, beyond.content, beyond.headers["content-range"]) == (416, b"", f"bytes */{len(raw)}")
    lines = [one for one in trail(nodes[BE], act="send-exchange") if one.facts.get("package") == name]
    assert sorted(one.facts["first"] for one in lines) == sorted([0, 0, 100, len(raw) - 7, 0])


@pytest.mark.parametrize(
    ("who", "name", "reason"),
    [
        (BR, "", "exchange-not-addressed"), (NL, "0" * 64, "exchange-not-addressed"),
        (NL, "A" * 64, "exchange-bad-name"), (NL, "a" * 63, "exchange-bad-name"),
        ("", "", "exchange-unknown-peer"),
    ],
)  # fmt: skip
def test_others_and_other_names_get_a_code(told, asked_by, who, name, reason):  # noqa: F811
    nodes, sha256, _ = told
    before = len(trail(nodes[BE], act="receive-exchange"))
    answer = asked_by(who, nodes, BE).get(f"/vx/1/blob/{name or sha256}")
    assert answer.status_code >= 400
    assert answer.json()["reason"] == reason
    assert len(trail(nodes[BE], act="receive-exchange")) == before + 1


def test_each_answer_gives_its_turn_back(told, asked_by):  # noqa: F811
    nodes, name, raw = told
    client = asked_by(NL, nodes, BE)
    for _ in range(3):  # more than there are turns
        assert client.get("/vx/1/blob/x").status_code == 422
        assert client.get(f"/vx/1/blob/{name}", headers={"Range": "bytes=-0"}).status_code == 416
        assert client.get(f"/vx/1/blob/{name}").content == raw
