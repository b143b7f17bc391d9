"""Contracts, ingest and rating as processes on real PostgreSQL and NATS, and a small fleet of two tenants."""

from __future__ import annotations

import asyncio
import itertools
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from google.type.decimal_pb2 import Decimal as DecimalProto

from dutycycle.api.contracts.v1 import charge_pb2, contracts_pb2
from dutycycle.api.ingest.v1 import ingest_pb2
from dutycycle.api.rating.v1 import rating_pb2
from dutycycle.cli.client import Client, ClientSettings, connected
from dutycycle.cli.stack import Stack
from dutycycle.kit.ids import request_id
from dutycycle.kit.period import BillingPeriod
from dutycycle.runtime.wire import date_to_proto, period_to_proto

SERVICES = ("contracts", "ingest", "rating")
TENANTS = {"skyline": "token-of-skyline", "harbour": "token-of-harbour"}
_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def stack() -> Iterator[Stack]:
    # PostgreSQL's own user must reach its files.
    directory = Path(tempfile.mkdtemp(prefix="dutycycle-rating-", dir="/var/tmp"))
    directory.chmod(0o755)
    try:
        with Stack(directory, TENANTS, SERVICES) as running:
            yield running
    finally:
        shutil.rmtree(directory, ignore_errors=True)


@asynccontextmanager
async def as_tenant(stack: Stack, tenant: str) -> AsyncIterator[Client]:
    """Connect as one of the tenants."""
    targets = {f"{name}_target": stack.target(name) for name in SERVICES}
    async with connected(
        ClientSettings.model_validate({"tenant_tokens": TENANTS, "tenant": tenant, **targets})
    ) as client:
        yield client


@pytest.fixture
async def client(stack: Stack) -> AsyncIterator[Client]:
    async with as_tenant(stack, "skyline") as connection:
        yield connection


def decimal(text: str) -> DecimalProto:
    return DecimalProto(value=text)


def hours_charge(unit_amount: str = "310.00") -> charge_pb2.Charge:
    """Flight hours above ten a month."""
    return charge_pb2.Charge(
        id="flight-hours",
        label="Flight hours",
        measure=charge_pb2.Measure(aggregation=charge_pb2.AGGREGATION_SUM, meter="air_minutes"),
        quantify=charge_pb2.Quantify(
            divide_by=decimal("60"), increment=decimal("0.1"), unit="flight hour", units="flight hours"
        ),
        baseline=charge_pb2.Baseline(quantity=decimal("10"), basis="January"),
        price=charge_pb2.Price(
            on=charge_pb2.PRICE_ON_ABOVE, per_unit=charge_pb2.PerUnit(unit_amount=decimal(unit_amount))
        ),
    )


def aircraft_charge() -> charge_pb2.Charge:
    """Two aircraft agreed; more are charged, fewer credited."""
    return charge_pb2.Charge(
        id="aircraft",
        label="Aircraft in service",
        measure=charge_pb2.Measure(aggregation=charge_pb2.AGGREGATION_ASSETS_ACTIVE),
        quantify=charge_pb2.Quantify(unit="aircraft", units="aircraft"),
        baseline=charge_pb2.Baseline(quantity=decimal("2")),
        price=charge_pb2.Price(
            on=charge_pb2.PRICE_ON_DIFFERENCE,
            per_unit=charge_pb2.PerUnit(unit_amount=decimal("1200"), credit_unit_amount=decimal("900")),
        ),
    )


def base_charge(amount: str = "5000.00") -> charge_pb2.Charge:
    """A base charge, a month ahead."""
    return charge_pb2.Charge(
        id="base",
        label="Base charge",
        price=charge_pb2.Price(flat=charge_pb2.Flat(amount=decimal(amount))),
        cadence=charge_pb2.CADENCE_IN_ADVANCE,
    )


def commitment_charge() -> charge_pb2.Charge:
    """Eight thousand a month, drawn down by base and hours."""
    return charge_pb2.Charge(
        id="commitment",
        label="Commitment",
        price=charge_pb2.Price(
            commitment=charge_pb2.Commitment(amount=decimal("8000"), covers=["base", "flight-hours"])
        ),
    )


@dataclass(frozen=True, slots=True)
class Lease:
    """A customer of its own with one schedule, so that tests do not see each other's usage."""

    client: Client
    code: str

    @property
    def customer(self) -> str:
        return f"customers/{self.code}"

    @property
    def source(self) -> str:
        return f"ops-{self.code}"

    @property
    def schedule(self) -> str:
        return f"{self.code}-717"

    async def agree(self, *charges: charge_pb2.Charge, effective: date = date(2013, 1, 1)) -> None:
        """Apply the customer and a revision of its agreement."""
        customer = contracts_pb2.Customer(name=self.customer, display_name=self.code, usage_source=self.source)
        await self.client.contracts.ApplyCustomer(
            contracts_pb2.ApplyCustomerRequest(customer=customer, request_id=request_id())
        )
        await self.client.contracts.ApplyAgreement(
            contracts_pb2.ApplyAgreementRequest(
                agreement=self.terms(*charges, effective=effective), request_id=request_id()
            )
        )

    def terms(self, *charges: charge_pb2.Charge, effective: date = date(2013, 1, 1)) -> contracts_pb2.Agreement:
        """Write an agreement of 2013 in New York."""
        return contracts_pb2.Agreement(
            name=f"agreements/ma-{self.code}",
            customer=self.customer,
            display_name="Master lease agreement",
            zone="America/New_York",
            currency="USD",
            payment_days=30,
            start_date=date_to_proto(date(2013, 1, 1)),
            end_date=date_to_proto(date(2014, 1, 1)),
            effective_date=date_to_proto(effective),
            schedules=[contracts_pb2.Schedule(id=self.schedule, display_name="Boeing 717", charges=charges)],
        )

    async def register(self, *tails: str, moves: Mapping[date, str] | None = None) -> None:
        """Put aircraft on the schedule from the first day; and from further days on for other cost centres."""
        placements = [
            contracts_pb2.Placement(schedule=self.schedule, start_date=date_to_proto(start), cost_centre=cost_centre)
            for start, cost_centre in {date(2013, 1, 1): "", **(moves or {})}.items()
        ]
        assets = [
            contracts_pb2.Asset(
                name=f"assets/{self.code}-{tail}", display_name=tail.upper(), aliases=[f"{self.code}-{tail}"],
                placements=placements,
            )
            for tail in tails
        ]  # fmt: skip
        request = contracts_pb2.RegisterAssetsRequest(assets=assets, request_id=request_id())
        answer = await self.client.contracts.RegisterAssets(request)
        assert not any(each.reason for each in answer.answers), answer

    async def fly(self, *flights: tuple[str, str, int]) -> ingest_pb2.UsageReceipt:
        """Record flights: tail, departure in UTC, minutes in the air."""
        response = await self.client.ingest.RecordUsage(ingest_pb2.RecordUsageRequest(batch=self.batch(flights)))
        return response.receipt

    def batch(self, flights: Sequence[tuple[str, str, int]]) -> ingest_pb2.UsageBatch:
        at = [datetime.fromisoformat(departed).replace(tzinfo=UTC) for _, departed, _ in flights]
        return ingest_pb2.UsageBatch(
            source=self.source,
            event_ids=[f"{tail}-{departed}" for tail, departed, _ in flights],
            occurred_at_us=[int(instant.timestamp()) * 10**6 for instant in at],
            asset_identities=[f"{self.code}-{tail}" for tail, _, _ in flights],
            meters=[
                ingest_pb2.MeterColumn(meter="air_minutes", values=[minutes for *_, minutes in flights]),
                ingest_pb2.MeterColumn(meter="cycles", values=[1] * len(flights)),
            ],
        )

    async def head(self) -> ingest_pb2.SourceHead:
        """Return how far the source is at ingest."""
        response = await self.client.ingest.ListSources(ingest_pb2.ListSourcesRequest())
        return next(head for head in response.sources if head.source == self.source)

    async def folded(self) -> ingest_pb2.SourceHead:
        """Wait until rating has folded the source as far as ingest is."""
        now = await self.head()
        head = ingest_pb2.SourceHead(source=now.source, last_segment_number=now.last_segment_number)
        async with asyncio.timeout(30):
            while True:
                answer = await self.client.rating.GetWatermark(rating_pb2.GetWatermarkRequest())
                if head in answer.folded:
                    return head
                await asyncio.sleep(0.05)

    async def rate(self, *months: int, **options: object) -> list[rating_pb2.Statement]:
        """Rate months of 2013 once everything is folded."""
        request = rating_pb2.RatePeriodsRequest(
            customer=self.customer,
            periods=[period_to_proto(BillingPeriod.month(2013, month)) for month in months],
            required_watermarks=[await self.folded()] if options.pop("wait", True) else [],
        )
        for name, value in options.items():
            if isinstance(value, bool):
                setattr(request, name, value)
            else:
                getattr(request, name).CopyFrom(value)
        response = await self.client.rating.RatePeriods(request)
        return list(response.statements)


@pytest.fixture
def lease(client: Client) -> Lease:
    return Lease(client, f"c{next(_numbers)}")


def amounts(statement: rating_pb2.Statement) -> dict[str, str]:
    """Return the amount of each line by its id within the schedule."""
    return {line.id.partition("/")[2]: dollars(line.amount.units, line.amount.nanos) for line in statement.lines}


def dollars(units: int, nanos: int) -> str:
    cents = units * 100 + nanos // 10**7
    return f"{cents / 100:.2f}"
