"""A scan goes from Santos to Antwerp by itself, over a line that breaks in the middle of it."""

import socket
from contextlib import closing, contextmanager, suppress
from threading import Thread

from tests.desk.federated import a_marking
from tests.desk.port import BOB, BOX, VISIT, manifest, take_in, trail
from tests.desk.test_exchange_packages import SANTOS, SHOWN
from tests.exchange.values import BE, BR, NL
from tests.nodes.wired import until, wired
from tests.scanning.xray.pictures import same

from vigie.desk import exchange as telling
from vigie.desk import exchange_packages as packages
from vigie.desk import scanners, scanning, scanning_intake
from vigie.desk.exchange_node import federation
from vigie.exchange import unpinned
from vigie.peers import Courier, asking
from vigie.scanning import write_tiff
from vigie.terms import DAY, Moment

MOST = 100_000  # bytes after which the line breaks: more than greetings and entries have, less than the package


class BreakingLine:
    """Stands before a node; a connection over which more than `MOST` bytes came from it is cut, so many times."""

    def __init__(self, times):
        self.times, self.carried = times, []
        self.where = socket.create_server(("127.0.0.1", 0))
        self.port = 0

    def __call__(self, port):
        self.port = port
        Thread(target=self._serve, daemon=True).start()
        return self.where.getsockname()[1]

    def _serve(self):
        while True:
            try:
                near, _ = self.where.accept()
            except OSError:
                return
            Thread(target=self._join, args=(near,), daemon=True).start()

    def _join(self, near):
        with near, socket.create_connection(("127.0.0.1", self.port)) as far:
            other = Thread(target=self._carry, args=(near, far, False), daemon=True)
            other.start()
            self._carry(far, near, True)
            other.join()

    def _carry(self, source, sink, back):
        count = 0
        with suppress(OSError):
            while piece := source.recv(16_384):
                count += len(piece)
                if back and count > MOST and self.times:
                    self.times -= 1
                    self.carried.append(count)
                    break
                sink.sendall(piece)
        for one in (source, sink):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def close(self):
        with suppress(OSError):
            self.where.shutdown(socket.SHUT_RDWR)  # whoever waits for a connection is woken
        self.where.close()


@contextmanager
def three(folder, times):
    line = BreakingLine(times)
    with closing(line), wired(folder, BR, BE, NL, by={BR: line}) as nodes:
        for name in (BE, BR):
            take_in(nodes[name], manifest())
        scanners.keep(BOB, SANTOS, nodes[BR])
        yield nodes, line


def test_a_scan_arrives_over_a_line_that_breaks_twice_and_nobody_else_gets_it(tmp_path):
    with three(tmp_path, 2) as (nodes, line):
        here, there = nodes[BR], nodes[BE]
        scan = scanning_intake.take_in(BOB, write_tiff(SHOWN, "gate-7"), here).rows[0].id
        marking = a_marking(BR, nodes=(BE,), retain_until=Moment(here.now() + 9 * DAY))
        made, sent = packages.send(BOB, [scan], "Santos, before loading", marking, here)
        assert made.size > 3 * MOST
        assert until(lambda: scanning.listed(BOB, there, container=BOX).rows, 120)
        there.settle([one.id for one in there.store.inbox.take(100)])
        (row,) = scanning.listed(BOB, there, container=BOX).rows
        assert (row.visit, row.site, row.scanner) == (VISIT, "BRSSZ", "SSZ-1")
        assert same(scanning.opened(there.store.scans.get(row.id), there), SHOWN)
        assert len(line.carried) == 2
        firsts = [one.facts["first"] for one in trail(here, act="send-exchange") if "package" in one.facts]
        assert len(firsts) == 3
        assert sorted(firsts)[0] == 0 < sorted(firsts)[1] < sorted(firsts)[2]
        assert until(lambda: not list((tmp_path / BE / "arriving").glob("*")))

        own, theirs = federation(nodes[NL]).member(NL), federation(nodes[NL]).member(BR)
        context = asking(nodes[NL].trust.seed, unpinned(own.certificate), unpinned(theirs.certificate))
        stranger, got = Courier(theirs.address, context), []
        status, told = stranger.pour(f"/vx/1/blob/{made.sha256}", 0, 1 << 20, got.append, 5.0)
        assert (status, got, b"exchange-not-addressed" in told) == (422, [], True)
        refused = [one for one in trail(here, act="receive-exchange") if one.outcome == "refused"]
        assert refused[0].subject == f"exchange {NL}"

        telling.retract(BOB, sent.id, "another box", here)
        assert until(lambda: there.store.packages.get(made.sha256) is None)
