"""Client of contracts: keeps the registry of each tenant in step with the assets registered there."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterable

import grpc.aio

from dutycycle.api.contracts.v1 import contracts_pb2 as pb
from dutycycle.api.contracts.v1.contracts_pb2_grpc import ContractsServiceStub
from dutycycle.ingest.convert import asset_from_proto
from dutycycle.ingest.registry import Registry
from dutycycle.runtime.tenancy import tenant

_PAGE = 5_000


class ContractBook:
    """Identities and placements as contracts tells them."""

    def __init__(self, channel: grpc.aio.Channel) -> None:
        self._contracts = ContractsServiceStub(channel)
        self._registries: dict[str, Registry] = defaultdict(Registry)
        self._sources: dict[str, dict[str, str]] = defaultdict(dict)
        self._locks: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def current(self) -> Registry:
        return self._registries[tenant()]

    async def refresh(self) -> Registry:
        """Read the assets that changed since the last time."""
        registry = self._registries[tenant()]
        async with self._locks[tenant()]:
            token = ""
            while True:
                request = pb.ListAssetsRequest(after_revision=registry.revision, page_size=_PAGE, page_token=token)
                page = await self._contracts.ListAssets(request)
                sources = await self._sources_for(page.assets)
                # The revision moves on only with the last page, so that a broken read is read again.
                done = not page.next_page_token
                learned = page.registry_revision if done else registry.revision
                registry.learn([asset_from_proto(asset, sources) for asset in page.assets], learned)
                if done:
                    return registry
                token = page.next_page_token

    async def _sources_for(self, assets: Iterable[pb.Asset]) -> dict[str, str]:
        """Return the usage source of every customer; asked again when an asset names one that is new."""
        known = self._sources[tenant()]
        named = {p.customer for asset in assets for p in asset.placements}
        if not named <= known.keys():
            token = ""
            while True:
                page = await self._contracts.ListCustomers(pb.ListCustomersRequest(page_size=1_000, page_token=token))
                known |= {customer.name: customer.usage_source for customer in page.customers}
                token = page.next_page_token
                if not token:
                    break
        return known
