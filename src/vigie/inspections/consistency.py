"""What in an outcome contradicts itself; the officer is asked, nothing is refused silently."""

from vigie.terms import Depth, Detector, Found, Outcome

HEAVIEST_G = 30_480_000
"""Largest gross mass of an ISO 668 series 1 container (30,480 kg): no box holds a heavier find."""


def contradictions(outcome: Outcome) -> tuple[str, ...]:
    """Name what does not fit together in an outcome.

    Returns:
        Codes whose text the faces show: `nothing-but-quantity`, `nothing-but-hidden`, `heavier-than-a-box`,
        `found-without-place`, `people-by-weight`.
    """
    faults = []
    nothing = outcome.found is Found.NOTHING
    if nothing and outcome.quantity_g:
        faults.append("nothing-but-quantity")
    if nothing and outcome.concealment is not None:
        faults.append("nothing-but-hidden")
    if outcome.quantity_g is not None and outcome.quantity_g > HEAVIEST_G:
        faults.append("heavier-than-a-box")
    if outcome.found in {Found.COCAINE, Found.OTHER_DRUGS} and outcome.concealment is None:
        faults.append("found-without-place")
    if outcome.found is Found.PEOPLE and outcome.quantity_g:
        faults.append("people-by-weight")
    return tuple(faults)


def unlabelled(outcome: Outcome) -> tuple[str, ...]:
    """Name what a scan does not say of who or what looked: `scan-without-scanner`, `scan-without-analyst`.

    A form asks for it; a table of old results may not have it.

    Who inspects explains more of a result than what was inspected does (reference page risk, A7 and "Chicago"), so a
    label without its detector teaches little.
    """
    if outcome.depth is not Depth.SCAN and outcome.detector is not Detector.SCANNER:
        return ()
    said = {"scan-without-scanner": outcome.detector_id, "scan-without-analyst": outcome.analyst}
    return tuple(code for code, value in said.items() if not value)
