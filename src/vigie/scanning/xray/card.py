"""The card of a taught model: what it is, what taught it, what it was measured to do; and the one that ships."""

from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

import msgspec
from msgspec import Struct

from vigie.scanning.xray.anomaly import BadBank, Bank, read_bank
from vigie.scanning.xray.comparing import Comparer, PairModel
from vigie.scanning.xray.heat import HeatModel, ModelRefused
from vigie.scanning.xray.triage import Thresholds
from vigie.scanning.xray.units import UnitModel

_HERE = "vigie.scanning.xray.models"


class Card(Struct, frozen=True, kw_only=True):
    """Of one model.

    Attributes:
        name, use: What it is called, and what it may be used for.
        recipe, seed, pictures, steps: How it was taught.
        full, small: SHA-256 of the file in 32-bit numbers and of the one in 8-bit integers; empty where that costs too
            much.
        thresholds: Counted on pictures that it was not taught with.
        measured: Figures with their intervals, as the benchmark or the gate wrote them.
        cpu_seconds: That teaching took.
    """

    name: str
    use: str
    recipe: str
    seed: int
    pictures: int
    steps: int
    full: str
    small: str = ""
    thresholds: Thresholds = Thresholds(version="", values={})
    measured: Mapping[str, Any] = {}
    cpu_seconds: float = 0.0


class BankCard(Struct, frozen=True, kw_only=True):
    """Of the bank of commodities that ships.

    Attributes:
        use: What it may be used for.
        seed, pictures: How it was made. bank: SHA-256 of its file.
        thresholds: Of the findings beside papers, bank and earlier pictures, in which no net takes part.
        cpu_seconds: That making took.
    """

    use: str
    seed: int
    pictures: int
    bank: str
    thresholds: Thresholds
    cpu_seconds: float = 0.0


_card = msgspec.json.Decoder(Card)


def read_card(body: bytes) -> Card:
    """A card out of JSON.

    Raises:
        ModelRefused: It is none.
    """
    try:
        return _card.decode(body)
    except msgspec.MsgspecError as fault:
        raise ModelRefused(reason="no card") from fault


def write_card(card: Card) -> bytes:
    """A card as JSON."""
    return msgspec.json.format(msgspec.json.encode(card), indent=1)


@cache
def shipped_bank() -> tuple[Bank, BankCard] | None:
    """The demo's bank of commodities, for simulated scans alone; None where the package holds none.

    Raises:
        BadBank: It was altered.
    """
    home = files(_HERE)
    if not home.joinpath("bank.json").is_file():
        return None
    card = msgspec.json.decode(home.joinpath("bank.json").read_bytes(), type=BankCard)
    body = home.joinpath("bank.msgpack").read_bytes()
    if sha256(body).hexdigest() != card.bank:
        raise BadBank(size=len(body))
    return read_bank(body), card


def joined(first: Thresholds, more: Thresholds) -> Thresholds:
    """Thresholds of both; where both have one, the first counts."""
    version = f"{first.version}+{more.version}" if first.version else more.version
    return Thresholds(version=version, values={**more.values, **first.values}, levels=first.levels)


@cache
def shipped() -> tuple[HeatModel, Card] | None:
    """The demo model that comes with vigie, not for operation; None where the package holds none.

    Raises:
        ModelRefused: It was altered.
    """
    home = files(_HERE)
    if not home.joinpath("demo.json").is_file():
        return None
    card = read_card(home.joinpath("demo.json").read_bytes())
    name, sha = ("demo.int8.onnx", card.small) if card.small else ("demo.onnx", card.full)
    return HeatModel(home.joinpath(name).read_bytes(), sha), card


def shipped_full() -> bytes:
    """The demo model in 32 bits, from which a site's own teaching goes on.

    Raises:
        ModelRefused: The package holds none, or it was altered.
    """
    held = shipped()
    if held is None:
        raise ModelRefused(reason="none ships with this vigie")
    body = files(_HERE).joinpath("demo.onnx").read_bytes()
    HeatModel(body, held[1].full)
    return body


def shipped_files() -> tuple[bytes, bytes, Card]:
    """The demo model in 32 and in 8 bits, the latter empty where there is none, with its card.

    Raises:
        ModelRefused: The package holds none, or it was altered.
    """
    full, held = shipped_full(), shipped()
    assert held is not None  # `shipped_full` has refused else
    small = files(_HERE).joinpath("demo.int8.onnx").read_bytes() if held[1].small else b""
    return full, small, held[1]


@cache
def shipped_comparer() -> Comparer | None:
    """The comparison of two pictures that comes with vigie, not for operation; None where the package holds none.

    Raises:
        ModelRefused: It was altered.
    """
    pairs, units = _held("compare"), _held("units")
    if pairs is None:
        return None
    model = PairModel(*pairs[1:])
    if units is None:
        return Comparer(model, pairs[0].thresholds)
    both = pairs[0].thresholds, units[0].thresholds
    told = joined(*both)
    levels = {**both[1].levels, **both[0].levels}
    limits = Thresholds(version=told.version, values=told.values, levels=levels)
    return Comparer(model, limits, UnitModel(*units[1:]))


def shipped_pairs() -> tuple[PairModel, Card] | None:
    """The model of two pictures of one container that comes with vigie, and its card; None where there is none.

    Raises:
        ModelRefused: It was altered.
    """
    held = _held("compare")
    return None if held is None else (PairModel(*held[1:]), held[0])


def _held(stem: str) -> tuple[Card, bytes, str] | None:
    """A card that ships, the file of its model that runs, and that file's hash."""
    home = files(_HERE)
    if not home.joinpath(f"{stem}.json").is_file():
        return None
    card = read_card(home.joinpath(f"{stem}.json").read_bytes())
    name, sha = (f"{stem}.int8.onnx", card.small) if card.small else (f"{stem}.onnx", card.full)
    return card, home.joinpath(name).read_bytes(), sha
