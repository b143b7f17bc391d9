"""Composition root of the rating service."""

from __future__ import annotations

from pathlib import Path

import structlog

from dutycycle.api.rating.v1.rating_pb2_grpc import add_RatingServiceServicer_to_server
from dutycycle.rating.consumer import SEGMENT_COMMITTED, SegmentEvents
from dutycycle.rating.contract_book import ContractBook
from dutycycle.rating.core import CORE_NAME, VARIANT
from dutycycle.rating.service.explain_line import LineExplainer
from dutycycle.rating.service.fold_usage import UsageFolder
from dutycycle.rating.service.rate_periods import PeriodRater
from dutycycle.rating.service.rate_portfolio import PortfolioRater
from dutycycle.rating.service.simulate_charges import ChargeSimulator
from dutycycle.rating.service.watch_accruals import AccrualWatcher
from dutycycle.rating.servicer import RatingServicer
from dutycycle.rating.settings import Settings
from dutycycle.rating.usage_reader import UsageReader
from dutycycle.runtime.bus import Bus, Subscription
from dutycycle.runtime.database import Database
from dutycycle.runtime.process import Process
from dutycycle.runtime.rpc import connect

MIGRATIONS = Path(__file__).parents[3] / "migrations"


def build(settings: Settings) -> Process:
    database = Database(settings.database_url, "rating")
    channels = [
        connect(target, settings.tenant_tokens) for target in (settings.contracts_target, settings.ingest_target)
    ]
    contracts, ingest = ContractBook(channels[0]), UsageReader(channels[1])
    folder = UsageFolder(database, contracts, ingest, settings.segments_a_fold)
    rater = PeriodRater(database, contracts, ingest)
    servicer = RatingServicer(
        rater,
        LineExplainer(rater, contracts, ingest),
        folder,
        PortfolioRater(rater, contracts, folder),
        ChargeSimulator(rater, contracts),
        AccrualWatcher(rater, contracts, folder),
    )
    events = SegmentEvents(folder, settings.tenant_tokens, settings.poll_seconds)

    async def start() -> None:
        structlog.get_logger().info("rating.core", core=CORE_NAME, variant=VARIANT)

    async def stop() -> None:
        for channel in channels:
            await channel.close()

    return Process(
        name="rating",
        settings=settings,
        listen=settings.listen,
        database=database,
        bus=Bus(settings.nats_url, "rating"),
        migrations=MIGRATIONS,
        service_name="dutycycle.api.rating.v1.RatingService",
        register=lambda server: add_RatingServiceServicer_to_server(servicer, server),
        subscriptions=[Subscription("rating-segments", SEGMENT_COMMITTED, events.segment_committed)],
        background=[events.poll],
        start=start,
        drain=folder.news.end,
        stop=stop,
    )
