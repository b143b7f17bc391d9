"""Connections of the command to the services, as one tenant."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import grpc.aio
from pydantic import Field

from dutycycle.api.contracts.v1.contracts_pb2_grpc import ContractsServiceStub
from dutycycle.api.ingest.v1.ingest_pb2_grpc import IngestServiceStub
from dutycycle.api.invoicing.v1.invoicing_pb2_grpc import InvoicingServiceStub
from dutycycle.api.notify.v1.notify_pb2_grpc import NotifyServiceStub
from dutycycle.api.offers.v1.offers_pb2_grpc import OffersServiceStub
from dutycycle.api.rating.v1.rating_pb2_grpc import RatingServiceStub
from dutycycle.kit.errors import UnauthenticatedError
from dutycycle.runtime import tenancy
from dutycycle.runtime.rpc import connect
from dutycycle.runtime.settings import ServiceSettings

if TYPE_CHECKING:  # the generated modules have one class for both sorts of channel; only their types tell two
    from dutycycle.api.contracts.v1.contracts_pb2_grpc import ContractsServiceAsyncStub
    from dutycycle.api.ingest.v1.ingest_pb2_grpc import IngestServiceAsyncStub
    from dutycycle.api.invoicing.v1.invoicing_pb2_grpc import InvoicingServiceAsyncStub
    from dutycycle.api.notify.v1.notify_pb2_grpc import NotifyServiceAsyncStub
    from dutycycle.api.offers.v1.offers_pb2_grpc import OffersServiceAsyncStub
    from dutycycle.api.rating.v1.rating_pb2_grpc import RatingServiceAsyncStub


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


@dataclass(frozen=True, slots=True)
class Client:
    """A stub for each service."""

    contracts: ContractsServiceAsyncStub
    ingest: IngestServiceAsyncStub
    rating: RatingServiceAsyncStub
    offers: OffersServiceAsyncStub
    invoicing: InvoicingServiceAsyncStub
    notify: NotifyServiceAsyncStub


@asynccontextmanager
async def connected(settings: ClientSettings) -> AsyncIterator[Client]:
    """Open channels to every service for the length of the block, as the settings' tenant."""

    def channel(target: str) -> grpc.aio.Channel:
        return connect(target, settings.tenant_tokens)

    with tenancy.bound(settings.acting_tenant()):
        async with AsyncExitStack() as stack:
            contracts, ingest, rating, offers, invoicing, notify = [
                await stack.enter_async_context(channel(target))
                for target in (
                    settings.contracts_target,
                    settings.ingest_target,
                    settings.rating_target,
                    settings.offers_target,
                    settings.invoicing_target,
                    settings.notify_target,
                )
            ]
            yield Client(
                contracts=ContractsServiceStub(contracts),
                ingest=IngestServiceStub(ingest),
                rating=RatingServiceStub(rating),
                offers=OffersServiceStub(offers),
                invoicing=InvoicingServiceStub(invoicing),
                notify=NotifyServiceStub(notify),
            )
