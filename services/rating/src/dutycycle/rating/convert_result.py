"""What the streams and previews of rating answer, as messages; and the requests for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

from google.protobuf.duration_pb2 import Duration
from google.type.money_pb2 import Money as MoneyProto

from dutycycle.api.contracts.v1 import charge_pb2
from dutycycle.api.ingest.v1 import ingest_pb2
from dutycycle.api.rating.v1 import rating_pb2
from dutycycle.charge.charge import Charge, charge_text, rate_text
from dutycycle.charge.convert import charge_from_proto
from dutycycle.charge.schedule import schedule_violations
from dutycycle.kit.errors import FieldViolation, InvalidInputError
from dutycycle.kit.fraction import round_fraction
from dutycycle.kit.money import Money, total
from dutycycle.kit.period import BillingPeriod
from dutycycle.kit.quantity import Rounding
from dutycycle.rating.accrual import Accruals
from dutycycle.rating.alternative import Alternative, CostColumn, Replacement, Simulation, amount_at
from dutycycle.rating.contract import Registry
from dutycycle.rating.convert import measured_to_proto, money_of, month_from_proto, statement_to_proto
from dutycycle.rating.convert_usage import CHARGES_A_CALL, charges_from_proto
from dutycycle.rating.portfolio import CurrencyTotal
from dutycycle.rating.preview import Sample, samples
from dutycycle.rating.simulation import BARS, PERCENTILES, Distribution
from dutycycle.rating.statement import Statement
from dutycycle.runtime.wire import (
    decimal_from_proto,
    decimal_to_proto,
    invalid,
    money_to_proto,
    period_to_proto,
    timestamp_to_proto,
)

UNIT_PLACES = 6
"""Digits after the point of a mean, and of what a unit comes to at a sample quantity."""
SAMPLES_A_CALL = 1_000
ALTERNATIVES_A_CALL = 50
MOST_BARS = 100
PERCENTILES_TOLD = (5, 25, 50, 75, 95)
_INTERVAL_SECONDS = 1.0
_LEAST_INTERVAL, _MOST_INTERVAL = timedelta(milliseconds=100), timedelta(hours=1)


def months_from_proto(
    messages: Sequence[rating_pb2.BillingPeriod], most: int, field: str = "periods"
) -> list[BillingPeriod]:
    """Read months, each once, in the order asked. Raises InvalidInputError."""
    if not 1 <= len(messages) <= most:
        raise invalid(field, f"give 1 to {most}")
    return list(dict.fromkeys(month_from_proto(each, f"{field}[{index}]") for index, each in enumerate(messages)))


def required_from_proto(messages: Iterable[ingest_pb2.SourceHead]) -> dict[str, int]:
    return {head.source: head.last_segment_number for head in messages}


# Previews.


def preview_to_proto(
    request: rating_pb2.PreviewChargeRequest, period: BillingPeriod
) -> rating_pb2.PreviewChargeResponse:
    """Look at charges, one by one and beside one another."""
    if not 1 <= len(request.charges) <= CHARGES_A_CALL:
        raise invalid("charges", f"give 1 to {CHARGES_A_CALL}")
    if len(request.quantities) > SAMPLES_A_CALL:
        raise invalid("quantities", f"are {len(request.quantities):,}; at most {SAMPLES_A_CALL:,}")
    asked = [decimal_from_proto(each, f"quantities[{index}]") for index, each in enumerate(request.quantities)]
    read = [_charge_or_violations(each, f"charges[{index}]") for index, each in enumerate(request.charges)]
    valid = [charge for charge, _ in read if charge is not None]
    beside = schedule_violations(valid) if len(valid) == len(read) else ()
    return rating_pb2.PreviewChargeResponse(
        previews=[
            _preview(message.id, charge, violations, request.currency, period, asked)
            for message, (charge, violations) in zip(request.charges, read, strict=True)
        ],
        violations=_violations_to_proto(beside),
    )


def _charge_or_violations(message: charge_pb2.Charge, field: str) -> tuple[Charge | None, Sequence[FieldViolation]]:
    try:
        return charge_from_proto(message, field), ()
    except InvalidInputError as error:
        return None, error.violations


def _violations_to_proto(violations: Iterable[FieldViolation]) -> list[rating_pb2.Violation]:
    return [rating_pb2.Violation(field=each.field, description=each.description) for each in violations]


def _preview(
    name: str,
    charge: Charge | None,
    violations: Sequence[FieldViolation],
    currency: str,
    period: BillingPeriod,
    asked: Sequence[Decimal],
) -> rating_pb2.ChargePreview:
    if charge is None:
        return rating_pb2.ChargePreview(charge=name, violations=_violations_to_proto(violations))
    measured = charge.measure is not None
    return rating_pb2.ChargePreview(
        charge=name,
        charge_text=charge_text(charge, currency),
        rate_text=rate_text(charge, currency),
        units=charge.words(currency).units if measured else "",
        samples=[_sample(each) for each in samples(charge, currency, period, asked)],
    )


def _sample(sample: Sample) -> rating_pb2.SampleCost:
    message = rating_pb2.SampleCost(quantity=decimal_to_proto(sample.billed), problem=sample.problem)
    if sample.line is None:
        return message
    try:
        money = money_of(sample.line)
    except InvalidInputError as error:
        message.problem = error.message
        return message
    message.amount.CopyFrom(money_to_proto(money))
    if sample.billed:
        each = Fraction(money.amount) / Fraction(sample.billed)
        message.unit_amount.CopyFrom(decimal_to_proto(round_fraction(each, UNIT_PLACES, Rounding.HALF_UP)))
    return message


# Statements of streams.


def statements_to_proto(
    statements: Iterable[Statement], registry: Registry, *, with_assets: bool
) -> list[rating_pb2.Statement]:
    return [statement_to_proto(each, registry, with_assets=with_assets) for each in statements]


def total_to_proto(figures: CurrencyTotal) -> rating_pb2.PortfolioTotal:
    return rating_pb2.PortfolioTotal(
        total=money_to_proto(figures.total),
        period_cost=money_to_proto(figures.period_cost),
        customers=figures.customers,
        statements=figures.statements,
        usage_records=figures.usage_records,
    )


# Simulations.


def alternatives_from_proto(messages: Sequence[rating_pb2.AlternativeCharges]) -> list[Alternative]:
    """Read alternatives. Raises InvalidInputError naming the wrong fields."""
    if not 1 <= len(messages) <= ALTERNATIVES_A_CALL:
        raise invalid("alternatives", f"give 1 to {ALTERNATIVES_A_CALL}")
    found: list[Alternative] = []
    for index, message in enumerate(messages):
        field = f"alternatives[{index}]"
        if not message.name or any(message.name == other.name for other in found):
            raise invalid(f"{field}.name", f"is {message.name!r}; give each alternative a name of its own")
        if bool(message.charges) == bool(message.replacements):
            raise invalid(f"{field}.charges", "give either charges or replacements")
        charges = charges_from_proto(message.charges, f"{field}.charges")
        wrong = list(schedule_violations(charges))
        if wrong:
            raise invalid(f"{field}.{wrong[0].field}", wrong[0].description)
        replacements = tuple(
            _replacement(each, f"{field}.replacements[{place}]") for place, each in enumerate(message.replacements)
        )
        found.append(Alternative(message.name, charges, replacements))
    return found


def _replacement(message: rating_pb2.ChargeReplacement, field: str) -> Replacement:
    if not message.charge_id:
        raise invalid(f"{field}.charge_id", "is empty; name the charge that is replaced")
    charge = charge_from_proto(message.charge, f"{field}.charge") if message.HasField("charge") else None
    return Replacement(message.charge_id, charge, message.schedule)


def bars_from_proto(bars: int) -> int:
    """Read the number of bars. Raises InvalidInputError."""
    if not 0 <= bars <= MOST_BARS:
        raise invalid("histogram_bars", f"is {bars}; 0 to {MOST_BARS}")
    return bars or BARS


def simulation_to_proto(
    simulation: Simulation, bars: int, *, with_customers: bool
) -> rating_pb2.SimulateChargesResponse:
    """Write the results, currency by currency."""
    message = rating_pb2.SimulateChargesResponse()
    for currency in sorted(simulation.present):
        present = simulation.present[currency].distribution(bars)
        message.present.append(_distribution(present, currency))
        for alternative in simulation.alternatives:
            column = simulation.tried.get((alternative.name, currency))
            if column is not None:
                message.alternatives.append(_alternative(alternative.name, column, present, bars))
        if with_customers:
            message.customers.extend(_customers(simulation, currency))
    order = {alternative.name: place for place, alternative in enumerate(simulation.alternatives)}
    message.alternatives.sort(key=lambda each: order[each.alternative])
    return message


def _alternative(name: str, column: CostColumn, present: Distribution, bars: int) -> rating_pb2.AlternativeCost:
    tried, currency = column.distribution(bars), column.currency
    before, after = (amount_at(each.total, each.scale) for each in (present, tried))
    return rating_pb2.AlternativeCost(
        alternative=name,
        distribution=_distribution(tried, currency),
        difference=money_to_proto(Money(after, currency) - Money(before, currency)),
    )


def _distribution(found: Distribution, currency: str) -> rating_pb2.CostDistribution:
    def money(units: int) -> MoneyProto:
        return money_to_proto(Money(amount_at(units, found.scale), currency))

    mean = round_fraction(found.mean / 10**found.scale, UNIT_PLACES, Rounding.HALF_UP)
    ranked = dict(zip(PERCENTILES, found.percentiles, strict=True))
    return rating_pb2.CostDistribution(
        count=found.count,
        total=money(found.total),
        mean=money_to_proto(Money(mean, currency)),
        min=money(found.least),
        max=money(found.most),
        percentiles=[
            rating_pb2.CostPercentile(percent=percent, amount=money(ranked[percent])) for percent in PERCENTILES_TOLD
        ],
        histogram=[_bar(money(bar.least), money(bar.end), bar.count) for bar in found.bars],
    )


def _bar(start: MoneyProto, end: MoneyProto, count: int) -> rating_pb2.HistogramBar:
    message = rating_pb2.HistogramBar(to=end, count=count)
    getattr(message, "from").CopyFrom(start)  # a word of Python
    return message


def _customers(simulation: Simulation, currency: str) -> list[rating_pb2.CustomerCost]:
    present = simulation.present[currency].by_customer()
    tried = [
        column.by_customer() if (column := simulation.tried.get((each.name, currency))) is not None else {}
        for each in simulation.alternatives
    ]

    def money(costs: Mapping[str, Decimal], customer: str) -> MoneyProto:
        return money_to_proto(total([Money(costs.get(customer, Decimal(0)), currency)], currency))

    return [
        rating_pb2.CustomerCost(
            customer=customer,
            present=money(present, customer),
            alternatives=[money(costs, customer) for costs in tried],
        )
        for customer in sorted(present)
    ]


# Accruals.


def interval_from_proto(message: Duration | None) -> float:
    """Read the least time between two messages, in seconds. Raises InvalidInputError."""
    if message is None:
        return _INTERVAL_SECONDS
    interval = message.ToTimedelta()
    if not _LEAST_INTERVAL <= interval <= _MOST_INTERVAL:
        raise invalid("interval", f"is {interval.total_seconds():g} s; 0.1 s to 3,600 s")
    return interval.total_seconds()


def accruals_to_proto(customer: str, found: Accruals) -> rating_pb2.WatchAccrualsResponse:
    message = rating_pb2.WatchAccrualsResponse(
        customer=customer,
        period=period_to_proto(found.period),
        as_of=timestamp_to_proto(found.as_of),
        accruals=[
            rating_pb2.Accrual(
                agreement=statement.agreement.name,
                use=measured_to_proto(line),
                label=line.rated.label,
                amount=money_to_proto(money_of(line.rated)),
                rate_text=line.rated.rate_text,
            )
            for statement, line in found.lines
        ],
        totals=[money_to_proto(each) for each in found.totals()],
        usage_records=sum(usage.records for statement in found.statements for usage in statement.usage),
    )
    if found.folded:
        message.watermark.source = found.source
        message.watermark.last_segment_number = found.folded
    return message
