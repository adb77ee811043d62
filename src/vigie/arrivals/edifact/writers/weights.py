"""Write verified gross masses (VERMAS D.16A).

Source: SMDG user manual VERMAS; SOLAS VI/2 (SM1 weighed, SM2 calculated).
"""

from collections.abc import Sequence

from vigie.arrivals.edifact.write import Sending, dtm, eqd, interchange, lines, loc, mea, message, rff, segment
from vigie.arrivals.events import Measurement, Quantity
from vigie.terms import BadRequest

_MASSES = {Quantity.VGM: "VGM", Quantity.GROSS: "G", Quantity.TARE: "T"}


def write_vermas(measurements: Sequence[Measurement], sending: Sending) -> bytes:
    """Write masses, one container group each.

    Raises:
        BadRequest: A measurement is not a mass.
    """
    reference = f"{sending.reference}001"[:14]
    told = [segment("BGM", "749", reference, "9"), *dtm("137", sending.at)]
    for row in measurements:
        qualifier = _MASSES.get(row.quantity)
        if qualifier is None:
            raise BadRequest(field="quantity", value=row.quantity.value)
        told += [eqd(row.container, "", empty=None), *rff(row.documents), *loc("9", row.place)]
        told += mea(qualifier, row.value) + dtm("WAT", row.at)
        if row.method:
            told.append(segment("DOC", (row.method, "VGM", "306")))
        if row.by:
            told.append(segment("NAD", "SPC", "", "", lines(row.by, 35, 5)))
    return interchange(sending, [message(reference, ("VERMAS", "D", "16A", "UN", "SMDG10"), told)])
