# ruff: noqa: ARG002, N802 - the scripted services answer methods with the names and arguments of the proto
"""The month end on real servers: PostgreSQL, NATS, gRPC and SMTP; only what stands before invoicing is scripted."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import asyncpg
import grpc.aio
import pytest
from google.type.decimal_pb2 import Decimal as DecimalProto

from dutycycle.api.contracts.v1 import charge_pb2, contracts_pb2
from dutycycle.api.contracts.v1.contracts_pb2_grpc import (
    ContractsServiceServicer,
    add_ContractsServiceServicer_to_server,
)
from dutycycle.api.ingest.v1 import ingest_pb2
from dutycycle.api.ingest.v1.ingest_pb2_grpc import IngestServiceServicer, add_IngestServiceServicer_to_server
from dutycycle.api.invoicing.v1.invoicing_pb2_grpc import InvoicingServiceStub
from dutycycle.api.offers.v1 import offers_pb2
from dutycycle.api.offers.v1.offers_pb2_grpc import OffersServiceServicer, add_OffersServiceServicer_to_server
from dutycycle.api.rating.v1 import rating_pb2
from dutycycle.api.rating.v1.rating_pb2_grpc import RatingServiceServicer, add_RatingServiceServicer_to_server
from dutycycle.cli.server import Nats, Postgres, free_port
from dutycycle.invoicing.app import build
from dutycycle.invoicing.settings import Settings
from dutycycle.kit.money import Money
from dutycycle.kit.period import BillingPeriod
from dutycycle.runtime import tenancy
from dutycycle.runtime.process import Process
from dutycycle.runtime.rpc import connect
from dutycycle.runtime.wire import date_to_proto, money_to_proto, period_from_proto, period_to_proto

TENANT = "skyline"
TOKENS = {TENANT: "token-of-skyline", "harbour": "token-of-harbour"}
CODES = ("dl", "fl", "ha")


@dataclass
class World:
    """What the services before invoicing would say, and what invoicing told them."""

    heads: dict[str, int] = field(default_factory=lambda: {f"ops-{code}": 3 for code in CODES})
    folded: dict[str, int] = field(default_factory=lambda: {f"ops-{code}": 3 for code in CODES})
    hours: dict[str, int] = field(default_factory=lambda: dict.fromkeys(CODES, 40))
    """Flight hours above the baseline of 100."""
    closed: list[tuple[str, str]] = field(default_factory=list)
    wrong_total: bool = False
    stopped: set[str] = field(default_factory=set)
    """Customers who want no offers."""

    def statement(self, customer: str, period: BillingPeriod) -> rating_pb2.Statement:
        code = customer.removeprefix("customers/")
        hours = self.hours[code]
        lines = [
            _line(code, "flight-hours", rating_pb2.LINE_KIND_USAGE, Decimal(hours) * 310, period, hours),
            _line(code, "base", rating_pb2.LINE_KIND_BASE, Decimal("1000.50"), period.next_month(), None),
        ]
        due = sum((Decimal(line.amount.units) + Decimal(line.amount.nanos).scaleb(-9) for line in lines), Decimal(0))
        measured = rating_pb2.MeasuredUse(
            schedule=f"{code}-boeing-717",
            schedule_display_name="Boeing 717",
            charge="flight-hours",
            kind=rating_pb2.LINE_KIND_USAGE,
            units="flight hours",
            baseline_quantity=DecimalProto(value="100"),
            used_quantity=DecimalProto(value=str(100 + hours)),
        )
        return rating_pb2.Statement(
            customer=customer,
            agreement=f"agreements/ma-{code}-2013",
            agreement_revision=1,
            period=period_to_proto(period),
            lines=lines,
            total=money_to_proto(Money(due + (1 if self.wrong_total else 0), "USD")),
            period_cost=money_to_proto(Money(due, "USD")),
            usage_records=700,
            measured=[measured],
            assets=[
                rating_pb2.AssetUsage(
                    asset=f"assets/n{code}1",
                    display_name=f"N{code.upper()}1",
                    schedule=f"{code}-boeing-717",
                    schedule_display_name="Boeing 717",
                    records=700,
                    days_active=28,
                    quantities={"air_minutes": str((100 + hours) * 60)},
                )
            ],
        )


def _line(
    code: str, charge: str, kind: rating_pb2.LineKind, amount: Decimal, service: BillingPeriod, hours: int | None
) -> rating_pb2.RatedLine:
    line = rating_pb2.RatedLine(
        id=f"{code}-boeing-717/{charge}",
        schedule=f"{code}-boeing-717",
        schedule_display_name="Boeing 717",
        charge=charge,
        label="Flight hours" if hours is not None else "Base charge",
        kind=kind,
        service_period=period_to_proto(service),
        rate_text="$310.00 per hour above" if hours is not None else "$1,000.50 per month",
        amount=money_to_proto(Money(amount, "USD")),
        charge_text="$310.00 for every flight hour above the baseline" if hours is not None else "In advance",
    )
    if hours is not None:
        line.units = "flight hours"
        line.baseline_quantity.value = "100"
        line.used_quantity.value = str(100 + hours)
        line.adjustment_quantity.value = str(hours)
        line.steps.add(stage="unit", text=f"{hours} flight hours at $310.00").amount.value = str(amount)
    return line


class Scripted(ContractsServiceServicer, IngestServiceServicer, RatingServiceServicer, OffersServiceServicer):
    """All four services before invoicing, answering out of a world."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def ListCustomers(
        self, request: contracts_pb2.ListCustomersRequest, context: Any
    ) -> contracts_pb2.ListCustomersResponse:
        customers = [
            contracts_pb2.Customer(
                name=f"customers/{code}",
                display_name=f"{code.upper()} Airways",
                usage_source=f"ops-{code}",
                contacts=[
                    contracts_pb2.Contact(display_name="Nigel", email=f"nigel@{code}.example", receives_invoices=True),
                    contracts_pb2.Contact(display_name="Ops", email=f"ops@{code}.example", receives_invoices=False),
                ],
            )
            for code in CODES
        ]
        return contracts_pb2.ListCustomersResponse(customers=customers)

    async def ListAgreements(
        self, request: contracts_pb2.ListAgreementsRequest, context: Any
    ) -> contracts_pb2.ListAgreementsResponse:
        agreements = [_agreement(code) for code in CODES if request.customer in ("", f"customers/{code}")]
        return contracts_pb2.ListAgreementsResponse(agreements=agreements)

    async def ListSources(self, request: ingest_pb2.ListSourcesRequest, context: Any) -> ingest_pb2.ListSourcesResponse:
        return ingest_pb2.ListSourcesResponse(sources=_heads(self._world.heads))

    async def SummarizeUsage(
        self, request: ingest_pb2.SummarizeUsageRequest, context: Any
    ) -> ingest_pb2.SummarizeUsageResponse:
        assert request.start_time.ToJsonString() == "2013-12-01T05:00:00Z"  # midnight in New York
        return ingest_pb2.SummarizeUsageResponse(
            accepted=700,
            waiting=2,
            rejected=1,
            estimated=40,
            rejected_by_reason={"NO_METER_VALUE": 1},
            waiting_identities=[
                ingest_pb2.WaitingIdentity(
                    asset_identity="N1", reason="UNKNOWN_ASSET", count=2, quantities={"air_minutes": "123"}
                )
            ],
        )

    async def ClosePeriod(self, request: ingest_pb2.ClosePeriodRequest, context: Any) -> ingest_pb2.ClosePeriodResponse:
        self._world.closed.append((request.source, request.zone))
        return ingest_pb2.ClosePeriodResponse(closed=True)

    async def GetWatermark(
        self, request: rating_pb2.GetWatermarkRequest, context: Any
    ) -> rating_pb2.GetWatermarkResponse:
        return rating_pb2.GetWatermarkResponse(folded=_heads(self._world.folded), core="scripted")

    async def RatePeriods(self, request: rating_pb2.RatePeriodsRequest, context: Any) -> rating_pb2.RatePeriodsResponse:
        for head in request.required_watermarks:
            assert self._world.folded[head.source] >= head.last_segment_number
        statements = [self._world.statement(request.customer, period_from_proto(p)) for p in request.periods]
        if not request.include_assets:
            for statement in statements:
                del statement.assets[:]
        return rating_pb2.RatePeriodsResponse(statements=statements)

    async def DecideTreatment(
        self, request: offers_pb2.DecideTreatmentRequest, context: Any
    ) -> offers_pb2.DecideTreatmentResponse:
        assert (request.records_received, request.records_waiting, request.records_rejected) == (703, 2, 1)
        assert request.records_estimated == 40
        code = request.customer.removeprefix("customers/")
        if code in self._world.stopped:
            refused = offers_pb2.Decision(
                name=f"decisions/{code}-2013-12", customer=request.customer, treatment=offers_pb2.TREATMENT_NONE
            )
            return offers_pb2.DecideTreatmentResponse(decision=refused)
        decision = offers_pb2.Decision(
            name=f"decisions/{code}-2013-12",
            customer=request.customer,
            treatment=offers_pb2.TREATMENT_PROGRAM,
            headline="Right-size your baseline",
            why_text="You used 61 % of what you pay for.",
            proof_text="It would have cost $100.00 less.",
            reason="margin of the lessor +$5.00",
            candidates=[offers_pb2.Candidate(subject="right-size", reason="margin +$5.00")],
            offer_token=f"offer-of-{code}",
            stop_token=f"stop-of-{code}",
        )
        return offers_pb2.DecideTreatmentResponse(decision=decision)


def _heads(heads: dict[str, int]) -> list[ingest_pb2.SourceHead]:
    return [ingest_pb2.SourceHead(source=source, last_segment_number=number) for source, number in heads.items()]


def _agreement(code: str) -> contracts_pb2.Agreement:
    december = BillingPeriod.month(2013, 12)
    charge = charge_pb2.Charge(
        id="flight-hours",
        label="Flight hours",
        measure=charge_pb2.Measure(aggregation=charge_pb2.AGGREGATION_SUM, meter="air_minutes"),
        quantify=charge_pb2.Quantify(
            divide_by=DecimalProto(value="60"),
            increment=DecimalProto(value="0.1"),
            unit="flight hour",
            units="flight hours",
        ),
    )
    return contracts_pb2.Agreement(
        name=f"agreements/ma-{code}-2013",
        customer=f"customers/{code}",
        display_name=f"Master lease agreement MA-{code.upper()}-2013",
        purchase_order="PO-1",
        payment_days=30,
        zone="America/New_York",
        currency="USD",
        start_date=date_to_proto(december.previous_month().start),
        end_date=date_to_proto(december.next_month().end),
        effective_date=date_to_proto(december.previous_month().start),
        revision=1,
        lessor=contracts_pb2.Lessor(
            display_name="Skyline Equipment Finance",
            remit_to_lines=["First Meridian Bank"],
            contact=contracts_pb2.Contact(display_name="Dana", email="billing@skyline.example", role="billing desk"),
        ),
        schedules=[contracts_pb2.Schedule(id=f"{code}-boeing-717", display_name="Boeing 717", charges=[charge])],
        usage_noun="flights from New York",
        asset_noun="aircraft",
    )


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    # Not in pytest's own directory: that is closed to the unprivileged user PostgreSQL runs as.
    with TemporaryDirectory(prefix="dutycycle-pg-", ignore_cleanup_errors=True) as directory:
        Path(directory).chmod(0o755)
        server = Postgres(Path(directory))
        server.start()
        yield server
        server.stop()


@pytest.fixture
def nats(tmp_path: Path) -> Iterator[Nats]:
    """A broker of its own for every test: a durable consumer would hear what another test said."""
    server = Nats(tmp_path, free_port(), free_port(), "secret")
    server.start()
    yield server
    server.stop()


@pytest.fixture
async def database_url(postgres: Postgres) -> AsyncIterator[str]:
    """A database of its own for every test: issued invoices cannot be removed."""
    name = f"test_{free_port()}"
    owner = await asyncpg.connect(postgres.url)
    await owner.execute(f"create database {name}")
    yield postgres.url.replace("/dutycycle?", f"/{name}?")
    await owner.execute(f"drop database {name} with (force)")
    await owner.close()


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
async def neighbours(world: World) -> AsyncIterator[str]:
    """The address at which all four scripted services answer."""
    server, scripted = grpc.aio.server(), Scripted(world)
    add_ContractsServiceServicer_to_server(scripted, server)
    add_IngestServiceServicer_to_server(scripted, server)
    add_RatingServiceServicer_to_server(scripted, server)
    add_OffersServiceServicer_to_server(scripted, server)
    port = server.add_insecure_port("127.0.0.1:0")
    await server.start()
    yield f"127.0.0.1:{port}"
    await server.stop(None)


@pytest.fixture
def settings(neighbours: str, database_url: str, nats: Nats) -> Settings:
    return Settings(
        database_url=database_url,
        nats_url=nats.url,
        tenant_tokens=TOKENS,
        migrate_on_start=True,
        drain_seconds=0,
        contracts_target=neighbours,
        ingest_target=neighbours,
        rating_target=neighbours,
        offers_target=neighbours,
        listen=f"127.0.0.1:{free_port()}",
        usage_timeout_seconds=20,
        render_processes=1,
        portal_url="https://portal.example",
    )


@asynccontextmanager
async def run_process(process: Process) -> AsyncIterator[None]:
    """Run a service inside the test until the block ends."""
    until = asyncio.Event()
    task = asyncio.create_task(process.serve(until))
    try:
        yield
    finally:
        until.set()
        await task


@asynccontextmanager
async def invoicing_stub(settings: Settings) -> AsyncIterator[InvoicingServiceStub]:
    """Run invoicing and speak to it for the tenant until the block ends."""
    async with run_process(build(settings)), connect(settings.listen, TOKENS) as channel:
        await asyncio.wait_for(channel.channel_ready(), 30)
        with tenancy.bound(TENANT):
            yield InvoicingServiceStub(channel)


@pytest.fixture
def invoicing() -> Callable[[Settings], AbstractAsyncContextManager[InvoicingServiceStub]]:
    return invoicing_stub


@pytest.fixture
def served() -> Callable[[Process], AbstractAsyncContextManager[None]]:
    return run_process
