"""Client of contracts: keeps the registry of each tenant in step with the assets registered there."""

from __future__ import annotations

import asyncio
from collections import defaultdict

import grpc.aio

from dutycycle.api.contracts.v1 import contracts_pb2 as pb
from dutycycle.api.contracts.v1.contracts_pb2_grpc import ContractsServiceStub
from dutycycle.ingest.convert import asset_from_proto, meters_of
from dutycycle.ingest.registry import Registry
from dutycycle.runtime.page import pages
from dutycycle.runtime.tenancy import tenant

_PAGE = 5_000
_SMALL_PAGE = 1_000


class ContractBook:
    """Identities, placements and billed meters as contracts tells them."""

    def __init__(self, channel: grpc.aio.Channel) -> None:
        self._contracts = ContractsServiceStub(channel)
        self._registries: dict[str, Registry] = defaultdict(Registry)
        self._sources: dict[str, dict[str, str]] = defaultdict(dict)
        self._locks: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._terms_read: set[str] = set()
        """Tenants whose agreements were read since they last changed."""

    async def current(self) -> Registry:
        """Return what is known; agreements are read first if they have changed."""
        if tenant() not in self._terms_read:
            async with self._locks[tenant()]:
                await self._read_terms()
        return self._registries[tenant()]

    def forget_terms(self) -> None:
        """Read agreements again before the next record."""
        self._terms_read.discard(tenant())

    async def refresh(self) -> Registry:
        """Read the assets that changed since the last time."""
        registry = self._registries[tenant()]
        async with self._locks[tenant()]:
            request = pb.ListAssetsRequest(after_revision=registry.revision, page_size=_PAGE)
            async for page in pages(self._contracts.ListAssets, request):
                if {p.customer for asset in page.assets for p in asset.placements} - self._sources[tenant()].keys():
                    await self._read_terms()  # an asset of a customer that is new
                # The revision moves on only with the last page, so that a broken read is read again.
                learned = registry.revision if page.next_page_token else page.registry_revision
                sources = self._sources[tenant()]
                registry.learn([asset_from_proto(asset, sources) for asset in page.assets], learned)
            return registry

    async def _read_terms(self) -> None:
        """Read which source is whose, and which meters each customer's agreements bill."""
        self._terms_read.add(tenant())  # before reading: a change told meanwhile is read once more
        try:
            customers, agreements = await self._customers(), await self._agreements()
        except BaseException:
            self.forget_terms()
            raise
        sources = {customer.name: customer.usage_source for customer in customers}
        meters: dict[str, set[str]] = defaultdict(set)
        for agreement in agreements:
            meters[sources.get(agreement.customer, "")] |= meters_of(agreement)
        self._sources[tenant()] = sources
        self._registries[tenant()].billed_meters = {source: frozenset(named) for source, named in meters.items()}

    async def _customers(self) -> list[pb.Customer]:
        request = pb.ListCustomersRequest(page_size=_SMALL_PAGE)
        return [each async for page in pages(self._contracts.ListCustomers, request) for each in page.customers]

    async def _agreements(self) -> list[pb.Agreement]:
        request = pb.ListAgreementsRequest(page_size=_SMALL_PAGE)
        return [each async for page in pages(self._contracts.ListAgreements, request) for each in page.agreements]
