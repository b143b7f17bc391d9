"""A stub for every service, for who asks several: the command, the portal."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import grpc.aio

from dutycycle.api.contracts.v1.contracts_pb2_grpc import ContractsServiceStub
from dutycycle.api.ingest.v1.ingest_pb2_grpc import IngestServiceStub
from dutycycle.api.invoicing.v1.invoicing_pb2_grpc import InvoicingServiceStub
from dutycycle.api.notify.v1.notify_pb2_grpc import NotifyServiceStub
from dutycycle.api.offers.v1.offers_pb2_grpc import OffersServiceStub
from dutycycle.api.rating.v1.rating_pb2_grpc import RatingServiceStub
from dutycycle.runtime.rpc import connect
from dutycycle.runtime.settings import ServiceSettings

if TYPE_CHECKING:  # the generated modules have one class for both sorts of channel; only their types tell two
    from dutycycle.api.contracts.v1.contracts_pb2_grpc import ContractsServiceAsyncStub
    from dutycycle.api.ingest.v1.ingest_pb2_grpc import IngestServiceAsyncStub
    from dutycycle.api.invoicing.v1.invoicing_pb2_grpc import InvoicingServiceAsyncStub
    from dutycycle.api.notify.v1.notify_pb2_grpc import NotifyServiceAsyncStub
    from dutycycle.api.offers.v1.offers_pb2_grpc import OffersServiceAsyncStub
    from dutycycle.api.rating.v1.rating_pb2_grpc import RatingServiceAsyncStub


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
async def stubs(settings: ServiceSettings) -> AsyncIterator[Client]:
    """Open channels to every service for the length of the block; calls are those of the tenant that is bound then."""

    def channel(target: str) -> grpc.aio.Channel:
        return connect(target, settings.tenant_tokens)

    targets = (
        settings.contracts_target,
        settings.ingest_target,
        settings.rating_target,
        settings.offers_target,
        settings.invoicing_target,
        settings.notify_target,
    )
    async with AsyncExitStack() as stack:
        contracts, ingest, rating, offers, invoicing, notify = [
            await stack.enter_async_context(channel(target)) for target in targets
        ]
        yield Client(
            contracts=ContractsServiceStub(contracts),
            ingest=IngestServiceStub(ingest),
            rating=RatingServiceStub(rating),
            offers=OffersServiceStub(offers),
            invoicing=InvoicingServiceStub(invoicing),
            notify=NotifyServiceStub(notify),
        )
