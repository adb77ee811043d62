"""Rules of other systems, read as drafts for the editor: nothing is kept before an officer has completed it."""

from datetime import date

from vigie.desk.gate import permit
from vigie.desk.proving import check_draft, fault_row
from vigie.desk.trail import leave
from vigie.desk.views import ImportedDraft
from vigie.desk.work import Working
from vigie.risk import read_criteria, read_jdm
from vigie.terms import BadRequest, Officer, Purpose, datetime_of

FORMS = ("jdm", "asycuda")
LARGEST = 4 << 20
"""Bytes of a table to import; a decision table of 5,000 rows has under 2 MiB."""
_MOST = 500  # rules of one import


def take_rules(
    officer: Officer, form: str, raw: bytes, node: Working, purpose: Purpose = Purpose.TARGETING
) -> tuple[ImportedDraft, ...]:
    """Read a decision table (`jdm`) or criteria (`asycuda`); each rule comes as the fields of a draft.

    Raises:
        NotForYou: The officer may not draft. BadRequest: Another form, too large, or nothing to read in it.
    """
    permit(officer, "draft-rules", purpose, f"import {form[:20]}", node)
    if form not in FORMS or len(raw) > LARGEST:
        raise BadRequest(reason="rules are imported as jdm or asycuda, up to four mebibytes", form=form[:20])
    today: date = datetime_of(node.now()).date()
    found = read_jdm(raw, today) if form == "jdm" else read_criteria(raw.decode("utf-8-sig", "replace"), today)
    if len(found) > _MOST:
        raise BadRequest(reason="more than five hundred rules at once", count=len(found))
    leave(officer, purpose, "draft-rules", f"import {form}", node, rules=len(found))
    return tuple(
        ImportedDraft(
            one.id, one.fields, check_draft(officer, one.fields, node, purpose).faults,
            tuple(f"{doubt.place}: {fault_row(doubt, officer, node).text}" for doubt in one.doubts),
        )
        for one in found
    )  # fmt: skip
