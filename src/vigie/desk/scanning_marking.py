"""What pictures from elsewhere mean for a box, handed in as an entry that follows: the box is judged again by it.

Counted anew from what the node holds at that moment: scans of the box taken at another port, scans that partners told
of and that did not come, differences that a comparison with the own picture showed.
"""

from collections.abc import Callable, Sequence
from uuid import uuid4

from vigie.desk.acts import Marked, item_of
from vigie.desk.needs import Node
from vigie.scanning import FindingKind, ScanRecord
from vigie.terms import InboxItem, Moment, OfficerId, VisitId
from vigie.tracking import Kept, Noted, PictureMark

SAME = "same-container"
"""The comparison that counts: with a picture of this very box."""
_NODE = OfficerId("node")
Announced = Callable[[Kept, Node], Sequence[str]]


def picture_items(visits: Sequence[VisitId], at: Moment, node: Node, announced: Announced) -> list[InboxItem]:
    """The marks of boxes of which other pictures are held than their marks say.

    Args:
        announced: Gives the packages in which partners told of pictures of a box (`exchange_effects.announced`).
    """
    made = []
    for name, one in node.store.visits.get(list(visits)).items():
        held = one.visit.picture.mark if one.visit.picture is not None else PictureMark()
        mark = picture_mark(one, announced(one, node), node)
        if mark != held:
            # the same mark may come and go and come again: each is an act with a name of its own
            act = Marked(Noted(name, picture=mark), _NODE, at, uuid4().hex[:8])
            made.append(item_of(act, _NODE, at))
    return made


def picture_mark(one: Kept, announced: Sequence[str], node: Node) -> PictureMark:
    """The mark of a box, counted from what is held now."""
    scans = node.store.scans.of_visit(one.visit.id)
    elsewhere = [scan for scan in scans if scan.site and scan.site != one.listed.site]
    here = [scan for scan in scans if scan not in elsewhere]
    missing = len(announced) - len(node.store.packages.held(announced))
    return PictureMark(len(elsewhere), missing, _differing(here, node) if elsewhere else 0)


def _differing(here: Sequence[ScanRecord], node: Node) -> int:
    readings = node.store.machine_readings.of([scan.id for scan in here])
    return sum(
        finding.alarm for reading in readings.values() for finding in reading.findings
        if finding.kind is FindingKind.REFERENCE_DIFFERENCE and finding.facts.get("relation") == SAME
    )  # fmt: skip
