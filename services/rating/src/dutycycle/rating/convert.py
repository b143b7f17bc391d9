"""API messages to and from the domain of rating."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from dutycycle.api.contracts.v1 import contracts_pb2
from dutycycle.api.ingest.v1 import ingest_pb2
from dutycycle.api.rating.v1 import rating_pb2
from dutycycle.charge.charge import LineKind
from dutycycle.charge.convert import charge_from_proto
from dutycycle.charge.errors import InvalidChargeError
from dutycycle.charge.step import Step
from dutycycle.kit.fraction import places, to_decimal
from dutycycle.kit.money import Money, minor_digits
from dutycycle.kit.period import BillingPeriod
from dutycycle.kit.quantity import plain, round_to_scale
from dutycycle.rating.allocation import Share
from dutycycle.rating.contract import Agreement, Asset, Placement, Registry, Schedule
from dutycycle.rating.errors import amount_too_large
from dutycycle.rating.line import RatedLine
from dutycycle.rating.period_reading import PlacedRecord
from dutycycle.rating.statement import Statement, StatementLine
from dutycycle.rating.usage import MeterColumn, PlacementUsage, Segment, Watermarks
from dutycycle.rating.usage_reading import UsageRecord
from dutycycle.runtime.wire import (
    date_from_proto,
    date_to_proto,
    decimal_to_proto,
    invalid,
    money_to_proto,
    period_to_proto,
    timestamp_from_proto,
)

MONEY_PLACES = 9
MONEY_LIMIT = Decimal(2**63 - 1)
"""Whole units of a Money are 64-bit."""

_KINDS = {
    LineKind.BASE: rating_pb2.LINE_KIND_BASE,
    LineKind.ASSETS: rating_pb2.LINE_KIND_ASSETS,
    LineKind.USAGE: rating_pb2.LINE_KIND_USAGE,
    LineKind.TOP_UP: rating_pb2.LINE_KIND_TOP_UP,
}


def agreement_from_proto(message: contracts_pb2.Agreement, field: str) -> Agreement:
    """Read a revision of an agreement. Raises InvalidInputError naming the wrong fields, below `field`."""
    start = date_from_proto(message.start_date, f"{field}.start_date")
    effective = message.HasField("effective_date")
    return Agreement(
        name=message.name,
        customer=message.customer,
        revision=message.revision,
        zone=message.zone,
        currency=message.currency,
        start_date=start,
        end_date=date_from_proto(message.end_date, f"{field}.end_date"),
        effective_date=date_from_proto(message.effective_date, f"{field}.effective_date") if effective else start,
        schedules=tuple(
            _schedule_from_proto(schedule, f"{field}.schedules[{index}]")
            for index, schedule in enumerate(message.schedules)
        ),
    )


def _schedule_from_proto(message: contracts_pb2.Schedule, field: str) -> Schedule:
    charges = tuple(
        charge_from_proto(charge, f"{field}.charges[{index}]") for index, charge in enumerate(message.charges)
    )
    try:
        return Schedule(message.id, message.display_name, charges)
    except InvalidChargeError as error:
        raise error.within(field) from None


def asset_from_proto(message: contracts_pb2.Asset) -> Asset:
    return Asset(message.name, message.display_name, message.manufacturer, message.model)


def placements_from_proto(message: contracts_pb2.Asset) -> list[Placement]:
    return [
        Placement(
            p.name, message.name, p.schedule, p.customer, p.zone, date_from_proto(p.start_date, "placement.start_date"),
            date_from_proto(p.end_date, "placement.end_date") if p.HasField("end_date") else None, p.cost_centre,
        )
        for p in message.placements
    ]  # fmt: skip


def placed_record_from_proto(message: ingest_pb2.UsageRecord) -> PlacedRecord:
    record = UsageRecord(
        timestamp_from_proto(message.occurred_time),
        message.asset_identity,
        {meter: Decimal(value) for meter, value in message.quantities.items()},
    )
    return PlacedRecord(message.placement, record)


def segment_from_proto(message: ingest_pb2.Segment) -> Segment:
    """Read the rows of a segment that have a placement."""
    place = _column(message.placement_rows)
    rows = np.flatnonzero(place)
    return Segment(
        message.number,
        list(message.placements),
        place[rows] - 1,
        _column(message.batch.occurred_at_us)[rows],
        {column.meter: _meter_from_proto(column, rows) for column in message.batch.meters},
    )


def _meter_from_proto(message: ingest_pb2.MeterColumn, rows: NDArray[np.int64]) -> MeterColumn:
    values = _column(message.values)
    values[np.fromiter(message.missing_rows, dtype=np.int64)] = 0
    return MeterColumn(message.scale, values[rows])


def _column(values: Iterable[int]) -> NDArray[np.int64]:
    return np.fromiter(values, dtype=np.int64)


def watermarks_to_proto(marks: Watermarks) -> list[ingest_pb2.SourceHead]:
    return [ingest_pb2.SourceHead(source=s, last_segment_number=n) for s, n in marks.by_source.items()]


def line_to_proto(line: RatedLine) -> rating_pb2.RatedLine:
    """Write a line that belongs to no statement."""
    message = rating_pb2.RatedLine(
        id=line.charge,
        charge=line.charge,
        label=line.label,
        kind=_KINDS[line.kind],
        units=line.units,
        rate_text=line.rate_text,
        charge_text=line.charge_text,
        amount=money_to_proto(money_of(line)),
        steps=[step_to_proto(step) for step in line.steps],
        parties=[_share_to_proto(share) for share in line.parties],
        allocations=[_share_to_proto(share) for share in line.allocations],
    )
    for name in ("baseline_quantity", "used_quantity", "adjustment_quantity", "billable_quantity", "unit_amount"):
        value: Decimal | None = getattr(line, name)
        if value is not None:
            getattr(message, name).CopyFrom(decimal_to_proto(value))
    return message


def _share_to_proto(share: Share) -> rating_pb2.Share:
    return rating_pb2.Share(key=share.key, amount=decimal_to_proto(share.amount))


def money_of(line: RatedLine) -> Money:
    """Return the amount as it is printed: at least to the minor unit, at most to what a Money holds.

    Raises InvalidInputError for an amount of a size that no Money holds.
    """
    if abs(line.amount) >= MONEY_LIMIT:
        raise amount_too_large(line.charge)
    digits = max(minor_digits(line.currency), min(MONEY_PLACES, places(line.amount)))
    return Money(round_to_scale(line.amount, digits), line.currency)


def step_to_proto(step: Step) -> rating_pb2.Step:
    message = rating_pb2.Step(stage=step.stage, text=step.text, tier=step.tier or 0, key=step.key)
    values: tuple[tuple[str, Decimal | Fraction | None], ...] = (
        ("quantity", step.quantity),
        ("unit_amount", step.unit_amount),
        ("amount", step.amount),
    )
    for name, value in values:
        if value is not None:
            exact = to_decimal(value) if isinstance(value, Fraction) else value
            getattr(message, name).CopyFrom(decimal_to_proto(exact))
    return message


def statement_line_to_proto(line: StatementLine) -> rating_pb2.RatedLine:
    message = line_to_proto(line.rated)
    message.id = line.id
    message.schedule = line.schedule.id
    message.schedule_display_name = line.schedule.display_name
    message.service_period.CopyFrom(period_to_proto(line.service_period))
    return message


def statement_to_proto(statement: Statement, registry: Registry, *, with_assets: bool) -> rating_pb2.Statement:
    titles = {schedule.id: schedule.display_name for schedule in statement.agreement.schedules}
    shown = [*statement.usage, *statement.idle(registry.placements.values())] if with_assets else []
    return rating_pb2.Statement(
        customer=statement.agreement.customer,
        agreement=statement.agreement.name,
        agreement_revision=statement.agreement.revision,
        period=period_to_proto(statement.period),
        lines=[statement_line_to_proto(line) for line in statement.lines],
        total=money_to_proto(statement.total),
        period_cost=money_to_proto(statement.period_cost),
        assets=[asset_usage_to_proto(each, registry, titles) for each in shown],
        usage_records=sum(each.records for each in statement.usage),
        measured=[measured_to_proto(line) for line in statement.lines if line.rated.used_quantity is not None],
    )


def measured_to_proto(line: StatementLine) -> rating_pb2.MeasuredUse:
    message = rating_pb2.MeasuredUse(
        schedule=line.schedule.id,
        schedule_display_name=line.schedule.display_name,
        charge=line.rated.charge,
        kind=_KINDS[line.rated.kind],
        units=line.rated.units,
    )
    if line.rated.baseline_quantity is not None:
        message.baseline_quantity.CopyFrom(decimal_to_proto(line.rated.baseline_quantity))
    if line.rated.used_quantity is not None:
        message.used_quantity.CopyFrom(decimal_to_proto(line.rated.used_quantity))
    return message


def asset_usage_to_proto(usage: PlacementUsage, registry: Registry, titles: Mapping[str, str]) -> rating_pb2.AssetUsage:
    placement = registry.placements[usage.placement]
    asset = registry.assets[placement.asset]
    return rating_pb2.AssetUsage(
        asset=asset.name,
        display_name=asset.display_name,
        schedule=placement.schedule,
        schedule_display_name=titles.get(placement.schedule, placement.schedule),
        placement=placement.name,
        records=usage.records,
        days_active=usage.days_active,
        quantities={code: plain(value) for code, value in usage.quantities.items()},
        manufacturer=asset.manufacturer,
        model=asset.model,
        last_active_date=date_to_proto(usage.last_active) if usage.last_active else None,
        cost_centre=placement.cost_centre,
    )


def month_from_proto(message: rating_pb2.BillingPeriod, field: str) -> BillingPeriod:
    """Read a period that is a calendar month. Raises InvalidInputError."""
    start = date_from_proto(message.start_date, f"{field}.start_date")
    end = date_from_proto(message.end_date, f"{field}.end_date")
    month = BillingPeriod.month(start.year, start.month)
    if (start, end) != (month.start, month.end):
        raise invalid(field, f"is {start} to {end}; billing periods are whole months, the end being exclusive")
    return month
