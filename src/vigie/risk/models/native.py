"""Trees scored by LightGBM's own C calls: one row in microseconds, many rows, and exact shares of each input."""

import ctypes
import threading
from collections.abc import Callable, Sequence
from struct import Struct
from typing import TYPE_CHECKING, Any

from vigie.risk.models.declared import BadModel, ModelsMissing

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float64]

_RAW, _DOUBLE = 1, 1  # C_API_PREDICT_RAW_SCORE, C_API_DTYPE_FLOAT64. Source: LightGBM 4.7, include/LightGBM/c_api.h
QUIET = "num_threads=1 verbosity=-1"

_PROTOTYPE = ctypes.PYFUNCTYPE(ctypes.c_int, *[ctypes.c_void_p] * 4)
"""A call that keeps the interpreter: giving it up for some microseconds may cost milliseconds to get it back."""


def lightgbm() -> Any:
    """The library.

    Raises:
        ModelsMissing: It is not installed (extra `models`).
    """
    try:
        import lightgbm as library
    except ImportError as missing:
        raise ModelsMissing(extra="models") from missing
    return library


class Trees:
    """An ensemble, ready to score. text: As LightGBM writes it. width: Inputs of a row. outputs: Sums it tells.

    Raises:
        BadModel: LightGBM cannot read the text. ModelsMissing: LightGBM is not installed.
    """

    def __init__(self, text: str, width: int, outputs: int = 1) -> None:
        library = lightgbm()
        try:
            self._booster = library.Booster(model_str=text)
        except library.basic.LightGBMError as unread:
            raise BadModel(reason="unreadable", column="") from unread
        self._width, self._outputs = width, outputs
        self._library = library.basic._LIB

    def one(self) -> Callable[[Sequence[float]], float]:
        """The function that scores one row."""

        def fill(pack: Callable[..., None], memory: object, row: Sequence[float]) -> None:
            pack(memory, 0, *row)

        told = self.filled(fill, Struct(f"{self._width}d"))
        return lambda row: told(row)[0]

    def filled(self, fill: Callable[..., None], layout: Struct) -> Callable[[Sequence[Any]], list[float]]:
        """The function that scores what `fill` writes of a row; each thread has its own handle and memory."""
        here = threading.local()

        def score(row: Sequence[Any]) -> list[float]:
            try:
                run = here.run
            except AttributeError:
                run = here.run = _Handle(self._library, self._booster, self._width, self._outputs).bound(fill, layout)
            told: list[float] = run(row)
            return told

        return score

    def many(self, rows: "Matrix", threads: int = 1) -> "Matrix":
        """Score rows, shape (rows, inputs); the same doubles as one by one."""
        told: Matrix = self._booster.predict(rows, raw_score=True, num_threads=threads)
        return told

    def shares(self, rows: "Matrix") -> "Matrix":
        """What each input adds (exact TreeSHAP): shape (rows, inputs + 1), the last column is where all rows start."""
        told: Matrix = self._booster.predict(rows, pred_contrib=True, num_threads=1)
        return told


class _Handle:
    """LightGBM's prepared call for single rows, with the memory it reads and writes."""

    def __init__(self, library: Any, booster: Any, width: int, outputs: int) -> None:
        self._library, self._booster = library, booster
        self._row, self._out = (ctypes.c_double * width)(), (ctypes.c_double * outputs)()
        self._length, self._config = ctypes.c_int64(), ctypes.c_void_p()
        failed = library.LGBM_BoosterPredictForMatSingleRowFastInit(
            booster._handle, ctypes.c_int(_RAW), ctypes.c_int(0), ctypes.c_int(-1), ctypes.c_int(_DOUBLE),
            ctypes.c_int32(width), ctypes.c_char_p(QUIET.encode()), ctypes.byref(self._config),
        )  # fmt: skip
        if failed:
            raise BadModel(reason="unreadable", column="")

    def bound(self, fill: Callable[..., None], layout: Struct) -> Callable[[Sequence[Any]], list[float]]:
        """The call with all that does not change from row to row; the interpreter is not handed over meanwhile."""
        place = ctypes.cast(self._library.LGBM_BoosterPredictForMatSingleRowFast, ctypes.c_void_p)
        call = _PROTOTYPE(place.value or 0)
        config, row, out = self._config.value, self._row, self._out
        given, length, told = ctypes.addressof(row), ctypes.addressof(self._length), ctypes.addressof(out)
        pack = layout.pack_into

        def run(values: Sequence[Any]) -> list[float]:
            fill(pack, row, values)
            if call(config, given, length, told):
                raise self.refused()
            return out[:]

        return run

    def refused(self) -> BadModel:
        """What is said when LightGBM does not score; asked of the handle, so that it lives as long as its call."""
        return BadModel(reason="unreadable", column="")

    def __del__(self) -> None:
        self._library.LGBM_FastConfigFree(self._config)
