"""Invoicing killed without warning in the middle of a run goes on by itself and issues every invoice once."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import asyncpg

from dutycycle.api.invoicing.v1 import invoicing_pb2 as pb
from dutycycle.api.invoicing.v1.invoicing_pb2_grpc import InvoicingServiceStub
from dutycycle.kit.period import BillingPeriod
from dutycycle.runtime import tenancy
from dutycycle.runtime.rpc import connect
from dutycycle.runtime.wire import period_to_proto

RUN = "billingRuns/2013-12"


def start(settings: Any, log: Path) -> subprocess.Popen[bytes]:
    """Start the service as it is started in production: its module, configured by the environment."""
    environment = os.environ | {
        "DUTYCYCLE_DATABASE_URL": settings.database_url,
        "DUTYCYCLE_NATS_URL": settings.nats_url,
        "DUTYCYCLE_TENANT_TOKENS": json.dumps(settings.tenant_tokens),
        "DUTYCYCLE_MIGRATE_ON_START": "true",
        "DUTYCYCLE_DRAIN_SECONDS": "0",
        "DUTYCYCLE_CONTRACTS_TARGET": settings.contracts_target,
        "DUTYCYCLE_INGEST_TARGET": settings.ingest_target,
        "DUTYCYCLE_RATING_TARGET": settings.rating_target,
        "DUTYCYCLE_OFFERS_TARGET": settings.offers_target,
        "DUTYCYCLE_INVOICING_LISTEN": settings.listen,
        "DUTYCYCLE_INVOICING_RENDER_PROCESSES": "1",
    }
    with log.open("ab") as output:
        return subprocess.Popen(
            [sys.executable, "-m", "dutycycle.invoicing"],
            env=environment,
            stdout=output,
            stderr=output,
            start_new_session=True,  # so that the kill takes the typesetting processes too, as a power cut would
        )


def kill(process: subprocess.Popen[bytes]) -> None:
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


async def count(url: str, table: str) -> int:
    owner = await asyncpg.connect(url)
    try:
        return int(await owner.fetchval(f"select count(*) from invoicing.{table}"))  # noqa: S608 - names of ours
    finally:
        await owner.close()


async def published(url: str) -> None:
    """Return as soon as one invoice is announced."""
    while True:
        if await count(url, "publication"):
            return
        await asyncio.sleep(0.02)


async def settled(stub: InvoicingServiceStub, states: tuple[int, ...]) -> pb.BillingRun:
    while True:
        run = (await stub.GetBillingRun(pb.GetBillingRunRequest(name=RUN))).billing_run
        if run.state in states:
            return run
        await asyncio.sleep(0.05)


@asynccontextmanager
async def reached(settings: Any) -> AsyncIterator[InvoicingServiceStub]:
    """Give a stub once the service answers.

    Each process gets a channel of its own: one that outlived a kill says it is ready until it has noticed.
    """
    async with connect(settings.listen, settings.tenant_tokens) as channel:
        await channel.channel_ready()
        with tenancy.bound("skyline"):
            yield InvoicingServiceStub(channel)


async def test_killed_while_drafting_and_while_issuing(settings: Any, world: Any, tmp_path: Path) -> None:
    world.folded["ops-fl"] = 0
    process = start(settings, tmp_path / "log")
    try:
        async with asyncio.timeout(120):
            async with reached(settings) as stub:
                december = period_to_proto(BillingPeriod.month(2013, 12))
                await stub.CreateBillingRun(pb.CreateBillingRunRequest(period=december))
                kill(process)
            world.folded["ops-fl"] = 3
            process = start(settings, tmp_path / "log")
            async with reached(settings) as stub:
                await settled(stub, (pb.BILLING_RUN_STATE_DRAFTED,))
                await stub.ApproveInvoices(pb.ApproveInvoicesRequest(billing_run=RUN))
                await published(settings.database_url)
                kill(process)
            assert await count(settings.database_url, "publication") < 3
            process = start(settings, tmp_path / "log")
            async with reached(settings) as stub:
                await settled(stub, (pb.BILLING_RUN_STATE_ISSUED,))
                invoices = (await stub.ListInvoices(pb.ListInvoicesRequest())).invoices
        assert [invoice.number for invoice in invoices] == [f"DC-2013-00000{number}" for number in (1, 2, 3)]
        assert await count(settings.database_url, "document") == 12
        assert await count(settings.database_url, "publication") == 3
        assert await count(settings.database_url, "outbox") == 3
    finally:
        kill(process)
