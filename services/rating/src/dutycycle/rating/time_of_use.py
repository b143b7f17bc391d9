"""Rating by time of use: what the intervals of many hours cost, by band and by tier.

Two readings of tiers are in use. By band, each band has tiers of its own, which the quantity of the band fills. Pooled,
the total over all bands fills the tiers in order of time, and each interval pays the price of its band in the tier that
the total had reached by then.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dutycycle.rating.aggregate import BandColumns, sum_by_band, sum_by_tier
from dutycycle.rating.columns import Columns
from dutycycle.rating.core import rate_compiled
from dutycycle.rating.tariff import Tariff


@dataclass(frozen=True, slots=True)
class BandAmounts:
    """Quantities and what they cost, both of shape (meters, periods, bands), and tiers after that where pooled."""

    quantity: NDArray[np.int64]
    amount: NDArray[np.int64]
    """At the scale for which the tariff was compiled."""


def rate_by_band(tariff: Tariff, columns: BandColumns, periods: int) -> BandAmounts:
    """Rate with tiers of each band; charge i of the tariff is that of band i.

    Raises OverflowError, LineOverflowError where a sum or an amount leaves 64 bits.
    """
    return _rated(tariff, sum_by_band(columns, periods, len(tariff.charges)))


def rate_pooled(tariff: Tariff, columns: BandColumns, periods: int, uppers: NDArray[np.int64]) -> BandAmounts:
    """Rate with tiers over all bands; the tariff has a per-unit charge for each band and tier, tiers together.

    `uppers` are the scaled bounds of the tiers but the last. Raises as `rate_by_band`, and ValueError if the charges
    of the tariff are no multiple of the tiers.
    """
    bands, rest = divmod(len(tariff.charges), len(uppers) + 1)
    if rest:
        raise ValueError(f"{len(tariff.charges)} charges for {len(uppers) + 1} tiers; give each band all of its tiers")
    return _rated(tariff, sum_by_tier(columns, periods, bands, uppers))


def _rated(tariff: Tariff, quantity: NDArray[np.int64]) -> BandAmounts:
    """Rate every cell by the charge of its place; meters and periods repeat the charges."""
    charges = len(tariff.charges)
    charge = np.tile(np.arange(charges, dtype=np.int32), quantity.size // charges)
    return BandAmounts(quantity, rate_compiled(tariff, Columns(charge, quantity.ravel())).reshape(quantity.shape))
