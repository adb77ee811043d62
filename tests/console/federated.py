"""A partner of the simulated port, in one federation with it; bundles are carried by hand."""

from tests.desk.federated import HOLDERS, agreed
from tests.desk.port import ADA, BOB, a_node

from vigie.desk import exchange_federation as joining
from vigie.desk.exchange_bundles import outgoing
from vigie.desk.exchange_receiving import receive
from vigie.exchange import Desk, HandlingCode, Marking, Source, Subjects
from vigie.terms import DAY, Handling, Moment, Purpose

OWN, PARTNER = "be-customs", "nl-customs"


class Partner:
    """The partner's node beside the port's."""

    def __init__(self, port, folder) -> None:
        self.port = port.node
        at = self.port.now()
        self.node = a_node(folder / "partner", at, f"sqlite:///{folder / 'partner'}/store.db")
        root, empty = joining.found("north sea", HOLDERS, at)
        both = {OWN: self.port, PARTNER: self.node}
        cards = [joining.card(ADA, name, name.upper(), name[:2], node) for name, node in both.items()]
        span = {"starts": Moment(at - DAY), "ends": Moment(at + 300 * DAY), "purposes": tuple(Purpose)}
        told = [agreed(OWN, PARTNER, **span), agreed(PARTNER, OWN, **span)]
        raw = joining.renew(root, empty, HOLDERS[:2], at, cards, told)
        for node in both.values():
            joining.take(ADA, root, raw, node)

    def marking(self, **said):
        """A marking of the partner for the port."""
        told = {
            "tlp": Handling.AMBER, "handling": HandlingCode.H0, "source": Source.A, "information": 1,
            "originator": PARTNER, "nodes": (OWN,), "desks": (Desk.TARGETING,), "purpose": Purpose.TARGETING,
            "case": "NL-7", "legal_basis": "Regulation (EC) 515/97, art. 4", "subjects": Subjects.NONE,
            "retain_until": Moment(self.port.now() + 30 * DAY),
        }  # fmt: skip
        return Marking(**(told | said))

    def tell(self, thing, **said):
        """Tell the port something; gives its id."""
        from vigie.desk import exchange

        sent = exchange.send(BOB, thing, self.marking(**said), self.node)
        self.carry()
        return sent.id

    def carry(self) -> None:
        """Carry bundles both ways until both have all."""
        for _ in range(2):
            receive(outgoing(OWN, self.node), self.port)
            receive(outgoing(PARTNER, self.port), self.node)
        self.port.settle([one.id for one in self.port.store.inbox.take(500)])


def joined(port, folder):
    """Let the port join a federation with one partner."""
    return Partner(port, folder)
