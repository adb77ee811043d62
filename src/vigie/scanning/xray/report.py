"""What somebody or something read in a scan, as files carry it: a DICOS Threat Detection Report without its bytes."""

from enum import StrEnum

from msgspec import Struct

from vigie.terms import Moment

Box = tuple[float, float, float, float]
"""Column and row of the upper left corner, width and height, in pixels of the picture."""


class ReportType(StrEnum):
    """Who speaks. Source: NEMA IIC 1 (DICOS), TDR Type (4010,1027)."""

    MACHINE = "MACHINE"
    OPERATOR = "OPERATOR"
    GROUND_TRUTH = "GROUND_TRUTH"
    AGGREGATE = "AGGREGATE"


class ReportDecision(StrEnum):
    """What the report comes to. Source: NEMA IIC 1, Alarm ReportDecision (4010,1031); `CLEAR` is never a machine's."""

    ALARM = "ALARM"
    CLEAR = "CLEAR"
    UNKNOWN = "UNKNOWN"


class Threat(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One place of a scan that a report speaks of.

    Attributes:
        box: Where, in pixels of the picture.
        zone: Part of the container (`doors`, `floor`, `roof`, `inside`, `reefer`, `chassis`); empty when not said.
        kg: Mass in kilograms; None when not said.
        category: As DICOS names it: `CONTRABAND`, `ANOMALY`, `PI`, `OTHER`.
        description: In words, as the report has them.
        assessment: `THREAT`, `HIGH_THREAT`, `NO_THREAT` or `UNKNOWN`.
        probability: 0 to 1; None when not said.
        mask: The exact region inside the box, one bit a pixel, rows from the top, the first pixel in the highest bit;
            empty for the whole box.
    """

    box: Box
    zone: str = ""
    kg: float | None = None
    category: str = "CONTRABAND"
    description: str = ""
    assessment: str = "THREAT"
    probability: float | None = None
    mask: bytes = b""


class ThreatReport(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One reading of one scan.

    Attributes:
        type: Who speaks. decision: What it comes to. threats: The places it speaks of.
        at: Moment of the decision; None when not said.
        container: Container number as the report has it.
        algorithm: Name, version and settings of what computed it, such as a model's hash and its threshold.
        author: Reader, under a pseudonym; empty for a machine.
        took_ms: How long the reading took, in milliseconds; None when not said.
        uid: Name of the report as the file has it, also where it is no legal UID.
        study, series: UIDs of the scan it belongs to. about: SOP instances of its pictures.
    """

    type: ReportType
    decision: ReportDecision
    threats: tuple[Threat, ...] = ()
    at: Moment | None = None
    container: str = ""
    algorithm: tuple[str, ...] = ()
    author: str = ""
    took_ms: float | None = None
    uid: str = ""
    study: str = ""
    series: str = ""
    about: tuple[str, ...] = ()
