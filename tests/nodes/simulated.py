"""Five nodes and the network between them in memory, on a clock of its own: a schedule is a seed, and can be run again.

The nodes are real: a store on a disk, keys, the steps that deliver over HTTPS. Only the wire is made up: it loses,
doubles, delays and cuts. A node is killed by its clock: somewhere inside what it does it is asked for the moment, and
that is its last; what was not committed by then is gone, half a page of the log is left on the disk, and it is opened
again from there.
"""

import shutil
from pathlib import Path
from random import Random

from tests.desk.federated import a_marking, federate
from tests.desk.port import ANN, NOW, rules
from tests.exchange.told import THINGS

from vigie.desk import exchange as telling
from vigie.desk import exchange_answering as answering
from vigie.desk.exchange_bundles import verify
from vigie.exchange import HEADS, ExchangeRefused, Kind, Life, Refusal, Why, read_body, refuse, write_refusal
from vigie.node import Settings, build
from vigie.node.exchange_delivering import Delivery
from vigie.terms import DAY, Moment, Purpose, StoreFault

NAMES = ("be-customs", "nl-customs", "br-gateway", "fr-customs", "es-customs")
TELLABLE = [thing for thing in THINGS if type(thing).__name__ in ("Concealment", "Movement", "Seizure", "Decision")]
ROOM = 40  # pages a full disk still has


class Killed(BaseException):
    """The process is gone; nothing of ours may catch this."""


class Clock:
    """A node's clock: the world's, askew; with a fuse it is the last thing that the node asks for."""

    def __init__(self, world):
        self.world, self.skew, self.fuse = world, 0, None

    def now(self):
        if self.fuse is not None:
            self.fuse -= 1
            if self.fuse < 0:
                raise Killed
        return Moment(NOW + int(self.world.time * 1e6) + self.skew)


class World:
    """Nodes, wire and chance of one schedule."""

    def __init__(self, template, folder, seed, names=NAMES):
        self.folder, self.chance, self.time, self.names = Path(folder), Random(seed), 0.0, names
        shutil.copytree(template, self.folder, dirs_exist_ok=True)
        self.clocks = {name: Clock(self) for name in names}
        self.nodes = {name: self._opened(name) for name in names}
        self.cut, self.slow, self.kept_back = set(), set(), []
        self.deliveries, self.ready = {}, {}
        for name in names:
            self._courier(name)
        self.told, self.taken_back, self.counts = {}, set(), dict.fromkeys(
            ("lost", "doubled", "late", "killed", "full", "slow", "cut", "sent", "back"), 0)  # fmt: skip

    def _opened(self, name):
        home = self.folder / name
        settings = Settings(
            home=home, store=f"sqlite:///{home}/store.db", sites=("BEANR",), exchange_port=0, log_level="error"
        )
        node = build(settings, self.clocks[name], rules())
        destroy, clock = node.store.vault.destroy, self.clocks[name]

        def destroyed(units):  # it asks for no moment, and may be killed there all the same: before and after
            clock.now()
            destroy(units)
            clock.now()

        node.store.vault.destroy = destroyed
        return node

    def _courier(self, name):
        for other in self.names:
            if other != name:
                ask = self._wire(name, other)
                self.deliveries[name, other] = Delivery(self.nodes[name], other, ask, lambda: self.time, self.chance)
                self.ready[name, other] = self.time

    def close(self):
        for node in self.nodes.values():
            node.close()

    # the wire

    def _wire(self, sender, receiver):
        def ask(path, body=None):
            if (sender, receiver) in self.cut:
                refuse(Why.UNREACHABLE)
            fate = self.chance.random() if self.faulty else 1.0
            if fate < 0.04:
                self.counts["lost"] += 1
                refuse(Why.UNREACHABLE)
            if body is not None and fate < 0.08:
                self.counts["late"] += 1
                self.kept_back.append((sender, receiver, path, body))
                refuse(Why.TOO_SLOW)
            told = self._at(sender, receiver, path, body)
            if body is not None and 0.08 <= fate < 0.13:
                self.counts["doubled"] += 1
                told = self._at(sender, receiver, path, body)
            if fate < 0.18 or (receiver in self.slow and self.chance.random() < 0.7):
                self.counts["slow"] += 1
                refuse(Why.TOO_SLOW)  # it was taken, and nobody hears of it
            return told

        return ask

    faulty = True

    def _at(self, sender, receiver, path, body):
        """What the receiver answers; it may be killed while it does."""
        node = self.nodes[receiver]
        try:
            told = answering.heads(sender, node) if path == HEADS else answering.take(sender, body, node)
        except ExchangeRefused as refusal:
            facts = dict(refusal.facts)
            return 422, write_refusal(Refusal(str(facts.pop("reason")), facts))
        except StoreFault:
            return 503, b""
        except Killed:
            self._die(receiver)
            refuse(Why.UNREACHABLE)
        return 200, told

    def _die(self, name):
        """Kill -9: what was committed is on the disk; half a page more is torn."""
        self.counts["killed"] += 1
        self.clocks[name].fuse = None
        self.nodes[name].store.close()
        log = self.folder / name / "store.db-wal"
        if log.exists():
            log.write_bytes(log.read_bytes() + self.chance.randbytes(self.chance.randrange(1, 5_000)))
        self.nodes[name] = self._opened(name)
        self._courier(name)

    # what happens

    def run(self, steps):
        """A schedule of so many events, then peace until nothing is left to do."""
        events = (self._send,) * 6 + (self._take_back,) * 2 + (self._deliver,) * 14 + (
            self._kill, self._partition, self._heal, self._askew, self._fill, self._slow_down, self._bring_late)  # fmt: skip
        for _ in range(steps):
            self.time += self.chance.random()
            self.chance.choice(events)()
        self.peace()

    def _anybody(self):
        return self.chance.choice(self.names)

    def _alive(self, name, act):
        """Do something at a node that may be killed in it; None where it was, or where its disk was full."""
        try:
            return act(self.nodes[name])
        except Killed:
            self._die(name)
        except StoreFault:
            pass
        return None

    def _send(self):
        name = self._anybody()
        to = tuple(self.chance.sample([one for one in self.names if one != name], self.chance.randint(1, 3)))
        marking = a_marking(name, nodes=to, retain_until=Moment(NOW + 20 * DAY))
        sent = self._alive(name, lambda node: telling.send(ANN, self.chance.choice(TELLABLE), marking, node))
        if sent is not None:
            self.counts["sent"] += 1
            self.told[sent.id] = name, to

    def _take_back(self):
        left = [id for id in self.told if id not in self.taken_back]  # in order of telling: names are drawn anew
        if left:
            self._retract(self.chance.choice(left))

    def _retract(self, id):
        """Take a thing back; who got no answer looks whether it counts as taken back: whole, or not at all."""
        name = self.told[id][0]
        self._alive(name, lambda node: telling.retract(ANN, id, "wrong", node))
        if self.nodes[name].store.standings.get(id).life is Life.RETRACTED:
            self.counts["back"] += 1
            self.taken_back.add(id)

    def _deliver(self):
        due = [pair for pair in sorted(self.deliveries) if self.ready[pair] <= self.time]
        for pair in self.chance.sample(due, min(len(due), 5)):
            for _ in range(self.chance.randint(1, 4)):
                if self.ready[pair] <= self.time:
                    self._step(pair)

    def _step(self, pair):
        delivery = self.deliveries[pair]
        try:
            wait = delivery.step()
        except StoreFault:
            wait = 1.0
        except Killed:
            self._die(pair[0])
            return
        if self.deliveries[pair] is delivery:
            self.ready[pair] = self.time + wait

    def _kill(self):
        self.clocks[self._anybody()].fuse = self.chance.randrange(12)

    def _partition(self):
        self.counts["cut"] += 1
        side = set(self.chance.sample(self.names, self.chance.randint(1, 2)))
        self.cut |= {(one, other) for one in self.names for other in self.names if (one in side) != (other in side)}

    def _heal(self):
        self.cut.clear()
        self.slow.clear()
        for node in self.nodes.values():
            node.store.db.run("PRAGMA max_page_count = 1073741823")

    def _askew(self):
        self.clocks[self._anybody()].skew = self.chance.randrange(-DAY, DAY)

    def _fill(self):
        self.counts["full"] += 1
        node = self.nodes[self._anybody()]
        pages = node.store.db.one("PRAGMA page_count")[0]
        node.store.db.run(f"PRAGMA max_page_count = {pages + self.chance.randrange(ROOM)}")

    def _slow_down(self):
        self.slow.add(self._anybody())

    def _bring_late(self):
        self.chance.shuffle(self.kept_back)
        for sender, receiver, path, body in self.kept_back[:3]:
            try:
                self._at(sender, receiver, path, body)
            except ExchangeRefused:
                pass
        del self.kept_back[:3]

    def peace(self):
        """No faults any more; what waits is delivered."""
        self._heal()
        self.faulty = False
        for clock in self.clocks.values():
            clock.fuse = None
        for node in self.nodes.values():
            node.store.erasing.finish()  # what a full disk left; a node does it on its tick
        for _ in range(400):
            self.time += 61.0  # longer than the longest wait
            for pair in sorted(self.deliveries):
                for _ in range(6):
                    self._step(pair)
            if not any(waits[0] for node in self.nodes.values() for waits in node.store.exchange.partners().values()):
                return
        raise AssertionError("it does not come to rest")

    # what has to be true afterwards

    def lost(self):
        """Things that somebody should have and has not, or should not have and has."""
        wrong = []
        for id, (name, to) in self.told.items():
            gone = id in self.taken_back
            for receiver in (name, *to):
                store = self.nodes[receiver].store
                standing = store.standings.get(id)
                bodies = [read_body(entry, header) for header, entry in store.exchange.of(id)
                          if header.kind is Kind.PUT]  # fmt: skip
                life = Life.RETRACTED if gone else Life.LIVE
                left = store.db.rows("SELECT unit FROM erasing")
                if standing is None or standing.life is not life or [body is None for body in bodies] != [gone] or left:
                    wrong.append((id, receiver, standing, gone))
        return wrong

    def doubled(self):
        """Retractions that were answered more or less often than once by one who had to, or effects of nothing."""
        wrong = []
        for name, node in self.nodes.items():
            receipts = {}
            for partner in self.names:
                for header, entry in node.store.exchange.page(partner, limit=100_000):
                    if header.kind is Kind.RECEIPT and name in header.audience and header.origin != name:
                        body = read_body(entry, header)
                        about = body.content if body else b""
                        key = header.origin, about[about.find(b'"about"') : about.find(b'"about"') + 90]
                        receipts[key] = receipts.get(key, 0) + 1
            expected = sum(len(self.told[id][1]) for id in self.taken_back if self.told[id][0] == name)
            answered = [one.outcome for id in self.taken_back if self.told[id][0] == name
                        for one in node.store.standings.answers(id)]  # fmt: skip
            if sum(receipts.values()) != expected or set(receipts.values()) - {1} or "" in answered:
                wrong.append((name, expected, receipts, answered))
        return wrong

    def broken(self):
        """Nodes whose own log does not verify, or whose partners know another size of it."""
        wrong = []
        for name, node in self.nodes.items():
            told = verify(ANN, node, Purpose.TARGETING)
            if told.broken is not None or not told.signed:
                wrong.append((name, told))
        return wrong


def template(folder):
    """Five nodes that joined one federation and were closed again, to be copied for each schedule."""
    for node in federate(folder, *NAMES).values():
        node.close()
    return folder
