"""Two nodes or more that reach each other over HTTPS on this machine, each with a store and keys of its own."""

import socket
import time
from contextlib import ExitStack, contextmanager

from tests.desk.federated import HOLDERS, agreed
from tests.desk.port import ADA
from tests.exchange.values import BE, BR, NL

from vigie.api.exchange_listener import Listener
from vigie.desk import exchange_federation as joining
from vigie.node import Settings, WallClock, build
from vigie.terms import DAY, Moment

NAMES = (BE, NL, BR)


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def join(nodes, addresses, **said):
    """Put nodes into one federation in which everything may go everywhere."""
    now = WallClock().now()
    root, empty = joining.found("north sea", HOLDERS, now)
    cards = [joining.card(ADA, name, name.upper(), name[:2], node, address=addresses.get(name, ""))
             for name, node in nodes.items()]  # fmt: skip
    ends = {"starts": Moment(now - DAY), "ends": Moment(now + 300 * DAY)} | said
    agreements = [agreed(one, other, **ends) for one in nodes for other in nodes if one != other]
    told = joining.renew(root, empty, HOLDERS[:2], now, cards, agreements)
    for node in nodes.values():
        joining.take(ADA, root, told, node)
    return root, told


def settings(folder, name, port, **said):
    return Settings(home=folder / name, exchange_port=port, log_level="error", **said)


@contextmanager
def wired(folder, *names, hidden=(), delivering=True, by=None):
    """Nodes by name, listening and delivering; those hidden cannot be reached and fetch.

    by: What stands between partners and a node: gets its port, gives the one that they are told.
    """
    names = names or NAMES[:2]
    with ExitStack() as stack:
        ports = {name: free_port() for name in names}
        nodes = {name: stack.enter_context(build(settings(folder, name, ports[name]), WallClock())) for name in names}
        told = {name: by[name](port) if by and name in by else port for name, port in ports.items()}
        join(nodes, {name: f"https://127.0.0.1:{told[name]}" for name in names if name not in hidden})
        for name, node in nodes.items():
            listener = Listener(node, "127.0.0.1", ports[name])
            listener.start()
            stack.callback(listener.stop)
            if delivering:
                node.couriers.start()
                stack.callback(node.couriers.stop)
        yield nodes


def until(true, seconds=10.0):
    """Wait until something is true; gives what it was at last."""
    end = time.monotonic() + seconds
    while not (found := true()) and time.monotonic() < end:
        time.sleep(0.002)
    return found
