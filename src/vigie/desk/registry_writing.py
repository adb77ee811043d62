"""The register in the sequencer: a step is taken at its turn, in the order of the log."""

from hashlib import sha256

import msgspec

from vigie.desk.acts import Claiming, SeizureTable, SeizureTaken
from vigie.desk.needs import Node
from vigie.registry import Claim, stepped
from vigie.terms import Moment

_json = msgspec.json.Encoder(order="deterministic")


def write_seizure(hlc: Moment, unit: int, act: SeizureTaken, node: Node) -> None:
    """Take a step with a seizure.

    Raises:
        Conflict, NotFound, BadRequest: Not possible any more; who asked gets to know.
    """
    names = [name for name in (act.step.seizure, act.step.into) if name]
    node.store.registry.put(stepped(act.step, hlc, node.store.registry.of(names)), hlc, unit)


def write_table(hlc: Moment, unit: int, act: SeizureTable, node: Node) -> None:
    """Keep how a table was taken; its bytes lie in the log."""
    node.store.seizure_imports.keep(
        hlc, unit, act.officer, act.at, act.name, len(act.body), act.counts, act.doubts
    )  # fmt: skip


def write_claims(hlc: Moment, act: Claiming, node: Node) -> None:
    """Keep claims, each once."""
    node.store.claims.add(hlc, [(claim_digest(one), one) for one in act.claims])


def claim_digest(claim: Claim) -> str:
    """What makes a claim the same: all that was said, wherever it stood in a table."""
    told = msgspec.structs.replace(claim, row=0, file="", id=Moment(0))
    return sha256(_json.encode(told)).hexdigest()
