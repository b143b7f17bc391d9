"""The arithmetic of lines, in columns: what each line is made of, tier by tier."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Explanation:
    """Lines with their rows; rows first[i] to first[i + 1] belong to line i, and every line has at least one.

    A row costs exactly `whole + rest / divisor`, in units of the scale to which its charge rounds, where the divisor is
    that of the charge in the tariff and 0 <= rest < divisor. Rows of a line add up, without any remainder, to the line
    before it is rounded and bounded: its base amount is in the first.

    A graduated price has a row for each tier that holds units, any other one row. Tiers whose bounds are not whole at
    the quantity scale are cut at the last quantity that is: compile the tariff at a scale that holds them.
    """

    amount: NDArray[np.int64]
    """By line: rounded and bounded, at the amount scale of the tariff."""
    first: NDArray[np.int64]
    """By line and one more."""
    piece: NDArray[np.int32]
    """Number of the straight line of the charge's curve: of the tier, where none has a cap; 0 before the first."""
    quantity: NDArray[np.int64]
    """Units in the tier, beyond the baseline if only those are priced; packages if the charge counts packages."""
    whole: NDArray[np.int64]
    rest: NDArray[np.int64]
