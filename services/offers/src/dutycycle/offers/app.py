"""Composition root of the offers service."""

from __future__ import annotations

import asyncio
from pathlib import Path

from dutycycle.api.offers.v1.offers_pb2_grpc import add_OffersServiceServicer_to_server
from dutycycle.offers.link import LinkSigner
from dutycycle.offers.peer import Peers
from dutycycle.offers.service.answering import AnsweringService
from dutycycle.offers.service.deciding import DecidingService
from dutycycle.offers.service.drafting import Drafter
from dutycycle.offers.service.measuring import MeasuringService
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
    peers, policy, signer = Peers(contracts, rating), settings.policy(), LinkSigner(settings.link_keys)
    drafter = Drafter(database, peers, list(settings.tenant_tokens))
    servicer = OffersServicer(
        DecidingService(database, peers, policy),
        AnsweringService(database, signer, drafter),
        MeasuringService(database, peers, policy),
        peers,
        signer,
    )

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
        background=[drafter.work],
        stop=stop,
    )
