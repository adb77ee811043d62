"""What has to be true after a schedule: read from the logs of the nodes, not from what was meant to happen."""

from collections import Counter

from tests.desk.port import ANN

from vigie.desk.exchange_bundles import verify
from vigie.exchange import Kind, Life, Outcome, Receipt, read_body, read_note
from vigie.terms import Purpose

CHANGES = (Kind.REVISE, Kind.RETRACT)


def lives(node, names):
    """How everything stands at a node: to be compared with how it stands later."""
    log = node.store.exchange
    ids = [header.id for name in names for header, _ in log.page(name, limit=100_000)]
    return {id: node.store.standings.get(id) for id in ids}, {name: log.upto(name) for name in names}


def _own(node, name):
    """What a node told: its entries about things, by thing, in order."""
    told = {}
    for header, _ in reversed(node.store.exchange.page(name, limit=100_000)):
        if header.kind in (Kind.PUT, *CHANGES):
            told.setdefault(header.id, []).append(header)
    return told


def lost(world):
    """Things that somebody should have and has not, or should not have and has; acts that were answered and are gone."""
    wrong = []
    told = {name: _own(node, name) for name, node in world.nodes.items()}
    wrong += [("sent and gone", id, name) for id, (name, *_) in world.sent.items() if id not in told[name]]
    for name, things in told.items():
        for id, headers in things.items():
            back = taken_back(headers)
            if back != (id in world.taken_back):
                wrong.append(("taken back", id, name))
            life = Life.RETRACTED if back else Life.EXPIRED if over(headers[0], world) else Life.LIVE
            for receiver in (name, *headers[0].audience):
                wrong += [(id, receiver, told) for told in _differs(world.nodes[receiver].store, id, headers, life)]
    return wrong


def taken_back(headers):
    """Whether a thing was taken back; that its time is over is told by a retraction of the version that stood."""
    return headers[-1].kind is Kind.RETRACT and headers[-1].version > max(
        header.version for header in headers if header.kind is not Kind.RETRACT
    )


def over(header, world):
    """Whether a thing's time is over by now."""
    return header.retain_until <= world.clocks[header.origin].now()


def _differs(store, id, headers, life):
    """How a thing stands at one node, where that is not as its originator's log says it should."""
    standing = store.standings.get(id)
    bodies = {header.version for header, entry in store.exchange.of(id)
              if header.kind in (Kind.PUT, Kind.REVISE) and read_body(entry, header) is not None}  # fmt: skip
    wanted = {headers[-1].version} if life is Life.LIVE else set()
    if bodies != wanted or store.db.rows("SELECT unit FROM erasing"):
        yield bodies, wanted
    missed = standing is None and life is Life.EXPIRED  # it came when its time was over by that node's clock
    never_live = life is Life.EXPIRED and standing is not None and standing.life is not Life.LIVE
    if not missed and not never_live and (standing is None or standing.life is not life):
        yield standing, life
    if life is not Life.EXPIRED:
        came = {header.version for header, _ in store.exchange.of(id)}
        if came != {header.version for header in headers}:
            yield came, headers


def doubled(world):
    """Answers to a change that came more often than once, or not at all from one who owes it."""
    wrong = []
    for name, node in world.nodes.items():
        receipts = Counter()
        for partner in world.names:
            for header, entry in node.store.exchange.page(partner, limit=100_000):
                if header.kind is Kind.RECEIPT and name in header.audience and header.origin != name:
                    told = read_note(read_body(entry, header).content, Receipt)
                    receipts[header.origin, told.about, told.answers, told.outcome] += 1
        owed, short = set(), set()
        for id, headers in _own(node, name).items():
            if over(headers[0], world):
                short.add(id)
            else:
                owed |= {(one, id, header.version) for header in headers if header.kind in CHANGES
                         for one in header.audience}  # fmt: skip
                asked = node.store.standings.answers(id)
                wrong += [(name, one) for one in asked if one.outcome not in (Outcome.ERASED, Outcome.NEVER)]
        wrong += [(name, key, count) for key, count in receipts.items() if count > 1 + (key[1] in short)]
        wrong += [(name, key, 0) for key in owed - {key[:3] for key in receipts}]
        answers = Counter(key[:3] for key in receipts if key[:3] in owed)
        wrong += [(name, key, count) for key, count in answers.items() if count != 1]
    return wrong


def broken(world):
    """Nodes whose own log does not verify, or whose partners know another size of it."""
    wrong = []
    for name, node in world.nodes.items():
        told = verify(ANN, node, Purpose.TARGETING)
        if told.broken is not None or not told.signed:
            wrong.append((name, told))
    return wrong
