"""Connections of the command to the services, as one tenant."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from pydantic import Field

from dutycycle.kit.errors import UnauthenticatedError
from dutycycle.runtime import tenancy
from dutycycle.runtime.client import Client, stubs
from dutycycle.runtime.settings import ServiceSettings

__all__ = ["Client", "ClientSettings", "connected"]


class ClientSettings(ServiceSettings):
    """Where the services are and as whom to call them."""

    tenant: str = Field(default="", validation_alias="DUTYCYCLE_TENANT")
    """Tenant to act for; may be left out if there is a token for one only."""

    def acting_tenant(self) -> str:
        """Return the tenant to act for. Raises UnauthenticatedError if that is not clear."""
        tenant = self.tenant or (next(iter(self.tenant_tokens)) if len(self.tenant_tokens) == 1 else "")
        if tenant not in self.tenant_tokens:
            raise UnauthenticatedError(
                "TENANT_UNCLEAR",
                'set DUTYCYCLE_TENANT_TOKENS to {"<tenant>": "<token>"}, and DUTYCYCLE_TENANT if there are several; '
                "'dutycycle dev' prints both",
            )
        return tenant


@asynccontextmanager
async def connected(settings: ClientSettings) -> AsyncIterator[Client]:
    """Open channels to every service for the length of the block, as the settings' tenant."""
    with tenancy.bound(settings.acting_tenant()):
        async with stubs(settings) as client:
            yield client
