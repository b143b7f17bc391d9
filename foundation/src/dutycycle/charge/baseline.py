"""What was agreed at commencement, and what happens to it over time."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

LOOK_BACK = 3
"""Periods whose largest use a ratchet falls from, unless it says otherwise."""


class BaselinePer(Enum):
    """What a baseline is for."""

    POOL = "pool"
    ASSET = "asset"
    """For each asset in service, on however few days; a pool has the sum."""
    ASSET_PRORATED = "asset_prorated"
    """For each asset in proportion to its days in service; a pool has the sum."""


class ToleranceRule(Enum):
    """What is billed once use leaves the tolerance band."""

    BEYOND_BAND = "beyond_band"
    FROM_BASELINE = "from_baseline"


@dataclass(frozen=True, slots=True)
class Carry:
    """Unused allowance carried to later periods, the oldest used first."""

    periods: int
    """For how many periods after its own an unused part may be used."""
    cap: Decimal | None = None
    """Most that may be carried into a period."""


@dataclass(frozen=True, slots=True)
class Ratchet:
    """A commitment that follows growth, and falls slowly or never; never below the quantity agreed."""

    shrink: Decimal | None = None
    """Share by which it may fall a period, from the largest use of the last periods; None: it never falls."""
    look_back: int = 0
    """0: LOOK_BACK."""


@dataclass(frozen=True, slots=True)
class AssetBaseline:
    """What was agreed for one asset."""

    asset: str
    quantity: Decimal


@dataclass(frozen=True, slots=True)
class Baseline:
    """Agreed quantity or agreed money, per billing period."""

    quantity: Decimal | None = None
    basis: str = ""
    amount: Decimal | None = None
    """Money instead of a quantity, in major units: what is priced is compared with it."""
    per: BaselinePer = BaselinePer.POOL
    tolerance: Decimal | None = None
    """Band on both sides within which nothing is billed, as a share of the quantity."""
    tolerance_rule: ToleranceRule = ToleranceRule.BEYOND_BAND
    carry: Carry | None = None
    window_periods: int = 0
    """The figure is for so many periods together; 0 and 1: for each."""
    ratchet: Ratchet | None = None
    assets: tuple[AssetBaseline, ...] = ()
    """Assets with a figure of their own; `quantity` is for each other one."""

    @property
    def by_asset(self) -> bool:
        """Whether each asset has its figure."""
        return self.per is not BaselinePer.POOL

    @property
    def prorated(self) -> bool:
        """Whether the figure of an asset is cut to its days in service."""
        return self.per is BaselinePer.ASSET_PRORATED

    def own_quantities(self) -> dict[str, Decimal]:
        """Return the figures of the assets that have their own, by asset."""
        return {each.asset: each.quantity for each in self.assets}

    @property
    def window(self) -> int:
        return max(1, self.window_periods)
