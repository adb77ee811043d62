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
    """An ensemble, ready to score. text: As LightGBM writes it. width: Inputs of a row.

    Raises:
        BadModel: LightGBM cannot read the text. ModelsMissing: LightGBM is not installed.
    """

    def __init__(self, text: str, width: int) -> None:
        library = lightgbm()
        try:
            self._booster = library.Booster(model_str=text)
        except library.basic.LightGBMError as unread:
            raise BadModel(reason="unreadable", column="") from unread
        self._width = width
        self._library = library.basic._LIB
        self._here = threading.local()

    def one(self) -> Callable[[Sequence[float]], float]:
        """The function that scores one row; each thread has its own handle and buffer."""
        here = self._here

        def score(row: Sequence[float]) -> float:
            try:
                handle: _Handle = here.handle
            except AttributeError:
                handle = here.handle = _Handle(self._library, self._booster, self._width)
            return handle.score(row)

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

    def __init__(self, library: Any, booster: Any, width: int) -> None:
        self._library, self._booster = library, booster
        self._row = (ctypes.c_double * width)()
        self._pack = Struct(f"{width}d").pack_into
        self._length, self._out = ctypes.c_int64(), ctypes.c_double()
        self._config = ctypes.c_void_p()
        failed = library.LGBM_BoosterPredictForMatSingleRowFastInit(
            booster._handle, ctypes.c_int(_RAW), ctypes.c_int(0), ctypes.c_int(-1), ctypes.c_int(_DOUBLE),
            ctypes.c_int32(width), ctypes.c_char_p(QUIET.encode()), ctypes.byref(self._config),
        )  # fmt: skip
        if failed:
            raise BadModel(reason="unreadable", column="")
        self._call = library.LGBM_BoosterPredictForMatSingleRowFast
        self._given = (self._config, self._row, ctypes.byref(self._length), ctypes.byref(self._out))

    def score(self, row: Sequence[float]) -> float:
        self._pack(self._row, 0, *row)
        if self._call(*self._given):
            raise BadModel(reason="unreadable", column="")
        return self._out.value

    def __del__(self) -> None:
        self._library.LGBM_FastConfigFree(self._config)
