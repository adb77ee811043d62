"""What the faces show of dossiers."""

import msgspec

from vigie.registry import DossierFault
from vigie.terms import Moment


class DossierCheck(msgspec.Struct, frozen=True):
    """What verifying a dossier showed.

    Attributes:
        whole: Nothing differs from what was sealed. case, node, recipient: As the file says. seal: SHA-256 of the
            sealed list. key: Name of the key that signed. parts, withheld, proofs: How many. faults: Places.
    """

    whole: bool
    case: str
    node: str
    recipient: str
    seal: str
    key: str
    parts: int
    withheld: int
    proofs: int
    faults: tuple[DossierFault, ...]


class DossierView(msgspec.Struct, frozen=True):
    """A dossier that is to leave the service.

    Attributes:
        id: Number. case: Judicial file. recipient: Service. clearance: Handling code up to which it may know.
        purpose: What for. officer, asked, reason: Who asked, when, why. state: `asked`, `allowed`, `refused`,
        `withdrawn`. decided_by, decided, answer: Who decided, when, and the words. mine: The officer asked it.
    """

    id: int
    case: str
    recipient: str
    clearance: int
    purpose: str
    officer: str
    asked: Moment
    reason: str
    state: str
    decided_by: str
    decided: Moment | None
    answer: str
    mine: bool
