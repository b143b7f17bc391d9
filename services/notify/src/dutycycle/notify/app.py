"""Composition root of the notify service."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

from dutycycle.api.notify.v1.notify_pb2_grpc import add_NotifyServiceServicer_to_server
from dutycycle.notify.bounce import BounceReceiver
from dutycycle.notify.consumer import announcements, subscription
from dutycycle.notify.convert import alert_settings_from_bytes
from dutycycle.notify.peer import ContractsPeer, InvoicingPeer, OffersPeer, RatingPeer
from dutycycle.notify.service.alerting import Watchman
from dutycycle.notify.service.announcing import Announcer
from dutycycle.notify.service.courier import Courier
from dutycycle.notify.service.post import Post
from dutycycle.notify.servicer import NotifyServicer
from dutycycle.notify.settings import Settings
from dutycycle.notify.smtp import SmtpServer
from dutycycle.notify.verp import Verp
from dutycycle.runtime.bus import Bus
from dutycycle.runtime.database import Database
from dutycycle.runtime.process import Process
from dutycycle.runtime.rpc import connect

MIGRATIONS = Path(__file__).parents[3] / "migrations"


def build(settings: Settings) -> Process:
    database = Database(settings.database_url, "notify")
    tokens = settings.tenant_tokens
    invoicing = InvoicingPeer(connect(settings.invoicing_target, tokens))
    contracts = ContractsPeer(connect(settings.contracts_target, tokens))
    offers = OffersPeer(connect(settings.offers_target, tokens))
    rating = RatingPeer(connect(settings.rating_target, tokens))
    verp = Verp(settings.bounce_domain, settings.bounce_key)
    mail_server = SmtpServer(
        settings.smtp_host,
        settings.smtp_port,
        start_tls=settings.smtp_start_tls,
        username=settings.smtp_username,
        password=settings.smtp_password,
    )
    due = asyncio.Event()
    post = Post(database, invoicing, settings.sender, due)
    courier = Courier(
        database,
        invoicing,
        mail_server,
        due,
        tenants=list(tokens),
        sender=settings.sender,
        at_once=settings.at_once,
        first_pause=timedelta(seconds=settings.first_pause_seconds),
        verp=verp,
        dkim_key=settings.dkim_key(),
    )
    announcer = Announcer(post, contracts, offers)
    watchman = Watchman(
        database,
        post,
        contracts,
        rating,
        alert_settings_from_bytes,
        tenants=list(tokens),
        every_seconds=settings.alert_seconds,
    )
    servicer = NotifyServicer(post, announcer, watchman)
    background = [courier.work, watchman.work]
    if settings.bounce_listen:
        background.append(BounceReceiver(settings.bounce_listen, verp, post).run)

    async def stop() -> None:
        await asyncio.gather(invoicing.close(), contracts.close(), offers.close(), rating.close())

    return Process(
        name="notify",
        settings=settings,
        listen=settings.listen,
        database=database,
        bus=Bus(settings.nats_url, "notify"),
        migrations=MIGRATIONS,
        service_name="dutycycle.api.notify.v1.NotifyService",
        register=lambda server: add_NotifyServiceServicer_to_server(servicer, server),
        subscriptions=[subscription(post), announcements(announcer)],
        background=background,
        stop=stop,
    )
