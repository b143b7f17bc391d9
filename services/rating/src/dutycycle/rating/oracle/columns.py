"""Columns of lines, rated one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from dutycycle.charge.adjust import NOT_ROUNDED, RoundTo
from dutycycle.charge.charge import Charge
from dutycycle.charge.measure import Quantify
from dutycycle.rating.columns import Columns
from dutycycle.rating.errors import LineOverflowError
from dutycycle.rating.oracle.line import amount, rounded
from dutycycle.rating.reading import Reading


def rate(
    charges: Sequence[Charge], rounding: Sequence[RoundTo], columns: Columns, quantity_scale: int, scale: int
) -> NDArray[np.int64]:
    """Rate columns as the core does. Raises LineOverflowError where an amount is not a 64-bit integer at `scale`."""
    bare = [replace(charge, quantify=Quantify(), rounding=NOT_ROUNDED) for charge in charges]
    amounts = np.empty(len(columns.charge), dtype=np.int64)
    for line, index in enumerate(columns.charge.tolist()):
        reading = Reading(Decimal(int(columns.quantity[line])).scaleb(-quantity_scale))
        scaled = rounded(amount(bare[index], reading, "USD"), rounding[index]) * Fraction(10) ** scale
        if scaled.denominator != 1 or not -(2**63) <= scaled.numerator < 2**63:
            raise LineOverflowError(line)
        amounts[line] = scaled.numerator
    return amounts
