"""Write what customs decided about boxes (CUSRES D.00B): selected for scan, to be inspected, released.

Source: UN/EDIFACT CUSRES D.00B; 7365 (4 released, 5 required for examination, 7 detained).
"""

from collections.abc import Sequence

from vigie.arrivals.edifact.messages.response import DECISIONS
from vigie.arrivals.edifact.write import Sending, dtm, eqd, ftx, interchange, loc, message, rff, segment
from vigie.arrivals.events import Movement
from vigie.terms import BadRequest

_INDICATORS = {code: indicator for indicator, code in DECISIONS.items()}


def write_cusres(decisions: Sequence[Movement], sending: Sending) -> bytes:
    """Write hold, inspection and release orders: movements with code CUSS, CUSI or CUSR, one answer for each box.

    Raises:
        BadRequest: A movement is no decision of customs.
    """
    reference = f"{sending.reference}001"[:14]
    told = [segment("BGM", "962", reference, "11"), *dtm("137", sending.at)]
    for move in decisions:
        indicator = _INDICATORS.get(move.code)
        if indicator is None:
            raise BadRequest(field="code", value=move.code)
        bill = next((document[3:] for document in move.documents if document.startswith("BL:")), "")
        told += [segment("DOC", "705", bill), segment("RFF", ("ABO", move.event_id))]
        told += rff([document for document in move.documents if document != f"BL:{bill}"])
        told += [one for remark in move.remarks for one in ftx(remark)]
        told += loc("11", move.place, move.facility) + dtm("9", move.at, zoned=move.offset_known)
        told += [segment("GIS", indicator), eqd(move.container, move.size_type, empty=None)]
    return interchange(sending, [message(reference, ("CUSRES", "D", "00B", "UN"), told)])
