"""Lines to rate, in columns."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Columns:
    """Element i of every column is line i; quantities are scaled integers in billed units."""

    charge: NDArray[np.int32]
    """Index into the charges that are rated."""
    quantity: NDArray[np.int64]
    priced: NDArray[np.int64] | None = None
    """Units charged, where they differ from the quantity that picks the tier."""
    prior: NDArray[np.int64] | None = None
    """Billed before in the same period; lines without a prior quantity are rated in columns of their own."""
