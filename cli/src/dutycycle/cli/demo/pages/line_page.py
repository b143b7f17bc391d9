"""The page of one line: its arithmetic, what each asset contributed, and the usage records behind that."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dutycycle.api.contracts.v1 import charge_pb2, contracts_pb2
from dutycycle.api.ingest.v1 import ingest_pb2
from dutycycle.api.invoicing.v1 import invoicing_pb2
from dutycycle.api.rating.v1 import rating_pb2
from dutycycle.cli.demo.pages.template import render
from dutycycle.cli.demo.pages.treatment import invoice_id
from dutycycle.cli.demo.pages.wording import (
    NOTHING,
    count,
    days,
    exact_amount,
    local_time,
    meter_name,
    money,
    number,
    quantity,
)
from dutycycle.kit.money import Money
from dutycycle.runtime.wire import money_from_proto


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step of the arithmetic."""

    stage: str
    text: str
    amount: str


@dataclass(frozen=True, slots=True)
class RecordRow:
    """One usage record."""

    time: str
    flight: str
    origin: str
    destination: str
    figure: str


@dataclass(frozen=True, slots=True)
class AssetRow:
    """What one asset contributed, with its records as far as they were asked for."""

    title: str
    model: str
    records: int
    days: int
    figure: str
    flights: Sequence[RecordRow]
    is_whole: bool
    """Whether the records listed add up to the figure."""


@dataclass(frozen=True, slots=True)
class Check:
    """A sum that a reader can repeat, and whether it holds."""

    text: str
    holds: bool


def line_page(
    invoice: invoicing_pb2.Invoice, agreement: contracts_pb2.Agreement, explained: rating_pb2.ExplainLineResponse
) -> str:
    """Render the page of an explained line."""
    line = explained.line
    meter = _meter(agreement, line)
    assets = [_asset_row(asset, explained.records, meter, invoice.zone) for asset in _largest(explained.assets, meter)]
    return render(
        "line.html",
        "../",
        invoice=invoice,
        invoice_id=invoice_id(invoice),
        line=line,
        month=days(line.service_period),
        charge=money(line.amount),
        meter=meter_name(meter) if meter else "in service",
        steps=[_step_row(step, line.amount.currency_code) for step in line.steps],
        steps_check=_steps_check(line),
        assets=assets,
        records=count(sum(asset.records for asset in explained.assets), "record"),
        records_listed=len(explained.records),
        records_total=explained.records_total,
        sum=quantity(_sum(explained.assets, meter)),
        assets_check=_assets_check(line, explained.assets, meter, invoice.asset_noun),
    )


def _meter(agreement: contracts_pb2.Agreement, line: rating_pb2.RatedLine) -> str:
    """Return the meter that the charge of a line sums; empty where it counts assets."""
    for schedule in agreement.schedules:
        for charge in schedule.charges:
            if (schedule.id, charge.id) == (line.schedule, line.charge):
                sums = charge.measure.aggregation == charge_pb2.AGGREGATION_SUM
                return charge.measure.meter if sums else ""
    return ""


def _step_row(step: rating_pb2.Step, currency: str) -> StepRow:
    amount = exact_amount(number(step.amount), currency) if step.HasField("amount") else ""
    return StepRow(step.stage, step.text, amount)


def _steps_check(line: rating_pb2.RatedLine) -> Check:
    """Hold the sum of the steps against the amount of the line; they differ by its one rounding at most."""
    exact = sum((number(step.amount) for step in line.steps if step.HasField("amount")), Decimal(0))
    charge = money_from_proto(line.amount)
    is_same = Money(exact, charge.currency).rounded().amount == charge.amount
    total = exact_amount(exact, charge.currency)
    return Check(f"The steps add up to {total}, the line is charged {charge.text()}", is_same)


def _asset_row(
    asset: rating_pb2.AssetUsage, records: Iterable[ingest_pb2.UsageRecord], meter: str, zone: str
) -> AssetRow:
    own = [record for record in records if record.placement == asset.placement]
    listed = sum((Decimal(record.quantities.get(meter, "0")) for record in own), Decimal(0))
    return AssetRow(
        title=asset.display_name,
        model=" ".join(part for part in (asset.manufacturer, asset.model) if part) or NOTHING,
        records=asset.records,
        days=asset.days_active,
        figure=quantity(_contribution(asset, meter)),
        flights=[_record_row(record, meter, zone) for record in own],
        is_whole=len(own) == asset.records and (not meter or listed == _contribution(asset, meter)),
    )


def _record_row(record: ingest_pb2.UsageRecord, meter: str, zone: str) -> RecordRow:
    dimensions = record.dimensions
    return RecordRow(
        time=local_time(record.occurred_time, zone),
        flight=dimensions.get("flight", NOTHING),
        origin=dimensions.get("origin", NOTHING),
        destination=dimensions.get("dest", NOTHING),
        figure=quantity(Decimal(record.quantities.get(meter, "0"))) if meter else "",
    )


def _largest(assets: Iterable[rating_pb2.AssetUsage], meter: str) -> list[rating_pb2.AssetUsage]:
    return sorted(assets, key=lambda asset: (-_contribution(asset, meter), asset.display_name))


def _contribution(asset: rating_pb2.AssetUsage, meter: str) -> Decimal:
    """Return what an asset adds to the measure: its sum of the meter, or itself."""
    return Decimal(asset.quantities.get(meter, "0")) if meter else Decimal(1 if asset.records else 0)


def _sum(assets: Iterable[rating_pb2.AssetUsage], meter: str) -> Decimal:
    return sum((_contribution(asset, meter) for asset in assets), Decimal(0))


def _assets_check(
    line: rating_pb2.RatedLine, assets: Sequence[rating_pb2.AssetUsage], meter: str, noun: str
) -> Check | None:
    """Hold the sum over assets against the measure that the arithmetic starts with; None if it has none."""
    measured = [number(step.quantity) for step in line.steps if step.stage == "measure"]
    if not measured:
        return None
    total = _sum(assets, meter)
    text = f"{len(assets):,} {noun} add up to {quantity(total)}, the arithmetic starts with {quantity(measured[0])}"
    return Check(text, total == measured[0])
