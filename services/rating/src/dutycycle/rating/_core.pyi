import numpy as np
from numpy.typing import NDArray

VARIANTS: tuple[str, ...]
"""Ways to rate runs of lines that this processor has, the widest last: portable, avx2, avx512."""
VARIANT: str
"""The one that is taken: the widest, or with DUTYCYCLE_RATING_SIMD=off the portable one."""

def rate(
    charges: NDArray[np.int64],
    pieces: NDArray[np.int64],
    charge: NDArray[np.int32],
    quantity: NDArray[np.int64],
    out: NDArray[np.int64] | None = None,
    variant: str | None = None,
) -> NDArray[np.int64]:
    """Rate lines that stand alone, into `out` if it is given. Raises LineOverflowError, IndexError."""

def explain(
    charges: NDArray[np.int64],
    pieces: NDArray[np.int64],
    charge: NDArray[np.int32],
    quantity: NDArray[np.int64],
    variant: str | None = None,
) -> tuple[
    NDArray[np.int64], NDArray[np.int64], NDArray[np.int32], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]
]:
    """Rate lines that stand alone, with the rows of their arithmetic: the columns of Explanation, in order.

    Raises LineOverflowError, also where a row leaves 64 bits, and IndexError.
    """

def evaluate(
    charges: NDArray[np.int64],
    pieces: NDArray[np.int64],
    charge: NDArray[np.int32],
    quantity: NDArray[np.int64],
    picked: NDArray[np.int64],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return floor and rest of what lines come to, the rest in parts of the charge's divisor.

    `picked` finds the piece, `quantity` is charged. Raises LineOverflowError, IndexError.
    """
