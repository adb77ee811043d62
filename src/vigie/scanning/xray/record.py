"""What a node keeps of a scan beside its pictures."""

from msgspec import Struct

from vigie.scanning.xray.scan import ScanFacts
from vigie.terms import Doubt, Moment, VisitId


class ScanOriginal(Struct, frozen=True):
    """A file as it came. name: Without folders. sha256, size: Its hash and bytes."""

    name: str
    sha256: str
    size: int


class ScanRecord(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One scan of a node.

    Attributes:
        id: `X` and the beginning of the hash of its pixels and of how it was taken: the same scan, the same name.
        facts: How it was taken. form: Format of its files. files: The originals.
        rows, columns: Size of its pictures. pixels: SHA-256 of what the detectors gave.
        received: When it came. site: Where it was taken, UN/LOCODE; empty where nobody knows.
        visit: The box it belongs to; empty while it waits in "unmatched".
        matched: How it found its box: `number` (as claimed), `order` (scanner, lane and time), `officer`; empty: not.
        findings: What is wrong with it, or unsure.
        unit: Erasure unit of its files, pictures and reports. entry: Log entry that took it in.
        threats: How many places its profile names (simulated and test scans).
        study, series, about: As its files name it (DICOS); empty elsewhere.
    """

    id: str
    facts: ScanFacts
    form: str
    files: tuple[ScanOriginal, ...]
    rows: int
    columns: int
    pixels: str
    received: Moment
    site: str = ""
    visit: VisitId = VisitId("")
    matched: str = ""
    findings: tuple[Doubt, ...] = ()
    unit: int = 0
    entry: Moment = Moment(0)
    threats: int = 0
    study: str = ""
    series: str = ""
    about: tuple[str, ...] = ()

    @property
    def at(self) -> Moment:
        """When it was taken; when it came, where no file says it."""
        return self.received if self.facts.taken is None else self.facts.taken
