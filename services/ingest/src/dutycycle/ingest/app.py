"""Composition root of the ingest service."""

from __future__ import annotations

from pathlib import Path

from dutycycle.api.ingest.v1 import ingest_pb2
from dutycycle.api.ingest.v1.ingest_pb2_grpc import add_IngestServiceServicer_to_server
from dutycycle.ingest.consumer import AGREEMENT_REVISED, ASSET_REGISTERED, ContractEvents
from dutycycle.ingest.contract_book import ContractBook
from dutycycle.ingest.convert import mapping_from_proto
from dutycycle.ingest.mqtt import MqttDoor
from dutycycle.ingest.service.query_usage import UsageQueries
from dutycycle.ingest.service.read_file import FileReader
from dutycycle.ingest.service.record_usage import UsageRecorder
from dutycycle.ingest.servicer import IngestServicer
from dutycycle.ingest.settings import Settings
from dutycycle.runtime import tenancy
from dutycycle.runtime.bus import Bus, Subscription
from dutycycle.runtime.database import Database
from dutycycle.runtime.process import Process
from dutycycle.runtime.rpc import connect

MIGRATIONS = Path(__file__).parents[3] / "migrations"


def build(settings: Settings) -> Process:
    database = Database(settings.database_url, "ingest")
    contracts = connect(settings.contracts_target, settings.tenant_tokens)
    book = ContractBook(contracts)
    recorder = UsageRecorder(database, book)
    files = FileReader(database, recorder, lambda body: mapping_from_proto(ingest_pb2.FileMapping.FromString(body)))
    servicer = IngestServicer(recorder, files, UsageQueries(database, recorder))
    events = ContractEvents(recorder, book)
    door = (
        MqttDoor(settings.mqtt_url, settings.mqtt_client_id, recorder, settings.tenant_tokens)
        if settings.mqtt_url
        else None
    )

    async def start() -> None:
        if door is not None:
            await door.open()

    async def resume() -> None:
        """Once at start: go on with files, and let usage go whose asset was registered meanwhile."""
        for name in settings.tenant_tokens:
            with tenancy.bound(name, "resume"):
                await files.resume_all()
                await recorder.resolve_waiting()

    async def stop() -> None:
        if door is not None:
            await door.close()
        await files.close()
        await contracts.close()

    return Process(
        name="ingest",
        settings=settings,
        listen=settings.listen,
        database=database,
        bus=Bus(settings.nats_url, "ingest"),
        migrations=MIGRATIONS,
        service_name="dutycycle.api.ingest.v1.IngestService",
        register=lambda server: add_IngestServiceServicer_to_server(servicer, server),
        subscriptions=[
            Subscription("ingest-assets", ASSET_REGISTERED, events.asset_registered),
            # Every replica keeps its own copy of the terms, so each has a consumer of its own.
            Subscription(f"{settings.mqtt_client_id}-agreements", AGREEMENT_REVISED, events.agreement_revised),
        ],
        background=[resume],
        start=start,
        stop=stop,
    )
