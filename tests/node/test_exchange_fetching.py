"""What is fetched, when it is given up, and that nothing of it stays: the steps alone, over a line that is made up."""

from random import Random

import pytest
from tests.desk.federated import BE, NL, a_marking, exchange, federate
from tests.desk.port import ANN, NOW, trail
from tests.exchange.test_package import LOOK, SCAN, a_cover

from vigie.desk import exchange as telling
from vigie.desk import exchange_answering as answering
from vigie.desk import exchange_packages as packages
from vigie.desk.exchange_node import signer
from vigie.exchange import (
    ExchangeRefused,
    PackageKind,
    Refusal,
    Training,
    Why,
    pack,
    refuse,
    unpack,
    write_refusal,
)
from vigie.node.exchange_fetching import FETCH_S, PackageFetching
from vigie.store import Arriving
from vigie.terms import DAY, Moment


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    made = federate(tmp_path_factory.mktemp("fetching"), BE, NL)
    yield made
    for node in made.values():
        node.close()


def offered(nodes, title, size=0):
    """A training that BE told NL of; gives its entry, name and bytes. size: Said instead of the true one."""
    here, marking = nodes[BE], a_marking()
    raw = pack(a_cover(kind=PackageKind.TRAINING, title=title, container="", marking=marking), (LOOK, SCAN), signer(here))
    package = unpack(raw, lambda _, key: signer(here).public)
    here.store.packages.put(package, raw, here.now())
    media = packages.MEDIA
    thing = Training(title, "x", Moment(NOW), "en", 5, package.sha256, size or len(raw), media, "r.zip")
    sent = telling.send(ANN, thing, marking, here)
    exchange(nodes, BE, NL)
    return sent.id, package.sha256, raw


class Line:
    """The way to BE: it breaks after some bytes, each time, as often as it is told."""

    def __init__(self, nodes, breaks=()):
        self.nodes, self.breaks, self.time, self.asked, self.change = nodes, list(breaks), 0.0, [], lambda body: body

    def to(self, partner):
        assert partner == BE
        return self

    def __call__(self, path, first, most, into, until_s):
        assert until_s == FETCH_S
        self.asked.append(first)
        try:
            body = self.change(answering.package(NL, path.rpartition("/")[2], self.nodes[BE]))[first:]
        except ExchangeRefused as refusal:
            return 422, write_refusal(Refusal(str(refusal.facts["reason"])))
        if self.breaks:
            if cut := self.breaks.pop(0):
                into(body[:cut])
            refuse(Why.UNREACHABLE)
        into(body)
        return 206, b""


def fetching(nodes, tmp_path, line, over=lambda: False):
    arriving = Arriving(tmp_path / "arriving", bytes(32))
    return PackageFetching(nodes[NL], arriving, line.to, lambda: line.time, over, Random(1)), arriving


def test_it_goes_on_where_the_line_broke_and_a_silent_partner_is_left_alone(both, tmp_path):
    _, name, raw = offered(both, "breaks")
    line = Line(both, [3_000, 0, 2_000])
    steps, arriving = fetching(both, tmp_path, line)
    assert (steps.step(), arriving.size(name)) == (0.0, 3_000)
    assert (steps.step(), arriving.size(name)) == (0.0, 3_000)
    assert steps.step() > 0  # it brought nothing: wait
    assert line.asked == [0, 3_000]
    line.time += 61
    assert (steps.step(), steps.step()) == (0.0, 0.0)
    assert line.asked == [0, 3_000, 3_000, 5_000]
    assert both[NL].store.packages.raw(name) == raw
    assert (arriving.size(name), packages.wanted(both[NL])) == (0, [])


def test_what_is_taken_back_on_its_way_goes(both, tmp_path):
    id, name, _ = offered(both, "taken back")
    line = Line(both, [100])
    steps, arriving = fetching(both, tmp_path, line)
    steps.step()
    assert arriving.size(name) == 100
    telling.retract(ANN, id, "wrong", both[BE])
    exchange(both, BE, NL)
    assert steps.step() > 0
    assert (arriving.size(name), line.asked) == (0, [0])


def test_what_is_taken_back_while_it_is_taken_in_does_not_stay(both):
    id, name, raw = offered(both, "late")
    telling.retract(ANN, id, "wrong", both[BE])
    exchange(both, BE, NL)
    packages.arrived(raw, name, both[NL])
    assert both[NL].store.packages.get(name) is None


@pytest.mark.parametrize("change", [lambda raw: raw[:-1], lambda raw: raw[:-9] + b"x" * 9, lambda raw: b""])
def test_another_file_is_thrown_away_and_not_asked_for_at_once(both, tmp_path, change):
    _, name, raw = offered(both, f"changed {change(b'0123456789')!r}".replace("'", ""))
    line = Line(both)
    line.change = change
    steps, arriving = fetching(both, tmp_path, line)
    assert steps.step() == 0.0
    assert (arriving.size(name), both[NL].store.packages.get(name)) == (0, None)
    assert any(name in one.subject for one in trail(both[NL], act="receive-exchange"))
    assert steps.step() > 0
    assert len(line.asked) == 1
    line.time, line.change = 61.0, lambda body: body
    steps.step()
    assert both[NL].store.packages.raw(name) == raw


def test_who_has_it_no_more_is_asked_later_and_later(both, tmp_path):
    id, name, _ = offered(both, "gone")
    both[BE].store.packages.drop(name)
    line = Line(both)
    steps, _ = fetching(both, tmp_path, line)
    for _ in range(200):
        steps.step()
        line.time += 60.0
    assert 5 <= len(line.asked) <= 9  # doubling from a minute: 2**8 minutes are more than 200
    telling.retract(ANN, id, "wrong", both[BE])
    exchange(both, BE, NL)


def test_each_has_its_turn_and_stopping_breaks_off(both, tmp_path):
    _, one, _ = offered(both, "first")
    _, other, _ = offered(both, "second")
    line = Line(both, [100, 100])
    steps, arriving = fetching(both, tmp_path, line)
    for _ in range(2):
        steps.step()
        line.time += 1.0
    assert (arriving.size(one), arriving.size(other)) == (100, 100)
    stopped, kept = fetching(both, tmp_path, line, lambda: True)
    stopped.step()
    assert (kept.size(one), kept.size(other)) == (100, 100)


def test_a_node_alone_wants_nothing(tmp_path):
    from tests.desk.port import a_node

    with a_node(tmp_path / "alone") as node:
        line = Line({})
        assert fetching({NL: node}, tmp_path, line)[0].step() >= DAY / DAY
        assert line.asked == []
