"""What offers asks of others: terms and catalogue of contracts, rated months of rating."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from dutycycle.kit.money import Money
from dutycycle.kit.period import BillingPeriod
from dutycycle.offers.asset_group import Fleet
from dutycycle.offers.campaign import Campaign
from dutycycle.offers.communication import Customer
from dutycycle.offers.history import History
from dutycycle.offers.product import Product
from dutycycle.offers.program import Program
from dutycycle.offers.terms import Alternative, Terms


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What the lessor can offer."""

    programs: tuple[Program, ...] = ()
    products: tuple[Product, ...] = ()
    campaigns: tuple[Campaign, ...] = ()
    control_percent: Decimal = Decimal(0)
    treatments_at_most: int = 1


class Source(Protocol):
    """Where the facts come from."""

    async def terms(self, customer: str, period: BillingPeriod) -> Terms:
        """Return the agreement in force in a period. Raises NotFoundError if there is none."""
        ...

    async def customer(self, name: str) -> Customer:
        """Return whom an offer is for. Raises NotFoundError if contracts has no such customer."""
        ...

    async def catalogue(self) -> Catalogue:
        """Return the catalogue; an empty one before the first was applied."""
        ...

    async def history(self, terms: Terms, periods: Sequence[BillingPeriod]) -> History:
        """Return the periods as rated on the terms that were in force."""
        ...

    async def fleet(self, terms: Terms, periods: Sequence[BillingPeriod]) -> Fleet:
        """Return the periods as rated, with the assets and their groups in each."""
        ...

    async def costs(self, other: Alternative, periods: Sequence[BillingPeriod]) -> Sequence[Money]:
        """Return what each period would have cost on other terms, rated by the same core as the bill."""
        ...
