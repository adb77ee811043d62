"""A taught model at work: one row in microseconds, a table, and the shares of each input; whole numbers everywhere."""

from collections.abc import Callable, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any

from vigie.risk.models.declared import BadModel, Learner
from vigie.risk.models.encode import Table, Value, encode, keys_of
from vigie.risk.models.encode_row import Encoding, row_encoder, row_filler
from vigie.risk.models.ensemble import inputs_read, is_on_grid, join
from vigie.risk.models.file import Card, ModelFile, model_hash, read_model
from vigie.risk.models.learners import settled
from vigie.risk.models.logistic import log_odds, shares
from vigie.risk.models.native import Trees
from vigie.risk.models.rates import names_of, rate_reader

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float64]
    Milli = NDArray[np.int64]

_MILLI = 1000.0
_DOUBLE = 8  # bytes


class Predictor:
    """A model that scores. Build it with `load_model`; a thread may use it beside others.

    Attributes:
        file: All of it. hash: Of its bytes. body: Its bytes.
        trees: What LightGBM scores; None for rates. scale: From the sum of trees to thousandths of log-odds.
    """

    def __init__(self, file: ModelFile, name: str, body: bytes = b"") -> None:
        self.file, self.hash, self.body = file, name, body
        self.spec, self.scale = file.spec, file.scale * _MILLI
        plain = self.spec.learner in (Learner.RATES, Learner.LOGISTIC)
        self.trees = None if plain else Trees(file.trees, len(self.spec.inputs))

    def __reduce__(self) -> tuple[Callable[..., "Predictor"], tuple[bytes, str]]:
        """Travel as bytes: a child process loads them, with all checks."""
        return load_model, (self.body, self.hash)

    @property
    def card(self) -> Card:
        """What people read of it."""
        return self.file.card

    @property
    def inputs(self) -> tuple[str, ...]:
        """Names of what its reasons speak of."""
        spec = self.spec
        return names_of(spec.levels) if spec.learner is Learner.RATES else tuple(each.name for each in spec.inputs)

    @property
    def encoding(self) -> Encoding:
        """How its rows become numbers."""
        return Encoding(self.spec.inputs, self.file.books, self.file.types)

    def bind(self, names: Sequence[str]) -> Callable[[Sequence[Value]], int]:
        """Build the function from a row to its score in thousandths of log-odds.

        Args:
            names: The row's columns, in order; the model's own are among them.
        """
        scale = self.scale
        if self.trees is None:
            told = self._told(names)
            return lambda row: round(told(row)[0] * scale)
        encoded, score = row_encoder(self.encoding, names), self.trees.one()
        return lambda row: round(score(encoded(row)) * scale)

    def _told(self, names: Sequence[str]) -> "Callable[[Sequence[Value]], tuple[float, list[float]]]":
        """Build the function from a row to its log-odds and what each input adds; for models without trees."""
        spec, file = self.spec, self.file
        if spec.learner is Learner.RATES:
            read = rate_reader(spec.levels, file.books, settled(spec)["smooth"], names)

            def rated(row: Sequence[Value]) -> tuple[float, list[float]]:
                told = read(row)
                return told[-1], [after - before for before, after in pairwise(told)]

            return rated
        encoded, tell = row_encoder(self.encoding, names), shares(file.terms)

        def weighed(row: Sequence[Value]) -> tuple[float, list[float]]:
            told = tell(encoded(row))
            return log_odds(file.base, told), told

        return weighed

    def one(self, values: Mapping[str, Value]) -> int:
        """Score one row given by name; who scores many binds once."""
        names = self.spec.reads
        return self.bind(names)([values[name] for name in names])

    def many(self, table: Table, threads: int = 1) -> "Milli":
        """Score the rows of a table: the same whole numbers as one by one."""
        import numpy as np

        if self.trees is None:
            read = self._told(self.spec.reads)
            raw: Any = np.array([read(row)[0] for row in keys_of(self.spec.reads, table)], np.float64)
        else:
            raw = self.trees.many(encode(self.spec.inputs, self.file.books, table), threads)
        told: Milli = np.rint(raw * self.scale).astype(np.int64)
        return told

    def reasons(self, values: Mapping[str, Value], top: int = 5) -> tuple[tuple[str, int], ...]:
        """Tell what each input adds to the score of one row, the strongest first (exact; 0.4 to 8 ms).

        Args:
            values: By column name. top: At most this many.

        Returns:
            Input and thousandths of log-odds; inputs that add nothing are left out.
        """
        names = self.spec.reads
        if self.trees is None:
            added = self._told(names)([values[name] for name in names])[1]
        else:
            table = {name: [values[name]] for name in names}
            added = self.trees.shares(encode(self.spec.inputs, self.file.books, table))[0][:-1].tolist()
        milli = [(name, round(share * self.scale)) for name, share in zip(self.inputs, added, strict=True)]
        return tuple(sorted([one for one in milli if one[1]], key=lambda one: (-abs(one[1]), one[0]))[:top])


def bind_together(models: Sequence[Predictor], names: Sequence[str]) -> Callable[[Sequence[Value]], tuple[int, ...]]:
    """Build the function from one row to the scores of several models: read once, scored in one call.

    Raises:
        BadModel: Joined, a model scores one of its check rows otherwise than alone (`parity`).
    """
    texts = [model.file.trees for model in models]
    if not all(texts) or not all(is_on_grid(text) for text in texts):
        alone = [model.bind(names) for model in models]
        return lambda row: tuple([score(row) for score in alone])
    read = [inputs_read(text) for text in texts]
    fill, places, layout = row_filler([model.encoding for model in models], read, names)
    width = layout.size // _DOUBLE
    text, counts = join(texts, places, width)
    score = Trees(text, width, sum(counts)).filled(fill, layout)
    ends = list(accumulate(counts))
    parts = [(end - count, end, model.scale) for count, end, model in zip(counts, ends, models, strict=True)]

    def run(row: Sequence[Value]) -> tuple[int, ...]:
        told = score(row)
        return tuple([round(sum(told[start:end]) * scale) for start, end, scale in parts])

    _prove_joined(models, names, run)
    return run


def _prove_joined(
    models: Sequence[Predictor], names: Sequence[str], run: Callable[[Sequence[Value]], tuple[int, ...]]
) -> None:
    for place, model in enumerate(models):
        for row, expected in zip(model.file.checks, model.file.expected, strict=True):
            given = dict(zip(model.spec.reads, row, strict=True))
            if run([given.get(name) for name in names])[place] != expected:
                raise BadModel(reason="parity", column="")


def load_model(body: bytes, expected: str = "") -> Predictor:
    """Load a model and prove that it scores here as it did where it was taught, one by one and in bulk.

    Args:
        body: Its bytes. expected: The hash it must have.

    Raises:
        BadModel: Altered, unreadable, or a check row is scored otherwise (`parity`).
        ModelsMissing: LightGBM is not installed.
    """
    file = read_model(body, expected)
    made = Predictor(file, expected or model_hash(body), body)
    names = file.spec.reads
    alone = made.bind(names)
    if tuple(alone(row) for row in file.checks) != file.expected:
        raise BadModel(reason="parity", column="")
    if file.checks:
        table = {name: list(values) for name, values in zip(names, zip(*file.checks, strict=True), strict=True)}
        if tuple(made.many(table).tolist()) != file.expected:
            raise BadModel(reason="parity", column="")
    return made
