"""The core that rates: compiled where it may be, plain Python where it must.

`DUTYCYCLE_RATING_CORE` chooses: `require` fails to start without the compiled core, `python` takes the twin, `auto`
(the default) takes the compiled core if it is there. `DUTYCYCLE_RATING_SIMD=off` keeps the compiled core from the wide
registers of the processor.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from dutycycle.rating import oracle
from dutycycle.rating.charge import Charge, RoundTo
from dutycycle.rating.columns import Columns
from dutycycle.rating.explanation import Explanation
from dutycycle.rating.tariff import Tariff, compile_tariff

try:
    from dutycycle.rating import _core

    COMPILED = True
except ImportError:
    COMPILED = False


def choose(wanted: str) -> str:
    """Return the name of the core that a setting selects: "cython" or "python"."""
    if wanted not in ("require", "python", "auto"):
        raise ValueError(f"DUTYCYCLE_RATING_CORE is {wanted!r}; it must be require, python or auto")
    if wanted == "require" and not COMPILED:
        raise ImportError(
            "DUTYCYCLE_RATING_CORE=require, but dutycycle.rating._core is not built; reinstall the package"
        )
    return "cython" if COMPILED and wanted != "python" else "python"


CORE_NAME = choose(os.environ.get("DUTYCYCLE_RATING_CORE", "auto"))
"""Which core this process rates with; logged at start and told by GetWatermark."""
VARIANT = _core.VARIANT if COMPILED else ""
"""How the compiled core rates runs of lines: "portable", "avx2" or "avx512"; logged at start."""


def rate(
    charges: Sequence[Charge],
    rounding: Sequence[RoundTo],
    columns: Columns,
    quantity_scale: int,
    scale: int,
    core: str = CORE_NAME,
    out: NDArray[np.int64] | None = None,
) -> NDArray[np.int64]:
    """Rate columns of lines: quantities at one scale in, amounts at one scale out, into `out` if it is given.

    Raises LineOverflowError naming the first line that leaves 64 bits. Nothing wraps.
    """
    if core == "cython":
        return rate_compiled(compile_tariff(charges, rounding, quantity_scale, scale), columns, out)
    amounts = oracle.rate(charges, rounding, columns, quantity_scale, scale)
    if out is None:
        return amounts
    out[:] = amounts
    return out


def rate_compiled(tariff: Tariff, columns: Columns, out: NDArray[np.int64] | None = None) -> NDArray[np.int64]:
    """Rate columns with the compiled core on charges that were compiled before.

    Lines that stand alone and follow one another under one charge are rated many at a time, so group them. Amounts are
    written into `out` if it is given.
    """
    if columns.priced is None and columns.prior is None:
        return _core.rate(tariff.charges, tariff.pieces, columns.charge, columns.quantity, out)
    return _core.rate_split(
        tariff.charges, tariff.pieces, columns.charge, columns.quantity, columns.priced, columns.prior, out
    )


def explain_compiled(tariff: Tariff, columns: Columns) -> Explanation:
    """Rate lines that stand alone, with their arithmetic. Raises LineOverflowError, also where a row does not fit."""
    if columns.priced is not None or columns.prior is not None:
        raise ValueError("lines that are split or prorated are explained one by one")
    return Explanation(*_core.explain(tariff.charges, tariff.pieces, columns.charge, columns.quantity))
