"""The terms of one agreement, as far as a program changes them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum


class ChargeKind(Enum):
    """What a charge depends on."""

    FLAT = "flat"
    ASSETS = "assets"
    USAGE = "usage"
    COMMITMENT = "commitment"


@dataclass(frozen=True, slots=True)
class ChargeTerms:
    """One charge: what is agreed in it. Amounts are major units of the agreement's currency."""

    schedule: str
    charge: str
    kind: ChargeKind
    units: str = ""
    """Unit, plural; empty where nothing is measured."""
    baseline: Decimal | None = None
    step: Decimal = Decimal(1)
    """The quantity, and so its baseline, is a multiple of this."""
    priced_above: bool = False
    """Whether its prices are for what lies above the baseline only."""
    flat: Decimal | None = None
    minimum: Decimal | None = None
    commitment: Decimal | None = None
    price: str = field(default="", compare=False)
    """What identifies its prices today: charges whose prices are equal have the same."""
    window_periods: int = 0
    """Periods that its baseline is for together; 0 and 1: each."""
    fixed: bool = False
    """Whether its baseline lives across periods or schedules already, so that no program adds another such rule."""

    meter: str = ""
    """Code of the meter that it adds up; empty where it measures otherwise."""
    pool: tuple[str, ...] | None = None
    """Schedules that its baseline is for together, empty: every one; None: its own alone."""

    @property
    def key(self) -> tuple[str, str]:
        return self.schedule, self.charge

    def covers(self, schedule: str) -> bool:
        """Tell whether usage on a schedule is compared with this charge's baseline."""
        if self.pool is None:
            return schedule == self.schedule
        return not self.pool or schedule in self.pool

    @property
    def monthly_baseline(self) -> Decimal:
        """Return the agreed quantity of a month; zero where nothing is agreed."""
        return (self.baseline or Decimal(0)) / max(1, self.window_periods)

    @property
    def agreed_amount(self) -> Decimal:
        """Return what is due each month whatever is used."""
        return sum((part for part in (self.flat, self.minimum, self.commitment) if part is not None), Decimal(0))


@dataclass(frozen=True, slots=True)
class Terms:
    """An agreement in force, and its whole text for the one who rates it."""

    agreement: str
    """Resource name."""
    customer: str
    currency: str
    start_date: date
    end_date: date
    """Day after the last of the term."""
    asset_noun: str
    """What an asset is called in print, plural."""
    usage_noun: str
    charges: tuple[ChargeTerms, ...]
    body: bytes = b""
    """The agreement as contracts keeps it."""
    effective_date: date = date.min
    """From when these terms are in force; months before were billed on others."""
    etag: str = ""
    program: str = ""
    """Name of the program that made these terms, as printed; empty if none did."""

    @property
    def usage_baseline(self) -> Decimal:
        """Return the agreed usage over all schedules, in the unit of the first."""
        compared = [c for c in self.charges if c.kind is ChargeKind.USAGE and c.baseline is not None]
        return sum((c.monthly_baseline for c in compared if c.units == compared[0].units), Decimal(0))

    @property
    def agreed_amount(self) -> Decimal:
        """Return what all charges have due each month whatever is used."""
        return sum((charge.agreed_amount for charge in self.charges), Decimal(0))


@dataclass(frozen=True, slots=True)
class ChargeChange:
    """What a program changes in one charge; None stays as it is."""

    schedule: str
    charge: str
    baseline: Decimal | None = None
    flat: Decimal | None = None
    minimum: Decimal | None = None
    commitment: Decimal | None = None
    price_percent: Decimal = Decimal(100)
    """New prices in percent of today's."""
    carry_periods: int = 0
    """Periods for which an unused part may be used later; 0: as it is."""
    window_periods: int = 0
    """Periods that the baseline is for together; 0: as it is."""
    pool: tuple[str, ...] = ()
    """Schedules whose usage is compared with this charge's baseline together; empty: as it is."""
    is_pooled: bool = False
    """Whether the charge is left out: another schedule's pool has it."""


def unchanged(terms: Terms) -> Alternative:
    """Return the terms themselves, to rate months on them that were billed on others."""
    changes = tuple(ChargeChange(charge.schedule, charge.charge) for charge in terms.charges)
    return Alternative(terms, changes, "")


@dataclass(frozen=True, slots=True)
class Alternative:
    """Other terms for the same equipment."""

    terms: Terms
    """As they would be; `body` is still the present one."""
    changes: tuple[ChargeChange, ...]
    basis: str
    """Where the new baselines come from, as printed."""
