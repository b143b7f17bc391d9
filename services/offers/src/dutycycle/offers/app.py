"""Composition root of the offers service."""

from __future__ import annotations

import asyncio
from pathlib import Path

from dutycycle.api.offers.v1.offers_pb2_grpc import add_OffersServiceServicer_to_server
from dutycycle.offers.convert import decision_to_bytes
from dutycycle.offers.peer import Peers
from dutycycle.offers.service import OffersService
from dutycycle.offers.servicer import OffersServicer
from dutycycle.offers.settings import Settings
from dutycycle.runtime.bus import Bus
from dutycycle.runtime.database import Database
from dutycycle.runtime.process import Process
from dutycycle.runtime.rpc import connect

MIGRATIONS = Path(__file__).parents[3] / "migrations"


def build(settings: Settings) -> Process:
    database = Database(settings.database_url, "offers")
    contracts = connect(settings.contracts_target, settings.tenant_tokens)
    rating = connect(settings.rating_target, settings.tenant_tokens)
    service = OffersService(database, Peers(contracts, rating), decision_to_bytes, settings.policy())
    servicer = OffersServicer(service)

    async def stop() -> None:
        await asyncio.gather(contracts.close(), rating.close())

    return Process(
        name="offers",
        settings=settings,
        listen=settings.listen,
        database=database,
        bus=Bus(settings.nats_url, "offers"),
        migrations=MIGRATIONS,
        service_name="dutycycle.api.offers.v1.OffersService",
        register=lambda server: add_OffersServiceServicer_to_server(servicer, server),
        stop=stop,
    )
