"""Client of contracts: agreements as they stand, and a registry of placements kept in step.

Every question to rating reads through: the registry asks only for what changed since the revision it knows, and a
revision of an agreement is read once. So no replica ever rates on terms that contracts has already replaced.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Collection, Iterable
from typing import TYPE_CHECKING

import grpc.aio

from dutycycle.api.contracts.v1 import contracts_pb2 as pb
from dutycycle.api.contracts.v1.contracts_pb2_grpc import ContractsServiceStub
from dutycycle.rating.contract import Agreement, Asset, Placement, Registry, Terms
from dutycycle.rating.convert import agreement_from_proto, asset_from_proto, placements_from_proto
from dutycycle.runtime.page import pages
from dutycycle.runtime.tenancy import tenant

if TYPE_CHECKING:  # the generated modules have one class for both sorts of channel; only their types tell two
    from dutycycle.api.contracts.v1.contracts_pb2_grpc import ContractsServiceAsyncStub

_ASSETS_A_PAGE = 5_000
_AGREEMENTS_A_PAGE = 1_000


class ContractBook:
    """What contracts says, for the tenant of the present call."""

    def __init__(self, channel: grpc.aio.Channel) -> None:
        self._contracts: ContractsServiceAsyncStub = ContractsServiceStub(channel)
        self._agreements: dict[tuple[str, str, str], Agreement] = {}
        self._registries: dict[str, Registry] = {}
        self._locks: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def terms(self, customer: str) -> list[Terms]:
        revisions: dict[str, list[Agreement]] = defaultdict(list)
        async for message in self._listed(customer):
            revisions[message.name].append(self._read(message))
        return [Terms(revisions[name]) for name in sorted(revisions)]

    async def customers(self) -> list[str]:
        return sorted({message.customer async for message in self._listed("")})

    async def _listed(self, customer: str) -> AsyncIterator[pb.Agreement]:
        """Yield every revision of a customer's agreements, or of all customers'."""
        request = pb.ListAgreementsRequest(customer=customer, page_size=_AGREEMENTS_A_PAGE)
        async for page in pages(self._contracts.ListAgreements, request):
            for message in page.agreements:
                yield message

    def _read(self, message: pb.Agreement) -> Agreement:
        """Read a revision once; its etag changes with its content."""
        key = (tenant(), message.name, message.etag)
        if key not in self._agreements:
            self._agreements[key] = agreement_from_proto(message, "agreement")
        return self._agreements[key]

    async def registry(self) -> Registry:
        async with self._locks[tenant()]:
            known = self._registries.get(tenant()) or Registry(0, {}, {})
            assets, revision = list[pb.Asset](), known.revision
            request = pb.ListAssetsRequest(after_revision=known.revision, page_size=_ASSETS_A_PAGE)
            async for page in pages(self._contracts.ListAssets, request):
                assets += page.assets
                revision = page.registry_revision
            if assets or revision != known.revision:
                known = _learnt(known, assets, revision)
                self._registries[tenant()] = known
            return known

    async def known_registry(self, placements: Collection[str]) -> Registry:
        known = self._registries.get(tenant())
        if known is not None and all(name in known.placements for name in placements):
            return known
        return await self.registry()

    async def usage_source(self, customer: str) -> str:
        response = await self._contracts.GetCustomer(pb.GetCustomerRequest(name=customer))
        return response.customer.usage_source


def _learnt(known: Registry, messages: Iterable[pb.Asset], revision: int) -> Registry:
    """Return a registry with what changed; the one that others hold stays as it is."""
    assets: dict[str, Asset] = dict(known.assets)
    placements: dict[str, Placement] = dict(known.placements)
    for message in messages:
        assets[message.name] = asset_from_proto(message)
        placements |= {placement.name: placement for placement in placements_from_proto(message)}
    return Registry(revision, placements, assets)
