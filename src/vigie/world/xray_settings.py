"""The parameters of simulated scans, as they stand in `xray.toml`: fixed before anything learnt from the pictures."""

from functools import cache
from importlib.resources import files

import msgspec

Span = tuple[float, float]


class ScannerMake(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a simulated scanner sees; units and meanings stand in `xray.toml`."""

    energies_mev: Span
    pixel_mm: float
    photons: Span
    scatter: float
    scatter_px: float
    psf_px: float
    stripes: float
    pulse: float
    wobble: float
    wobble_px: float
    shift_px: float
    fan_mm: float
    source_mm: float
    air: tuple[int, int]
    dark: tuple[int, int]
    electronic: float


class PictureSize(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Rows, columns and how much ground is seen."""

    rows: int
    columns: int
    ground_mm: float


class Clutter(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What lies about in loads."""

    share: float
    most: int


class Reefers(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How refrigerating units differ."""

    makes: int
    make_sd: float
    unit_sd: float
    unit_shift_mm: float
    refit: float
    held_makes: int
    wet: float


class Bricks(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Pressed bricks and the bags that hold them."""

    mass_kg: Span
    density: Span
    length_mm: Span
    width_mm: Span
    wrap_mm: float
    gap_mm: Span
    jitter_mm: float
    tilt_deg: float
    per_bag: tuple[int, int]


class Threats(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How often each concealment is used, and for how much."""

    weights: dict[str, float]
    kg: dict[str, Span]


class Negatives(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Dense blocks that are no threat."""

    blocks: tuple[int, int]
    hard_positives: float
    block_kg: Span
    block_kinds: dict[str, float]


class Split(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One part of the benchmark."""

    seed: int
    count: int
    positive: float
    scanner: str
    negatives: str
    only: str = ""
    pair: str = ""


class Judging(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How readings are judged."""

    bootstrap: int
    interval: float
    weight_classes_kg: tuple[float, ...]
    rates: tuple[float, ...]
    near_px: int
    zones: tuple[str, ...]


class XrayParameters(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of `xray.toml`."""

    version: int
    picture: PictureSize
    scanners: dict[str, ScannerMake]
    boxes: dict[str, float | dict[str, float]]
    commodities: dict[str, float]
    clutter: Clutter
    reefers: Reefers
    bricks: Bricks
    threats: Threats
    negatives: Negatives
    judging: Judging
    splits: dict[str, Split]


@cache
def xray_parameters() -> XrayParameters:
    """Read the parameters that travel with the package."""
    return msgspec.toml.decode((files("vigie.world") / "xray.toml").read_bytes(), type=XrayParameters)
