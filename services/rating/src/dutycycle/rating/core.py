"""The core that rates: compiled where it may be, plain Python where it must.

`DUTYCYCLE_RATING_CORE` chooses: `require` fails to start without the compiled core, `python` takes the twin, `auto`
(the default) takes the compiled core if it is there. `DUTYCYCLE_RATING_SIMD=off` keeps the compiled core from the wide
registers of the processor.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from fractions import Fraction
from math import lcm
from operator import mul

import numpy as np
from numpy.typing import NDArray

from dutycycle.charge.adjust import RoundTo
from dutycycle.charge.charge import Charge
from dutycycle.charge.curve import Curve, Evaluation, cost
from dutycycle.rating import oracle
from dutycycle.rating.columns import Columns
from dutycycle.rating.errors import LineOverflowError
from dutycycle.rating.explanation import Explanation
from dutycycle.rating.tariff import Tariff, compile_curve, compile_tariff

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


def evaluate(evaluations: Sequence[Evaluation], core: str = CORE_NAME) -> Fraction:
    """Add up what evaluations come to, exactly. What leaves the core's 64 bits is computed in integers of any width."""
    if core != "cython":
        return cost(evaluations)
    on_curve: dict[Curve, list[Evaluation]] = {}
    for each in evaluations:
        on_curve.setdefault(each.curve, []).append(each)
    return sum((_evaluate(curve, group) for curve, group in on_curve.items()), Fraction(0))


def _evaluate(curve: Curve, group: Sequence[Evaluation]) -> Fraction:
    """Evaluate one curve for columns of quantities, in parts as fine as any of them needs."""
    picked = [each.quantity if each.picked is None else each.picked for each in group]
    grains = {value.denominator for value in (*picked, *(each.quantity for each in group))}
    if curve.packages is not None:
        grains |= {curve.packages.size.denominator, curve.packages.free.denominator}
    grain = lcm(*grains)
    try:
        columns = [
            np.array([int(value * grain) for value in values], dtype=np.int64)
            for values in ([each.quantity for each in group], picked)
        ]
        tariff = compile_curve(curve, grain)
        floors, rests = _core.evaluate(tariff.charges, tariff.pieces, np.zeros(len(group), dtype=np.int32), *columns)
    except (LineOverflowError, OverflowError):
        return cost(group)
    times = [each.times for each in group]
    floor: int = sum(map(mul, floors.tolist(), times))
    return floor + Fraction(sum(map(mul, rests.tolist(), times)), int(tariff.charges[0, 0]))


def rate_compiled(tariff: Tariff, columns: Columns, out: NDArray[np.int64] | None = None) -> NDArray[np.int64]:
    """Rate columns with the compiled core on charges that were compiled before.

    Lines that stand alone and follow one another under one charge are rated many at a time, so group them. Amounts are
    written into `out` if it is given.
    """
    return _core.rate(tariff.charges, tariff.pieces, columns.charge, columns.quantity, out)


def explain_compiled(tariff: Tariff, columns: Columns) -> Explanation:
    """Rate lines that stand alone, with their arithmetic. Raises LineOverflowError, also where a row does not fit."""
    return Explanation(*_core.explain(tariff.charges, tariff.pieces, columns.charge, columns.quantity))
