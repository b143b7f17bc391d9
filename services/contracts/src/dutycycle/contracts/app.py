"""Composition root of the contracts service."""

from __future__ import annotations

from pathlib import Path

from dutycycle.api.contracts.v1.contracts_pb2_grpc import add_ContractsServiceServicer_to_server
from dutycycle.contracts.service.amending import AmendmentService
from dutycycle.contracts.service.keeping import ContractsService
from dutycycle.contracts.servicer import ContractsServicer
from dutycycle.contracts.settings import Settings
from dutycycle.runtime.bus import Bus
from dutycycle.runtime.database import Database
from dutycycle.runtime.process import Process

MIGRATIONS = Path(__file__).parents[3] / "migrations"


def build(settings: Settings) -> Process:
    database = Database(settings.database_url, "contracts")
    contracts = ContractsService(database)
    servicer = ContractsServicer(contracts, AmendmentService(database, contracts))
    return Process(
        name="contracts",
        settings=settings,
        listen=settings.listen,
        database=database,
        bus=Bus(settings.nats_url, "contracts"),
        migrations=MIGRATIONS,
        service_name="dutycycle.api.contracts.v1.ContractsService",
        register=lambda server: add_ContractsServiceServicer_to_server(servicer, server),
    )
