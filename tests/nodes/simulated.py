"""Five nodes and the network between them in memory, on a clock of its own: a schedule is a seed, and can be run again.

The nodes are real: a store on a disk, keys, the steps that deliver over HTTPS. Only the wire is made up: it loses,
doubles, delays, reorders and cuts. A node is killed by a fuse that burns down where it asks for the moment, where it
commits and where it writes its keys. What lies on the disk at that instant is set aside and is what it is opened from:
nothing that runs while the call unwinds leaves a trace, and what was being written is cut off or torn in the middle.
"""

import errno
import shutil
from pathlib import Path
from random import Random

from tests.desk.federated import a_marking, federate
from tests.desk.port import ANN, NOW, rules
from tests.exchange.told import THINGS
from tests.nodes.judging import lives

from vigie.desk import exchange as telling
from vigie.desk import exchange_answering as answering
from vigie.desk.exchange_receiving import look
from vigie.exchange import HEADS, ExchangeRefused, Life, Refusal, Why, refuse, write_refusal
from vigie.node import Settings, build
from vigie.node.exchange_delivering import Delivery
from vigie.terms import DAY, HOUR, Moment, NotFound, StoreFault

NAMES = ("be-customs", "nl-customs", "br-gateway", "fr-customs", "es-customs")
TELLABLE = [thing for thing in THINGS if type(thing).__name__ in ("Concealment", "Movement", "Seizure", "Decision")]
ROOM = 40  # pages a full disk still has
STEP_S = 1_500.0  # longest time between two events: eighty of them are more than a day, so that what is short runs out
FAULTS = ("lost", "doubled", "late", "reordered", "unheard", "slow", "cut", "killed", "torn", "full", "askew")
DONE = ("sent", "revised", "back", "expired", "refused")


class Killed(BaseException):
    """The process is gone; nothing of ours may catch this."""


class Clock:
    """A node's clock: the world's, askew; and its fuse: where it has burnt down the node dies."""

    def __init__(self, world, name):
        self.world, self.name, self.skew, self.fuse = world, name, 0, None

    def now(self):
        self.burn()
        return Moment(NOW + int(self.world.time * 1e6) + self.skew)

    def burn(self, tear=None):
        """One step nearer to death. tear: What of the disk is half written where it dies here."""
        if self.fuse is not None:
            self.fuse -= 1
            if self.fuse < 0:
                self.fuse = None
                self.world.set_aside(self.name, tear)
                raise Killed


class World:
    """Nodes, wire and chance of one schedule."""

    def __init__(self, template, folder, seed, names=NAMES):
        self.folder, self.chance, self.time, self.names = Path(folder), Random(seed), 0.0, names
        shutil.copytree(template, self.folder, dirs_exist_ok=True)
        self.clocks = {name: Clock(self, name) for name in names}
        self.cut, self.slow, self.full, self.kept_back, self.carried = set(), set(), set(), [], []
        self.deliveries, self.ready = {}, {}
        self.sent, self.taken_back, self.counts = {}, set(), dict.fromkeys(FAULTS + DONE, 0)
        self.nodes = {name: self._opened(name) for name in names}
        for name in names:
            self._courier(name)

    def _opened(self, name):
        home = self.folder / name
        settings = Settings(
            home=home, store=f"sqlite:///{home}/store.db", sites=("BEANR",), exchange_port=0, log_level="error"
        )
        node, clock = build(settings, self.clocks[name], rules()), self.clocks[name]
        # what was written is what is set aside: nothing waits for the disk itself
        node.store.db._writer.execute("PRAGMA synchronous = OFF")
        db, ring, log = node.store.db, node.store.vault._ring, home / "store.db-wal"
        commit, write = db._commit, ring._write

        def committed():
            clock.burn()
            before = log.stat().st_size if log.exists() else 0
            commit()
            clock.burn((log, before))

        def written(keys):
            clock.burn((ring.path.with_name(ring.path.name + ".new"), 0))
            if name in self.full and self.chance.random() < 0.5:
                self.counts["full"] += 1
                raise OSError(errno.ENOSPC, "No space left on device")
            write(keys)
            clock.burn()

        db._commit, ring._write = committed, written
        return node

    def set_aside(self, name, tear):
        """Keep the disk of a node as it is at this instant, with what was just being written torn."""
        kept = self.folder / "aside" / name
        shutil.copytree(self.folder / name, kept)
        if tear is None:
            return
        file, whole = kept / tear[0].relative_to(self.folder / name), tear[1]
        told = file.read_bytes() if file.exists() else self.chance.randbytes(3_000)
        end = self.chance.randint(whole, len(told))
        self.counts["torn"] += whole < end < len(told)
        torn = bytearray(told[:end])
        if self.chance.random() < 0.5 and end > whole:  # or a sector of it was not written
            place = self.chance.randrange(whole, end)
            torn = bytearray(told)
            torn[place : place + 512] = bytes(len(torn[place : place + 512]))
        file.write_bytes(torn)

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
                self.counts["cut"] += 1
                refuse(Why.UNREACHABLE)
            fate = self.chance.random() if self.faulty else 1.0
            if fate < 0.04:
                self.counts["lost"] += 1
                refuse(Why.UNREACHABLE)
            if body is not None and fate < 0.08:
                self.counts["late"] += 1
                self.kept_back.append((sender, receiver, path, body))
                refuse(Why.TOO_SLOW)
            if body is not None:
                self.carried.append((sender, receiver, path, body))
            told = self._at(sender, receiver, path, body)
            if body is not None and 0.08 <= fate < 0.13:
                self.counts["doubled"] += 1
                told = self._at(sender, receiver, path, body)
            if fate < 0.18:
                self.counts["unheard"] += 1
                refuse(Why.TOO_SLOW)  # it was taken, and nobody hears of it
            if receiver in self.slow and self.chance.random() < 0.7:
                self.counts["slow"] += 1
                refuse(Why.TOO_SLOW)
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
            self.counts["full"] += 1
            return 503, b""
        except Killed:
            self._die(receiver)
            refuse(Why.UNREACHABLE)
        return 200, told

    def _die(self, name):
        """Kill -9: what was on the disk at that instant is there, and nothing else."""
        self.counts["killed"] += 1
        self.nodes[name].store.close()
        shutil.rmtree(self.folder / name)
        (self.folder / "aside" / name).rename(self.folder / name)
        self.full.discard(name)
        self.nodes[name] = self._opened(name)
        self._courier(name)

    # what happens

    def run(self, steps):
        """A schedule of so many events, then peace until nothing is left to do."""
        events = (self._send,) * 6 + (self._revise, self._take_back, self._tick) * 2 + (self._deliver,) * 14 + (
            self._kill, self._kill, self._partition, self._heal, self._askew, self._fill, self._fill, self._slow_down, self._bring_late)  # fmt: skip
        for _ in range(steps):
            self.time += self.chance.random() * STEP_S
            self.chance.choice(events)()
        self.peace()

    def _anybody(self):
        return self.chance.choice(self.names)

    def _alive(self, name, act):
        """Do something at a node that may be killed in it; None where it was, where its disk was full, or where it
        refused: by a clock that is askew a thing's time may be over."""
        try:
            return act(self.nodes[name])
        except Killed:
            self._die(name)
        except StoreFault:
            self.counts["full"] += 1
        except (ExchangeRefused, NotFound):
            self.counts["refused"] += 1
        return None

    def _send(self):
        name = self._anybody()
        to = tuple(self.chance.sample([one for one in self.names if one != name], self.chance.randint(1, 3)))
        short = self.chance.random() < 0.25
        until = Moment(NOW + (self.chance.randrange(HOUR, DAY) if short else 20 * DAY))
        marking = a_marking(name, nodes=to, retain_until=until)
        thing = self.chance.choice(TELLABLE)
        sent = self._alive(name, lambda node: telling.send(ANN, thing, marking, node))
        if sent is not None:
            self.counts["sent"] += 1
            self.sent[sent.id] = name, marking, thing

    def _lasting(self):
        """Things that were told and not taken back, in order of telling: names are drawn anew."""
        return [id for id in self.sent if id not in self.taken_back]

    def _revise(self):
        if left := self._lasting():
            id = self.chance.choice(left)
            name, marking, what = self.sent[id]
            thing = self.chance.choice([one for one in TELLABLE if type(one) is type(what)])
            told = self._alive(name, lambda node: telling.revise(ANN, id, thing, marking, node))
            self.counts["revised"] += told is not None

    def _take_back(self):
        """Take a thing back; who got no answer looks whether it counts as taken back: whole, or not at all."""
        if left := self._lasting():
            id = self.chance.choice(left)
            name = self.sent[id][0]
            self._alive(name, lambda node: telling.retract(ANN, id, "wrong", node))
            if self.nodes[name].store.standings.get(id).life is Life.RETRACTED:
                self.counts["back"] += 1
                self.taken_back.add(id)

    def _tick(self, name=None):
        """A node lets go of what may not be kept any longer, by its clock."""
        name = name or self._anybody()
        self.counts["expired"] += self._alive(name, look) or 0

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
            self.counts["full"] += 1
            wait = 1.0
        except Killed:
            self._die(pair[0])
            return
        if self.deliveries[pair] is delivery:
            self.ready[pair] = self.time + wait

    def _kill(self):
        self.clocks[self._anybody()].fuse = self.chance.randrange(24)

    def _partition(self):
        side = set(self.chance.sample(self.names, self.chance.randint(1, 2)))
        self.cut |= {(one, other) for one in self.names for other in self.names if (one in side) != (other in side)}

    def _heal(self):
        self.cut.clear()
        self.slow.clear()
        self.full.clear()
        for node in self.nodes.values():
            node.store.db._writer.execute("PRAGMA max_page_count = 1073741823")

    def _askew(self):
        self.counts["askew"] += 1
        name = self._anybody()
        self.clocks[name].skew = self.chance.randrange(-DAY, DAY)
        self._tick(name)

    def _fill(self):
        name = self._anybody()
        node = self.nodes[name]
        self.full.add(name)
        pages = node.store.db.one("PRAGMA page_count")[0]
        node.store.db._writer.execute(f"PRAGMA max_page_count = {pages + self.chance.randrange(ROOM)}")

    def _slow_down(self):
        self.slow.add(self._anybody())

    def _bring_late(self):
        self.chance.shuffle(self.kept_back)
        for _ in range(min(3, len(self.kept_back))):
            self._again(*self.kept_back.pop())

    def _again(self, sender, receiver, path, body):
        self.counts["reordered"] += 1
        try:
            self._at(sender, receiver, path, body)
        except ExchangeRefused:
            pass

    def peace(self):
        """No faults any more; what waits is delivered, all time runs out for what is short, and old batches come once
        more."""
        self._heal()
        self.faulty = False
        for clock in self.clocks.values():
            clock.fuse, clock.skew = None, 0
        self.time = max(self.time, DAY / 1e6) + DAY / 1e6
        for node in self.nodes.values():
            node.store.erasing.finish()  # what a full disk left; a node does it on its tick
            look(node)
        self._rest()
        before = {name: lives(node, self.names) for name, node in self.nodes.items()}
        for late in (*self.kept_back, *self.chance.sample(self.carried, min(10, len(self.carried)))):
            self._again(*late)
        self._rest()
        after = {name: lives(node, self.names) for name, node in self.nodes.items()}
        assert before == after, "an old batch had an effect"

    def _rest(self):
        for _ in range(60):
            self.time += 61.0  # longer than the longest wait
            for pair in sorted(self.deliveries):
                for _ in range(6):
                    if self.ready[pair] <= self.time:
                        self._step(pair)
            if not any(waits[0] for node in self.nodes.values() for waits in node.store.exchange.partners().values()):
                return
        raise AssertionError("it does not come to rest")


def template(folder):
    """Five nodes that joined one federation and were closed again, to be copied for each schedule."""
    for node in federate(folder, *NAMES).values():
        node.close()
    return folder
