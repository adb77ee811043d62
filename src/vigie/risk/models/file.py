"""A taught model as bytes: declaration, books, trees, card and check rows in one value, named by its hash."""

from hashlib import sha256

import msgspec

from vigie.risk.language import Type
from vigie.risk.models.declared import BadModel, ModelSpec
from vigie.risk.models.encode import Book, Value
from vigie.risk.models.logistic import Term

FORMAT = 1
"""Raised when the bytes change their meaning."""


class Card(msgspec.Struct, frozen=True):
    """What a person must know before approving a model.

    Attributes:
        since, until: First and last moment of the rows learnt from, as given. rows, looked, positives: How many.
        figures: Validation out of time, each with its interval: name to (value, low, high); None is not known.
        calibration: Of the validation: (chance said, chance found, rows) per tenth of the rows, in millionths.
        curve: Precision at capacity: (share of rows scanned in thousandths, positives found, rows scanned).
        notes: Codes of its limits, see `texts/models.toml`.
    """

    since: int = 0
    until: int = 0
    rows: int = 0
    looked: int = 0
    positives: int = 0
    figures: dict[str, tuple[float, float | None, float | None]] = {}
    calibration: tuple[tuple[int, int, int], ...] = ()
    curve: tuple[tuple[int, int, int], ...] = ()
    notes: tuple[str, ...] = ()


class ModelFile(msgspec.Struct, frozen=True):
    """All of a model.

    Attributes:
        spec: As declared. types: Of the columns it reads. books: Of its inputs, or of its levels.
        trees: LightGBM's text; empty for rates. scale: From the sum of trees to log-odds.
        checks: Rows of the columns it reads, in the order of `spec.reads`. expected: What each must be scored, milli.
        card: For people.
        base, terms: Log-odds of a usual row, and what each input adds (LOGISTIC).
    """

    spec: ModelSpec
    types: dict[str, Type]
    books: tuple[Book, ...]
    trees: str
    scale: float
    checks: tuple[tuple[Value, ...], ...]
    expected: tuple[int, ...]
    card: Card
    format: int = FORMAT
    base: float = 0.0
    terms: tuple[Term, ...] = ()


_ENCODER = msgspec.msgpack.Encoder(order="deterministic")
_DECODER = msgspec.msgpack.Decoder(ModelFile)


def write_model(model: ModelFile) -> bytes:
    """Write a model; equal models give equal bytes, also where one was declared with whole numbers for doubles."""
    return _ENCODER.encode(_DECODER.decode(_ENCODER.encode(model)))


def read_model(body: bytes, expected: str = "") -> ModelFile:
    """Read a model.

    Args:
        body: Its bytes. expected: The hash it must have; empty trusts the bytes.

    Raises:
        BadModel: The bytes are not those of the hash (`altered`), or no model of this format (`unreadable`).
    """
    if expected and model_hash(body) != expected:
        raise BadModel(reason="altered", column="")
    try:
        model = _DECODER.decode(body)
    except msgspec.MsgspecError as unread:
        raise BadModel(reason="unreadable", column="") from unread
    if model.format != FORMAT:
        raise BadModel(reason="unreadable", column="")
    return model


def model_hash(body: bytes) -> str:
    """Name the exact bytes of a model: SHA-256, 64 hexadecimal characters."""
    return sha256(body).hexdigest()
