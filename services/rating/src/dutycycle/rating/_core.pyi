import numpy as np
from numpy.typing import NDArray

def rate(
    charges: NDArray[np.int64], pieces: NDArray[np.int64], charge: NDArray[np.int32], quantity: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Rate lines that stand alone. Raises LineOverflowError, IndexError."""

def rate_split(
    charges: NDArray[np.int64],
    pieces: NDArray[np.int64],
    charge: NDArray[np.int32],
    quantity: NDArray[np.int64],
    priced: NDArray[np.int64] | None,
    prior: NDArray[np.int64] | None,
) -> NDArray[np.int64]:
    """Rate lines that are split from a period or prorated. Raises LineOverflowError, IndexError."""

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
