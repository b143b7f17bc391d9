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
