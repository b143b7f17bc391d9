"""Settings of the invoicing service."""

from __future__ import annotations

from pydantic import Field

from dutycycle.runtime.settings import ServiceSettings


class Settings(ServiceSettings):
    listen: str = Field(default="127.0.0.1:7105", validation_alias="DUTYCYCLE_INVOICING_LISTEN")
    usage_timeout_seconds: int = Field(default=300, ge=0, validation_alias="DUTYCYCLE_INVOICING_USAGE_TIMEOUT_SECONDS")
    """How long a run waits for rating to fold all accepted usage before it fails with USAGE_INCOMPLETE."""
    render_on_issue: bool = Field(default=True, validation_alias="DUTYCYCLE_INVOICING_RENDER_ON_ISSUE")
    """Make the documents before an invoice is announced; otherwise when each is first asked for."""
    render_processes: int = Field(default=2, ge=1, validation_alias="DUTYCYCLE_INVOICING_RENDER_PROCESSES")
    number_prefix: str = Field(default="DC", pattern="[A-Z0-9]+", validation_alias="DUTYCYCLE_INVOICING_NUMBER_PREFIX")
    """First part of an invoice's number; the year of the period follows, then the place in that series."""
    portal_url: str = Field(default="", validation_alias="DUTYCYCLE_INVOICING_PORTAL_URL")
    """Where customers reach the portal: "https://portal.example". Empty: the print names a person instead of links."""
