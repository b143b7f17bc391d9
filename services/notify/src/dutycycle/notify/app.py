"""Composition root of the notify service."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

from dutycycle.api.notify.v1.notify_pb2_grpc import add_NotifyServiceServicer_to_server
from dutycycle.notify.consumer import subscription
from dutycycle.notify.peer import InvoicingPeer
from dutycycle.notify.service.courier import Courier
from dutycycle.notify.service.post import Post
from dutycycle.notify.servicer import NotifyServicer
from dutycycle.notify.settings import Settings
from dutycycle.notify.smtp import SmtpServer
from dutycycle.runtime.bus import Bus
from dutycycle.runtime.database import Database
from dutycycle.runtime.process import Process
from dutycycle.runtime.rpc import connect

MIGRATIONS = Path(__file__).parents[3] / "migrations"


def build(settings: Settings) -> Process:
    database = Database(settings.database_url, "notify")
    invoicing = InvoicingPeer(connect(settings.invoicing_target, settings.tenant_tokens))
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
        tenants=list(settings.tenant_tokens),
        sender=settings.sender,
        at_once=settings.at_once,
        first_pause=timedelta(seconds=settings.first_pause_seconds),
    )
    servicer = NotifyServicer(post)
    return Process(
        name="notify",
        settings=settings,
        listen=settings.listen,
        database=database,
        bus=Bus(settings.nats_url, "notify"),
        migrations=MIGRATIONS,
        service_name="dutycycle.api.notify.v1.NotifyService",
        register=lambda server: add_NotifyServiceServicer_to_server(servicer, server),
        subscriptions=[subscription(post)],
        background=[courier.work],
        stop=invoicing.close,
    )
