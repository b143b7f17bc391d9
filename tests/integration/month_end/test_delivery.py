"""From an issued invoice to the mailbox, over a real SMTP server that is not always willing."""

from __future__ import annotations

import asyncio
import email
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

import asyncpg
import grpc.aio
import pytest
from aiosmtpd.controller import Controller

from dutycycle.api.invoicing.v1 import invoicing_pb2
from dutycycle.api.invoicing.v1.invoicing_pb2_grpc import InvoicingServiceStub
from dutycycle.api.notify.v1 import notify_pb2 as pb
from dutycycle.api.notify.v1.notify_pb2_grpc import NotifyServiceStub
from dutycycle.cli.server import free_port
from dutycycle.kit.period import BillingPeriod
from dutycycle.notify.app import build
from dutycycle.notify.settings import Settings
from dutycycle.runtime.process import Process
from dutycycle.runtime.rpc import connect
from dutycycle.runtime.wire import period_to_proto

DECEMBER = period_to_proto(BillingPeriod.month(2013, 12))


@dataclass
class Sink:
    """A mail server that keeps what it takes and refuses what it is told to."""

    mails: list[bytes] = field(default_factory=list)
    refusals: dict[str, list[str]] = field(default_factory=dict)
    """Answers to give first, by recipient."""

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: ARG002, N802 - aiosmtpd's
        refusals = self.refusals.get(envelope.rcpt_tos[0], [])
        if refusals:
            return refusals.pop(0)
        self.mails.append(envelope.content)
        return "250 taken"

    def to(self, recipient: str) -> list[EmailMessage]:
        parsed = [email.message_from_bytes(mail, policy=SMTP) for mail in self.mails]
        return [mail for mail in parsed if isinstance(mail, EmailMessage) and recipient in mail["To"]]


@pytest.fixture
def sink() -> Sink:
    return Sink()


@pytest.fixture
def smtp_port(sink: Sink) -> Iterator[int]:
    controller = Controller(sink, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield controller.port
    controller.stop()


@pytest.fixture
def notify_settings(settings: Any, smtp_port: int) -> Settings:
    return Settings(
        database_url=settings.database_url,
        nats_url=settings.nats_url,
        tenant_tokens=settings.tenant_tokens,
        migrate_on_start=True,
        drain_seconds=0,
        invoicing_target=settings.listen,
        listen=f"127.0.0.1:{free_port()}",
        smtp_port=smtp_port,
        first_pause_seconds=1,
    )


Serve = Callable[[Process], AbstractAsyncContextManager[None]]


@pytest.fixture
def notify(served: Serve) -> Callable[[Settings], AbstractAsyncContextManager[NotifyServiceStub]]:
    @asynccontextmanager
    async def stub(settings: Settings) -> AsyncIterator[NotifyServiceStub]:
        async with served(build(settings)), connect(settings.listen, settings.tenant_tokens) as channel:
            await asyncio.wait_for(channel.channel_ready(), 30)
            yield NotifyServiceStub(channel)

    return stub


async def issue(stub: InvoicingServiceStub) -> None:
    await stub.CreateBillingRun(invoicing_pb2.CreateBillingRunRequest(period=DECEMBER))
    async for _ in stub.WatchBillingRun(invoicing_pb2.WatchBillingRunRequest(name="billingRuns/2013-12")):
        continue
    await stub.ApproveInvoices(invoicing_pb2.ApproveInvoicesRequest(billing_run="billingRuns/2013-12"))


async def ended(stub: NotifyServiceStub, count: int) -> dict[str, pb.Delivery]:
    """Wait until so many deliveries have ended, and return them by recipient."""
    async with asyncio.timeout(60):
        while True:
            deliveries = (await stub.ListDeliveries(pb.ListDeliveriesRequest())).deliveries
            over = [one for one in deliveries if not one.HasField("next_attempt_time")]
            if len(over) == count:
                return {one.recipient: one for one in over}
            await asyncio.sleep(0.1)


async def test_every_contact_who_receives_invoices_gets_bill_report_and_workbook(
    invoicing: Any, notify: Any, settings: Any, notify_settings: Settings, sink: Sink
) -> None:
    async with invoicing(settings) as bills, notify(notify_settings) as post:
        await issue(bills)
        deliveries = await ended(post, 3)
        assert set(deliveries) == {"nigel@dl.example", "nigel@fl.example", "nigel@ha.example"}
        assert {one.state for one in deliveries.values()} == {pb.DELIVERY_STATE_DELIVERED}
        [mail] = sink.to("nigel@fl.example")
        assert mail["Message-ID"] == deliveries["nigel@fl.example"].message_id
        assert mail["Subject"].startswith("Invoice DC-2013-000002 for December 2013: $13,400.50 due ")
        stored = {}
        for kind in (
            invoicing_pb2.DOCUMENT_KIND_INVOICE_PDF,
            invoicing_pb2.DOCUMENT_KIND_REPORT_PDF,
            invoicing_pb2.DOCUMENT_KIND_ASSETS_XLSX,
        ):
            request = invoicing_pb2.DownloadDocumentRequest(invoice="invoices/fl-2013-12", kind=kind)
            pieces = [piece async for piece in bills.DownloadDocument(request)]
            stored[pieces[0].file_name] = b"".join(piece.content for piece in pieces)
        assert {part.get_filename(): part.get_content() for part in mail.iter_attachments()} == stored


async def test_a_server_that_is_busy_is_asked_again_and_one_that_refuses_is_not(
    invoicing: Any, notify: Any, settings: Any, notify_settings: Settings, sink: Sink
) -> None:
    sink.refusals = {
        "nigel@fl.example": ["421 too busy, come back", "451 greylisted"],
        "nigel@ha.example": ["550 no such mailbox"],
    }
    async with invoicing(settings) as bills, notify(notify_settings) as post:
        await issue(bills)
        deliveries = await ended(post, 3)
        busy, refused = deliveries["nigel@fl.example"], deliveries["nigel@ha.example"]
        assert (busy.state, busy.attempts) == (pb.DELIVERY_STATE_DELIVERED, 3)
        assert (refused.state, refused.attempts) == (pb.DELIVERY_STATE_FAILED, 1)
        assert refused.last_answer == "550 no such mailbox"
        assert len(sink.to("nigel@fl.example")) == 1
        assert sink.to("nigel@ha.example") == []

        token, seen = "", []
        while True:
            page = await post.ListDeliveries(pb.ListDeliveriesRequest(page_size=2, page_token=token))
            seen += [one.name for one in page.deliveries]
            token = page.next_page_token
            if not token:
                break
        assert len(seen) == len(set(seen)) == page.total == 3

        failed = await post.ListDeliveries(pb.ListDeliveriesRequest(state=pb.DELIVERY_STATE_FAILED))
        assert (failed.total, failed.deliveries[0].name) == (1, refused.name)
        await post.RetryDelivery(pb.RetryDeliveryRequest(name=refused.name))
        assert (await ended(post, 3))["nigel@ha.example"].state == pb.DELIVERY_STATE_DELIVERED
        [mail] = sink.to("nigel@ha.example")
        assert mail["Message-ID"] == refused.message_id
        with pytest.raises(grpc.aio.AioRpcError) as error:
            await post.RetryDelivery(pb.RetryDeliveryRequest(name=busy.name))
        assert error.value.code() == grpc.StatusCode.FAILED_PRECONDITION


async def test_announced_again_it_is_not_sent_again_and_sent_again_it_is_the_same_mail(
    invoicing: Any, notify: Any, settings: Any, notify_settings: Settings, sink: Sink
) -> None:
    async with invoicing(settings) as bills, notify(notify_settings) as post:
        await issue(bills)
        await ended(post, 3)
        owner = await asyncpg.connect(settings.database_url)
        await owner.execute("update invoicing.outbox set published_at = null, message_id = gen_random_uuid()")
        async with asyncio.timeout(20):
            while await owner.fetchval("select count(*) from invoicing.outbox where published_at is null"):  # noqa: ASYNC110 - another process's doing
                await asyncio.sleep(0.1)
        await asyncio.sleep(1)
        assert len(await ended(post, 3)) == 3
        assert len(sink.mails) == 3

        # As if the sender had died between the server's answer and its own note of it.
        await owner.execute(
            "update notify.delivery set state = 'SENDING', next_attempt_time = now() where recipient like '%@fl.%'"
        )
        await owner.close()
        await ended(post, 3)
        first, second = [mail for mail in sink.mails if b"nigel@fl.example" in mail]
        assert first == second
