"""Composition root of the invoicing service."""

from __future__ import annotations

import asyncio
from pathlib import Path

from dutycycle.api.invoicing.v1.invoicing_pb2_grpc import add_InvoicingServiceServicer_to_server
from dutycycle.invoicing.peer import Peers
from dutycycle.invoicing.service.billing import Billing
from dutycycle.invoicing.service.calculation import Calculation
from dutycycle.invoicing.service.completeness import Completeness
from dutycycle.invoicing.service.conductor import Conductor
from dutycycle.invoicing.service.library import Library
from dutycycle.invoicing.service.press import Press
from dutycycle.invoicing.servicer import InvoicingServicer
from dutycycle.invoicing.settings import Settings
from dutycycle.runtime.bus import Bus
from dutycycle.runtime.database import Database
from dutycycle.runtime.process import Process
from dutycycle.runtime.rpc import connect

MIGRATIONS = Path(__file__).parents[3] / "migrations"


def build(settings: Settings) -> Process:
    database = Database(settings.database_url, "invoicing", pool_size=12)
    tokens = settings.tenant_tokens
    peers = Peers(
        contracts=connect(settings.contracts_target, tokens),
        ingest=connect(settings.ingest_target, tokens),
        rating=connect(settings.rating_target, tokens),
        offers=connect(settings.offers_target, tokens),
    )
    press = Press(settings.render_processes)
    wanted = asyncio.Event()
    calculation = Calculation(peers, settings.portal_url)
    conductor = Conductor(
        database,
        peers,
        calculation,
        Completeness(peers, settings.usage_timeout_seconds),
        press,
        wanted,
        tenants=list(tokens),
        number_prefix=settings.number_prefix,
        render_on_issue=settings.render_on_issue,
    )
    servicer = InvoicingServicer(Billing(database, calculation, wanted), Library(database, press))

    async def stop() -> None:
        press.close()
        await peers.close()

    return Process(
        name="invoicing",
        settings=settings,
        listen=settings.listen,
        database=database,
        bus=Bus(settings.nats_url, "invoicing"),
        migrations=MIGRATIONS,
        service_name="dutycycle.api.invoicing.v1.InvoicingService",
        register=lambda server: add_InvoicingServiceServicer_to_server(servicer, server),
        background=[conductor.work],
        stop=stop,
    )
