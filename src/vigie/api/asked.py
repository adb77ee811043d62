"""Bodies of requests, checked before a desk sees them."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from vigie.terms import Concealment, Depth, Detector, Found, Handling, Language, Purpose, Role

Text = Annotated[str, Field(max_length=400)]
Visits = Annotated[list[Annotated[str, Field(max_length=40)]], Field(min_length=1, max_length=500)]


class Asked(BaseModel):
    """A body: unknown fields are refused, so that a typing error is not taken for consent."""

    model_config = ConfigDict(extra="forbid")


class AskedOverride(Asked):
    """An officer's own decision over the machine's."""

    decision: Literal["select", "hold", "release", "leave"]
    reason: Annotated[str, Field(min_length=3, max_length=400)]
    revision: datetime | None = None


class AskedBulk(Asked):
    """One act on many boxes."""

    visits: Visits
    act: Literal["claim", "unclaim", "select", "hold", "release", "leave"]
    reason: Text = ""


class AskedWatchList(Asked):
    """A new watch list."""

    name: Annotated[str, Field(min_length=1, max_length=80)]
    reason: Annotated[str, Field(min_length=3, max_length=400)]
    expires: datetime
    handling: Handling = Handling.AMBER
    effect: Literal["mandatory", "weighted"] = "mandatory"
    weight_milli: Annotated[int, Field(ge=0, le=6908)] = 0


class AskedWatch(Asked):
    """One thing to watch."""

    kind: Literal["container", "document", "mrn", "seal", "vessel", "imo", "voyage", "party"]
    term: Annotated[str, Field(min_length=1, max_length=120)]
    note: Text = ""


class AskedNotices(Asked):
    """Notices by their ids."""

    notices: Annotated[list[int], Field(min_length=1, max_length=500)]


class AskedOfficer(Asked):
    """A new officer."""

    id: Annotated[str, Field(min_length=1, max_length=40)]
    name: Annotated[str, Field(max_length=80)] = ""
    roles: Annotated[list[Role], Field(min_length=1)]
    clearance: Handling = Handling.AMBER
    purposes: Annotated[list[Purpose], Field(min_length=1)]
    sites: Annotated[list[Annotated[str, Field(pattern=r"^[A-Z]{2}[A-Z2-9]{3}$")]], Field(max_length=100)] = []
    language: Language = Language.EN


class AskedShift(Asked):
    """A shift of every day: its start as HH:MM in UTC, and what its scanners take."""

    name: Annotated[str, Field(min_length=1, max_length=40)]
    start: Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
    hours: Annotated[int, Field(ge=1, le=24)]
    scanners: dict[Annotated[str, Field(max_length=40)], Annotated[int, Field(ge=0, le=10_000)]]


class AskedOrders(Asked):
    """Orders to a terminal about boxes."""

    visits: Visits
    kind: Literal["hold", "inspect", "release"]
    shift: Text = ""
    reason: Text = ""


class AskedOutcome(Asked):
    """The outcome of a control; `number` is a container number or a visit."""

    number: Annotated[str, Field(min_length=4, max_length=40)]
    at: datetime
    found: Found
    detector: Detector
    depth: Depth
    quantity_kg: Annotated[str, Field(pattern=r"^[0-9]{1,9}([.,][0-9]{1,6})?$")] | None = None
    concealment: Concealment | None = None
    detector_id: Annotated[str, Field(max_length=60)] = ""
    analyst: Annotated[str, Field(max_length=60)] = ""
    team: Annotated[list[Annotated[str, Field(max_length=60)]], Field(max_length=12)] = []
    note: Annotated[str, Field(max_length=4000)] = ""


class AskedErasure(Asked):
    """What is to be erased, why, and by which law."""

    kind: Literal["box", "message", "party", "days"]
    wanted: Annotated[str, Field(min_length=1, max_length=120)]
    reason: Annotated[str, Field(min_length=3, max_length=2000)]
    basis: Annotated[str, Field(min_length=2, max_length=200)]


class AskedErasureDecision(Asked):
    """A decision on an erasure; `units` as the officer saw them, so that nothing more goes."""

    decision: Literal["confirmed", "refused", "withdrawn"]
    reason: Text = ""
    units: Annotated[int, Field(ge=0)] | None = None


class AskedDossier(Asked):
    """A dossier that another service is to have."""

    case: Annotated[str, Field(min_length=1, max_length=120)]
    recipient: Annotated[str, Field(min_length=1, max_length=200)]
    clearance: Handling = Handling.AMBER
    wanted: Purpose = Purpose.INVESTIGATION
    reason: Annotated[str, Field(min_length=10, max_length=2000)]


class AskedMerge(Asked):
    """The party that another one is, by its pseudonym."""

    into: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
    reason: Annotated[str, Field(min_length=3, max_length=400)]


class AskedPart(Asked):
    """Why a party is one of its own after all."""

    reason: Annotated[str, Field(min_length=3, max_length=400)]
