"""A small lease for tests: one customer, one schedule, a few assets, and usage of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from google.type.date_pb2 import Date

from dutycycle.api.contracts.v1 import charge_pb2, contracts_pb2
from dutycycle.api.ingest.v1 import ingest_pb2
from dutycycle.cli.client import Client
from dutycycle.cli.document import message_from_document
from dutycycle.kit.ids import request_id


def customer(code: str) -> contracts_pb2.Customer:
    return contracts_pb2.Customer(
        name=f"customers/{code}",
        display_name=f"Carrier {code.upper()}",
        usage_source=f"ops-{code}",
        contacts=[contracts_pb2.Contact(display_name="A. Clerk", email=f"{code}@example.com", receives_invoices=True)],
    )


def charges(rate: str = "10.00") -> list[charge_pb2.Charge]:
    """A base charge in advance, and hours above five at a rate."""
    base = {"id": "base", "label": "Base", "price": {"flat": {"amount": "100.00"}}, "cadence": "in_advance"}
    hours = {
        "id": "hours",
        "label": "Hours",
        "measure": {"aggregation": "sum", "meter": "minutes"},
        "quantify": {"divide_by": "60", "increment": "0.1", "unit": "hour", "units": "hours"},
        "baseline": {"quantity": "5"},
        "price": {"on": "above", "per_unit": {"unit_amount": rate}},
        "cadence": "in_arrears",
    }
    return [message_from_document(charge_pb2.Charge, document, "charge") for document in (base, hours)]


def agreement(code: str, rate: str = "10.00") -> contracts_pb2.Agreement:
    return contracts_pb2.Agreement(
        name=f"agreements/ma-{code}",
        customer=f"customers/{code}",
        display_name=f"Master agreement {code.upper()}",
        payment_days=30,
        zone="America/New_York",
        currency="USD",
        start_date=Date(year=2024, month=1, day=1),
        end_date=Date(year=2025, month=1, day=1),
        lessor=contracts_pb2.Lessor(
            display_name="Lessor",
            remit_to_lines=["Bank 1"],
            contact=contracts_pb2.Contact(display_name="B. Helper", email="help@lessor.example"),
        ),
        schedules=[
            contracts_pb2.Schedule(id=f"{code}-fleet", display_name="Fleet", charges=charges(rate)),
        ],
        usage_noun="flights",
        asset_noun="aircraft",
    )


def asset(code: str, number: int) -> contracts_pb2.Asset:
    return contracts_pb2.Asset(
        name=f"assets/{code}-{number}",
        aliases=[f"{code.upper()}{number}"],
        placements=[contracts_pb2.Placement(schedule=f"{code}-fleet", start_date=Date(year=2024, month=1, day=1))],
    )


async def set_up(client: Client, code: str, assets: int = 3) -> None:
    """Apply customer and agreement, and register assets <CODE>1 to <CODE>n."""
    await client.contracts.ApplyCustomer(contracts_pb2.ApplyCustomerRequest(customer=customer(code)))
    await client.contracts.ApplyAgreement(contracts_pb2.ApplyAgreementRequest(agreement=agreement(code)))
    await register(client, [asset(code, number) for number in range(1, assets + 1)])


async def register(client: Client, assets: Sequence[contracts_pb2.Asset]) -> list[contracts_pb2.AssetAnswer]:
    request = contracts_pb2.RegisterAssetsRequest(assets=assets, request_id=request_id())
    return list((await client.contracts.RegisterAssets(request)).answers)


def microseconds(day: int, hour: int = 12, month: int = 3) -> int:
    return int(datetime(2024, month, day, hour, tzinfo=UTC).timestamp()) * 1_000_000


def usage(
    code: str, rows: Sequence[tuple[str, str, int | None]], *, day: int = 5, month: int = 3
) -> ingest_pb2.UsageBatch:
    """Make a batch of (event id, identity, minutes); minutes None means that there is no value."""
    return ingest_pb2.UsageBatch(
        source=f"ops-{code}",
        event_ids=[row[0] for row in rows],
        occurred_at_us=[microseconds(day, month=month)] * len(rows),
        asset_identities=[row[1] for row in rows],
        meters=[
            ingest_pb2.MeterColumn(
                meter="minutes",
                values=[row[2] or 0 for row in rows],
                missing_rows=[i for i, row in enumerate(rows) if row[2] is None],
            )
        ],
    )


async def record(client: Client, batch: ingest_pb2.UsageBatch) -> ingest_pb2.UsageReceipt:
    return (await client.ingest.RecordUsage(ingest_pb2.RecordUsageRequest(batch=batch))).receipt


def outcomes(receipt: ingest_pb2.UsageReceipt) -> tuple[int, int, int, int]:
    """Return accepted, waiting, duplicate, rejected, having checked that they are all that was received."""
    counts = (receipt.accepted, receipt.waiting, receipt.duplicate, receipt.rejected)
    assert receipt.received == sum(counts)
    return counts
