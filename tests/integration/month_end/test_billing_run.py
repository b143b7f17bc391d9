"""A billing run from waiting for usage to issued invoices."""

from __future__ import annotations

import asyncio
import hashlib
from decimal import Decimal
from typing import Any

import asyncpg
import grpc.aio
import pytest
from google.type.date_pb2 import Date

from dutycycle.api.invoicing.v1 import invoicing_pb2 as pb
from dutycycle.api.invoicing.v1.invoicing_pb2_grpc import InvoicingServiceStub
from dutycycle.invoicing.document import edition
from dutycycle.invoicing.file import Kind
from dutycycle.kit import ids
from dutycycle.kit.period import BillingPeriod
from dutycycle.runtime import tenancy
from dutycycle.runtime.page import pages
from dutycycle.runtime.rpc import connect
from dutycycle.runtime.wire import date_to_proto, money_from_proto, period_to_proto

DECEMBER = period_to_proto(BillingPeriod.month(2013, 12))
ISSUE_DATE = Date(year=2013, month=12, day=31)


async def create(stub: InvoicingServiceStub, request_id: str = "") -> pb.BillingRun:
    request = pb.CreateBillingRunRequest(period=DECEMBER, request_id=request_id or ids.request_id())
    return (await stub.CreateBillingRun(request)).billing_run


async def settle(stub: InvoicingServiceStub) -> list[pb.BillingRun]:
    """Follow the run until it needs a person."""
    watch = stub.WatchBillingRun(pb.WatchBillingRunRequest(name="billingRuns/2013-12"))
    return [message.billing_run async for message in watch]


async def approve(stub: InvoicingServiceStub) -> pb.BillingRun:
    request = pb.ApproveInvoicesRequest(billing_run="billingRuns/2013-12", issue_date=ISSUE_DATE)
    await stub.ApproveInvoices(request)
    return (await settle(stub))[-1]


async def listed(stub: InvoicingServiceStub) -> list[pb.Invoice]:
    return list((await stub.ListInvoices(pb.ListInvoicesRequest(period=DECEMBER))).invoices)


async def download(stub: InvoicingServiceStub, invoice: str, kind: pb.DocumentKind) -> tuple[str, bytes]:
    pieces = [piece async for piece in stub.DownloadDocument(pb.DownloadDocumentRequest(invoice=invoice, kind=kind))]
    return pieces[0].file_name, b"".join(piece.content for piece in pieces)


async def test_a_run_waits_for_rating_then_drafts_and_issues(invoicing: Any, settings: Any, world: Any) -> None:
    world.folded["ops-fl"] = 1
    async with invoicing(replace_settings(settings, render_on_issue=False)) as stub:
        run = await create(stub)
        assert run.state == pb.BILLING_RUN_STATE_WAITING_FOR_USAGE
        following = asyncio.create_task(settle(stub))
        await asyncio.sleep(1)
        world.folded["ops-fl"] = 3
        seen = await following
        assert any("ops-fl 1 of 3" in run.progress_text for run in seen)
        assert seen[-1].state == pb.BILLING_RUN_STATE_DRAFTED
        assert (seen[-1].invoices_total, seen[-1].invoices_done) == (3, 3)
        drafts = await listed(stub)
        assert [(draft.name, draft.number, draft.state) for draft in drafts] == [
            (f"invoices/{code}-2013-12", "", pb.INVOICE_STATE_DRAFT) for code in ("dl", "fl", "ha")
        ]

        assert (await approve(stub)).state == pb.BILLING_RUN_STATE_ISSUED
        issued = await listed(stub)
        assert [invoice.number for invoice in issued] == ["DC-2013-000001", "DC-2013-000002", "DC-2013-000003"]
        for invoice in issued:
            assert invoice.issue_date == ISSUE_DATE
            assert invoice.due_date == Date(year=2014, month=1, day=30)
            assert sum(money_from_proto(line.amount).amount for line in invoice.lines) == Decimal("13400.50")
            assert money_from_proto(invoice.total).amount == Decimal("13400.50")
            assert [month.period.start_date.month for month in invoice.months] == [11, 12]
        assert sorted(world.closed) == [(f"ops-{code}", "America/New_York") for code in ("dl", "fl", "ha")]


def replace_settings(settings: Any, **changes: object) -> Any:
    return settings.model_copy(update=changes)


async def test_what_an_invoice_says_beside_its_lines(invoicing: Any, settings: Any) -> None:
    async with invoicing(replace_settings(settings, render_on_issue=False)) as stub:
        await create(stub)
        await settle(stub)
        invoice = (await stub.GetInvoice(pb.GetInvoiceRequest(name="invoices/fl-2013-12"))).invoice
        assert invoice.what_changed == (
            "You used 140.0 flight hours: 40.0 flight hours (40 %) above the baseline of 100.0. "
            "The bill is the same as November’s $13,400.50."
        )
        assert invoice.unbilled.waiting_quantity.value == "2.1"  # 123 minutes
        # 2.1 hours at the mean of $13,400.50 for 140.0 hours
        assert money_from_proto(invoice.unbilled.waiting_estimate).amount == Decimal("201.01")
        assert invoice.offer_links.numbers_url == "https://portal.example/o/offer-of-fl"
        assert invoice.offer_links.stop_url == "https://portal.example/stop/stop-of-fl"
        assert invoice.offer_links.stop_mailto.startswith("mailto:billing@skyline.example?subject=Stop%20offers")
        assert invoice.decision.headline == "Right-size your baseline"
        assert not invoice.decision.candidates
        assert not invoice.decision.reason
        assert len(invoice.assets) == 1


async def test_usage_that_arrives_after_the_draft_sends_it_back_and_the_numbers_stay_gapless(
    invoicing: Any, settings: Any, world: Any
) -> None:
    async with invoicing(replace_settings(settings, render_on_issue=False)) as stub:
        await create(stub)
        await settle(stub)
        world.hours["fl"] = 41
        run = await approve(stub)
        assert run.state == pb.BILLING_RUN_STATE_DRAFTED
        assert "invoices/fl-2013-12" in run.progress_text
        by_name = {invoice.name: invoice for invoice in await listed(stub)}
        assert by_name["invoices/fl-2013-12"].state == pb.INVOICE_STATE_DRAFT
        assert money_from_proto(by_name["invoices/fl-2013-12"].total).amount == Decimal("13710.50")
        assert by_name["invoices/ha-2013-12"].number == "DC-2013-000002"

        assert (await approve(stub)).state == pb.BILLING_RUN_STATE_ISSUED
        assert sorted(invoice.number for invoice in await listed(stub)) == [f"DC-2013-00000{n}" for n in (1, 2, 3)]


async def test_who_stops_offers_after_the_draft_gets_none_and_owes_the_same(
    invoicing: Any, settings: Any, world: Any
) -> None:
    async with invoicing(replace_settings(settings, render_on_issue=False)) as stub:
        await create(stub)
        await settle(stub)
        drafted = {invoice.customer.name: invoice for invoice in await listed(stub)}
        assert drafted["customers/fl"].decision.headline == "Right-size your baseline"
        world.stopped.add("fl")
        assert (await approve(stub)).state == pb.BILLING_RUN_STATE_ISSUED
        issued = {invoice.customer.name: invoice for invoice in await listed(stub)}
        assert issued["customers/fl"].decision.headline == ""
        assert issued["customers/dl"].decision.headline == "Right-size your baseline"
        assert {name: i.total for name, i in issued.items()} == {name: i.total for name, i in drafted.items()}


async def test_drafts_are_calculated_again_when_the_run_is_created_again_and_not_once_issued(
    invoicing: Any, settings: Any, world: Any
) -> None:
    async with invoicing(replace_settings(settings, render_on_issue=False)) as stub:
        first = ids.request_id()
        await create(stub, first)
        await settle(stub)
        world.hours["ha"] = 7
        assert (await create(stub, first)).state == pb.BILLING_RUN_STATE_DRAFTED  # a retry of the same request
        assert (await create(stub)).state == pb.BILLING_RUN_STATE_WAITING_FOR_USAGE
        await settle(stub)
        [hawaiian] = [draft for draft in await listed(stub) if draft.name == "invoices/ha-2013-12"]
        assert money_from_proto(hawaiian.total).amount == Decimal("3170.50")
        await approve(stub)
        world.hours["ha"] = 8
        assert (await create(stub)).state == pb.BILLING_RUN_STATE_ISSUED
        assert money_from_proto((await listed(stub))[2].total).amount == Decimal("3170.50")


async def test_usage_that_rating_never_folds_fails_the_run(invoicing: Any, settings: Any, world: Any) -> None:
    world.folded["ops-fl"] = 1
    async with invoicing(replace_settings(settings, usage_timeout_seconds=1)) as stub:
        await create(stub)
        run = (await settle(stub))[-1]
        assert run.state == pb.BILLING_RUN_STATE_FAILED
        assert run.error.startswith("USAGE_INCOMPLETE")
        assert "ops-fl 1 of 3" in run.error
        with pytest.raises(grpc.aio.AioRpcError) as refused:
            await approve(stub)
        assert refused.value.code() == grpc.StatusCode.FAILED_PRECONDITION


async def test_lines_that_do_not_add_up_are_not_billed(invoicing: Any, settings: Any, world: Any) -> None:
    world.wrong_total = True
    async with invoicing(settings) as stub:
        await create(stub)
        run = (await settle(stub))[-1]
        assert run.state == pb.BILLING_RUN_STATE_FAILED
        assert run.error.startswith("LINES_DO_NOT_ADD_UP")
        assert await listed(stub) == []


async def test_an_issued_invoice_and_its_documents_refuse_every_change(invoicing: Any, settings: Any) -> None:
    async with invoicing(replace_settings(settings, render_on_issue=False)) as stub:
        await create(stub)
        await settle(stub)
        await approve(stub)
        await download(stub, "invoices/fl-2013-12", pb.DOCUMENT_KIND_INVOICE_JSON)
        owner = await asyncpg.connect(settings.database_url)
        await owner.execute("set search_path to invoicing")
        try:
            for change in (
                "update invoice set body = ''",
                "update invoice set number = 'DC-2013-000009' where name = 'invoices/fl-2013-12'",
                "delete from publication; delete from document; delete from invoice",
                "update document set content = ''",
                "delete from document",
                "truncate invoice cascade",
            ):
                with pytest.raises(asyncpg.RaiseError, match="is final"):
                    await owner.execute(change)
            assert await owner.fetchval("select count(*) from document") == 1
        finally:
            await owner.close()


async def test_documents_are_the_same_bytes_whenever_they_are_made(
    invoicing: Any, settings: Any, database_url: str
) -> None:
    async with invoicing(replace_settings(settings, render_on_issue=False)) as stub:
        await create(stub)
        await settle(stub)
        with pytest.raises(grpc.aio.AioRpcError) as refused:
            await download(stub, "invoices/fl-2013-12", pb.DOCUMENT_KIND_INVOICE_PDF)
        assert refused.value.code() == grpc.StatusCode.FAILED_PRECONDITION
        await approve(stub)
        name, body = await download(stub, "invoices/fl-2013-12", pb.DOCUMENT_KIND_INVOICE_JSON)
        assert name == "DC-2013-000002-invoice.json"
        for kind, code in (
            (Kind.INVOICE_PDF, pb.DOCUMENT_KIND_INVOICE_PDF),
            (Kind.REPORT_PDF, pb.DOCUMENT_KIND_REPORT_PDF),
            (Kind.ASSETS_XLSX, pb.DOCUMENT_KIND_ASSETS_XLSX),
        ):
            _, content = await download(stub, "invoices/fl-2013-12", code)
            assert content == edition.make(body, kind).content
            assert (await download(stub, "invoices/fl-2013-12", code))[1] == content
        owner = await asyncpg.connect(database_url)
        rows = await owner.fetch("select sha256, content from invoicing.document")
        await owner.close()
        assert len(rows) == 4
        assert all(row["sha256"] == hashlib.sha256(row["content"]).hexdigest() for row in rows)


async def test_a_preview_stores_nothing_and_offers_nothing(invoicing: Any, settings: Any, world: Any) -> None:
    async with invoicing(settings) as stub:
        request = pb.PreviewInvoiceRequest(customer="customers/fl", period=DECEMBER)
        preview = (await stub.PreviewInvoice(request)).invoice
        assert money_from_proto(preview.total).amount == Decimal("13400.50")
        assert not preview.HasField("decision")
        assert await listed(stub) == []
        assert world.closed == []


async def test_runs_are_listed_newest_first_in_pages(invoicing: Any, settings: Any) -> None:
    async with invoicing(settings) as stub:
        for month in (11, 12):
            period = period_to_proto(BillingPeriod.month(2013, month))
            await stub.CreateBillingRun(pb.CreateBillingRunRequest(period=period, request_id=ids.request_id()))
        listed = [page async for page in pages(stub.ListBillingRuns, pb.ListBillingRunsRequest(page_size=1))]
        names = [[run.name for run in page.billing_runs] for page in listed]
        assert names == [["billingRuns/2013-12"], ["billingRuns/2013-11"]]


async def test_another_tenant_finds_nothing(invoicing: Any, settings: Any) -> None:
    async with invoicing(replace_settings(settings, render_on_issue=False)) as stub:
        await create(stub)
        await settle(stub)
        with tenancy.bound("harbour"):
            async with connect(settings.listen, settings.tenant_tokens) as channel:
                other = InvoicingServiceStub(channel)
                assert await listed(other) == []
                with pytest.raises(grpc.aio.AioRpcError) as refused:
                    await other.GetInvoice(pb.GetInvoiceRequest(name="invoices/fl-2013-12"))
                assert refused.value.code() == grpc.StatusCode.NOT_FOUND


async def test_only_a_calendar_month_can_be_billed(invoicing: Any, settings: Any) -> None:
    async with invoicing(settings) as stub:
        half = pb.CreateBillingRunRequest(period=DECEMBER)
        half.period.start_date.CopyFrom(date_to_proto(BillingPeriod.month(2013, 12).start.replace(day=2)))
        with pytest.raises(grpc.aio.AioRpcError) as refused:
            await stub.CreateBillingRun(half)
        assert refused.value.code() == grpc.StatusCode.INVALID_ARGUMENT
