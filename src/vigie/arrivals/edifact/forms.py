"""The kinds of message that are read, and where each is cut.

Source: UN/EDIFACT message design guides D.95B to D.16A (segment tables); SMDG user manuals for BAPLIE, MOVINS, COPRAR.
"""

from typing import NamedTuple


class Form(NamedTuple):
    """How messages of one kind are cut.

    Attributes:
        openers: Tag, or tag and qualifier, of the segment that opens a group; the first one met in a message counts.
        groups: How many groups go into one part.
        pooled: True where equipment stands in front of the consignments that name it, as in CUSCAR.
    """

    openers: tuple[str, ...] = ()
    groups: int = 1
    pooled: bool = False


RUN = 50
"""Containers in one part of a list that holds no personal data: durable ingest of a run costs one row."""

_LIST = Form(("EQD",), RUN)
_WHOLE = Form()

FORMS: dict[str, Form] = {
    "BAPLIE": Form(("LOC+147", "EQD"), RUN),
    "MOVINS": Form(("LOC+147", "EQD"), RUN),
    "COPRAR": _LIST,
    "COPARN": _LIST,
    "COREOR": _LIST,
    "COPINO": _LIST,
    "CODECO": _LIST,
    "COARRI": _LIST,
    "VERMAS": _LIST,
    "IFTSTA": Form(("CNI", "STS"), RUN),
    "CUSCAR": Form(("CNI",), 1, pooled=True),
    "IFCSUM": Form(("CNI",), 1, pooled=True),
    "IFTMIN": _WHOLE,
    "IFTMCS": _WHOLE,
    "CUSRES": _WHOLE,
    "CUSREP": _WHOLE,
    "CALINF": _WHOLE,
}
"""Forms that become rows. Any other is kept raw, with the doubt `edifact-unread-form`."""
