"""What a package of scans would hold and who would get it, before it is made; nothing of it is kept."""

from collections.abc import Sequence

from vigie.desk.exchange import needs_two
from vigie.desk.exchange_packages import made_of
from vigie.desk.exchange_preview import recipient_of
from vigie.desk.gate import permit
from vigie.desk.trail import leave
from vigie.desk.views.packages import PackagePreview, PackedView
from vigie.desk.work import Working
from vigie.exchange import Marking
from vigie.terms import BadRequest, Officer, Purpose


def previewed(
    officer: Officer, scans: Sequence[str], title: str, marking: Marking, node: Working,
    purpose: Purpose = Purpose.TARGETING,
) -> PackagePreview:  # fmt: skip
    """Write a package as it would leave, and say what is in it and what is against it at each partner.

    Raises:
        NotForYou, BadRequest, ExchangeRefused: As `exchange_packages.send`, apart from what is against it at partners:
        that is shown.
    """
    permit(officer, "send-exchange", purpose, "exchange", node)
    made, raw = made_of(officer, scans, title, marking, node, purpose)
    if not made.cover.container:
        raise BadRequest(reason="package-no-box")
    leave(officer, purpose, "send-exchange", f"package {made.sha256}", node, step="preview", scans=len(set(scans)))
    return PackagePreview(
        made.cover.container, title, made.cover.simulated, len(raw),
        tuple(PackedView(one.name, one.role, len(one.body)) for one in made.pieces),
        tuple(recipient_of(marking, one, node) for one in marking.nodes), needs_two(marking, node),
    )  # fmt: skip
