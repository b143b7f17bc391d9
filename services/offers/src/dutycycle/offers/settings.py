"""Settings of the offers service."""

from __future__ import annotations

from decimal import Decimal

from pydantic import Field

from dutycycle.offers.policy import Policy
from dutycycle.runtime.settings import ServiceSettings


class Settings(ServiceSettings):
    listen: str = Field(default="127.0.0.1:7104", validation_alias="DUTYCYCLE_OFFERS_LISTEN")
    rest_months: int = Field(default=3, ge=1, validation_alias="DUTYCYCLE_OFFERS_REST_MONTHS")
    """A program or product is printed at most once in so many months."""
    shock_percent: Decimal = Field(default=Decimal(30), gt=0, validation_alias="DUTYCYCLE_OFFERS_SHOCK_PERCENT")
    """A bill so far above the usual is announced in the subject of its e-mail."""

    offers_a_year: int = Field(default=6, ge=0, validation_alias="DUTYCYCLE_OFFERS_A_YEAR")
    """Invoices of twelve months that may carry an offer."""
    link_keys: list[str] = Field(default_factory=list, validation_alias="DUTYCYCLE_OFFERS_LINK_KEYS")
    """Secrets that sign links, as JSON, the newest first; older ones are still read. Without any there are no links."""

    def policy(self) -> Policy:
        return Policy(rest_months=self.rest_months, shock_percent=self.shock_percent, offers_a_year=self.offers_a_year)
