"""Every customer of a lessor re-rated on every open program in one job, against asking for one month after the other.

The job is AssessPortfolio: offers asks rating for each customer's months on each program that is open to it, a few
customers at a time. The alternative is what an integrator would write with the same API: for each customer, program
and month one RatePeriods. Both rate with the billing core from the same stored usage; their costs must be equal.
"""

from __future__ import annotations

import asyncio
import random
import shutil
import tempfile
import time
from pathlib import Path
from typing import Any

from google.type.date_pb2 import Date

from dutycycle.api.contracts.v1 import charge_pb2, contracts_pb2
from dutycycle.api.ingest.v1 import ingest_pb2
from dutycycle.api.offers.v1 import offers_pb2
from dutycycle.api.rating.v1 import rating_pb2
from dutycycle.cli.client import Client, ClientSettings, connected
from dutycycle.cli.document import message_from_document
from dutycycle.cli.stack import Stack
from dutycycle.kit.period import BillingPeriod
from dutycycle.runtime.wire import period_to_proto

Row = dict[str, Any]
CUSTOMERS = 60
TENANT = "skyline"
MONTHS = [BillingPeriod.month(2024, month) for month in range(1, 13)]
_SEED = 7
_CHARGES = [
    {"id": "base", "label": "Base", "price": {"flat": {"amount": "9000.00"}}, "cadence": "in_advance"},
    {
        "id": "hours",
        "label": "Hours",
        "measure": {"aggregation": "sum", "meter": "minutes"},
        "quantify": {"divide_by": "60", "increment": "0.1", "unit": "hour", "units": "hours"},
        "baseline": {"quantity": "90"},
        "price": {"on": "above", "per_unit": {"unit_amount": "120.00"}},
        "cadence": "in_arrears",
    },
]
_PROGRAM = {
    "display_name": "A program of the bench",
    "usage_months": 6,
    "term_extension_months": 24,
    "margin_percent": "60",
    "legal_text": "Subject to approval.",
    "legal_version": "1",
}
CATALOGUE = {
    "programs": [
        {**_PROGRAM, "id": "right-size", "fit": "below_baseline", "base_rate_percent": "104"},
        {**_PROGRAM, "id": "higher-tier", "fit": "above_baseline", "base_rate_percent": "93"},
        {**_PROGRAM, "id": "carry", "kind": "carry", "fit": "any", "carry_periods": 2, "base_rate_percent": "103"},
        {**_PROGRAM, "id": "season", "kind": "seasonal", "fit": "any", "base_rate_percent": "104"},
        {**_PROGRAM, "id": "longer", "kind": "longer_term", "fit": "any", "base_rate_percent": "97"},
    ]
}


def run() -> list[Row]:
    """Measure both; one row."""
    directory = Path(tempfile.mkdtemp(prefix="dutycycle-bench-", dir="/var/tmp"))
    directory.chmod(0o755)
    try:
        with Stack(directory, services=("contracts", "ingest", "rating", "offers")) as stack:
            return asyncio.run(_measure(stack))
    finally:
        shutil.rmtree(directory, ignore_errors=True)


async def _measure(stack: Stack) -> list[Row]:
    targets = {f"{name}_target": stack.target(name) for name in stack.services}
    settings = ClientSettings.model_validate({"tenant": TENANT, "tenant_tokens": dict(stack.tenants), **targets})
    async with connected(settings) as client:
        await _fill(client)
        request = offers_pb2.AssessPortfolioRequest(period=period_to_proto(MONTHS[-1]))
        await client.offers.AssessPortfolio(request)  # everyone connects and loads what it needs
        started = time.perf_counter()
        found = await client.offers.AssessPortfolio(request, timeout=300)
        job = time.perf_counter() - started
        ratings = found.programs_rated * len(MONTHS)
        started = time.perf_counter()
        single = [await _one_by_one(client, each) for each in found.customers if each.HasField("best")]
        alone = time.perf_counter() - started
        equal = len(found.customers) == CUSTOMERS and all(single)
    # The alternative rates one program of each customer: the best one, whose terms the answer has.
    return [
        {
            "bench": "fit.ratings_per_s",
            "value": round(ratings / job),
            "unit": "months/s",
            "alternative": "one RatePeriods a month, in turn",
            "alternative_value": round(len(single) * len(MONTHS) / alone),
            "ratio": float(f"{(ratings / job) / (len(single) * len(MONTHS) / alone):.3g}"),
            "equal": equal,
        }
    ]


async def _one_by_one(client: Client, standing: offers_pb2.CustomerStanding) -> bool:
    """Rate the best program of a customer month by month; return whether it costs what the job says."""
    same = True
    for month in standing.best.months:
        response = await client.rating.RatePeriods(
            rating_pb2.RatePeriodsRequest(
                customer=standing.assessment.customer,
                periods=[month.period],
                alternative_terms=standing.best.terms,
            )
        )
        same = same and response.statements[0].period_cost == month.offered_cost
    return same


async def _fill(client: Client) -> None:
    """Lease to customers of all sorts, a year of usage each, and wait until rating has folded it."""
    catalogue = message_from_document(contracts_pb2.Catalogue, CATALOGUE, "catalogue")
    await client.contracts.ApplyCatalogue(contracts_pb2.ApplyCatalogueRequest(catalogue=catalogue))
    charges = [message_from_document(charge_pb2.Charge, each, "charge") for each in _CHARGES]
    draw = random.Random(_SEED)
    for number in range(CUSTOMERS):
        code = f"c{number:03}"
        await client.contracts.ApplyCustomer(
            contracts_pb2.ApplyCustomerRequest(
                customer=contracts_pb2.Customer(name=f"customers/{code}", display_name=code, usage_source=f"ops-{code}")
            )
        )
        await client.contracts.ApplyAgreement(
            contracts_pb2.ApplyAgreementRequest(
                agreement=contracts_pb2.Agreement(
                    name=f"agreements/{code}",
                    customer=f"customers/{code}",
                    payment_days=30,
                    zone="UTC",
                    currency="USD",
                    start_date=Date(year=2024, month=1, day=1),
                    end_date=Date(year=2026, month=1, day=1),
                    schedules=[contracts_pb2.Schedule(id=code, display_name=code, charges=charges)],
                )
            )
        )
        asset = contracts_pb2.Asset(
            name=f"assets/{code}",
            aliases=[code],
            placements=[contracts_pb2.Placement(schedule=code, start_date=Date(year=2024, month=1, day=1))],
        )
        await client.contracts.RegisterAssets(contracts_pb2.RegisterAssetsRequest(assets=[asset]))
        usual = draw.randint(1_800, 9_000)
        await client.ingest.RecordUsage(
            ingest_pb2.RecordUsageRequest(
                batch=ingest_pb2.UsageBatch(
                    source=f"ops-{code}",
                    event_ids=[f"{code}-{month.label}" for month in MONTHS],
                    occurred_at_us=[int(month.instants("UTC")[0].timestamp() + 864_000) * 10**6 for month in MONTHS],
                    asset_identities=[code] * len(MONTHS),
                    meters=[
                        ingest_pb2.MeterColumn(
                            meter="minutes", values=[usual + draw.randint(-900, 900) for _ in MONTHS]
                        )
                    ],
                )
            )
        )
    heads = await client.ingest.ListSources(ingest_pb2.ListSourcesRequest())
    wanted = {head.source: head.last_segment_number for head in heads.sources}
    while True:
        folded = await client.rating.GetWatermark(rating_pb2.GetWatermarkRequest())
        if {head.source: head.last_segment_number for head in folded.folded} == wanted:
            return
        await asyncio.sleep(0.1)
