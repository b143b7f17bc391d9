"""API messages to and from the domain of offers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC
from decimal import Decimal

from google.type.decimal_pb2 import Decimal as DecimalProto

from dutycycle.api.contracts.v1 import charge_pb2, contracts_pb2
from dutycycle.api.offers.v1 import offers_pb2 as pb
from dutycycle.api.rating.v1 import rating_pb2
from dutycycle.kit.money import Money
from dutycycle.kit.quantity import EXACT, round_to_scale
from dutycycle.offers.assessment import Assessment, Segment
from dutycycle.offers.candidate import Candidate, ProductCandidate, ProgramCandidate
from dutycycle.offers.decision import Decision, Tone, Treatment
from dutycycle.offers.history import Month, Use, UseKind
from dutycycle.offers.product import Product, Trigger
from dutycycle.offers.program import Fit, Program
from dutycycle.offers.source import Catalogue
from dutycycle.offers.terms import Alternative, ChargeChange, ChargeKind, ChargeTerms, Terms
from dutycycle.runtime.wire import (
    date_from_proto,
    date_to_proto,
    decimal_from_proto,
    decimal_to_proto,
    money_from_proto,
    money_to_proto,
    period_from_proto,
    period_to_proto,
    timestamp_to_proto,
)

_PRICE_SCALE = 4
"""Digits of a price that a program has changed."""

_FITS = {
    contracts_pb2.PROGRAM_FIT_BELOW_BASELINE: Fit.BELOW_BASELINE,
    contracts_pb2.PROGRAM_FIT_ABOVE_BASELINE: Fit.ABOVE_BASELINE,
}
_TRIGGERS = {
    contracts_pb2.PRODUCT_TRIGGER_UNUSABLE_RECORDS: Trigger.UNUSABLE_RECORDS,
    contracts_pb2.PRODUCT_TRIGGER_IDLE_ASSETS: Trigger.IDLE_ASSETS,
}
_USE_KINDS = {rating_pb2.LINE_KIND_ASSETS: UseKind.ASSETS, rating_pb2.LINE_KIND_USAGE: UseKind.USAGE}
_SEGMENTS = {
    Segment.NEW: pb.SEGMENT_NEW,
    Segment.HEALTHY: pb.SEGMENT_HEALTHY,
    Segment.CHRONIC_UNDER: pb.SEGMENT_CHRONIC_UNDER,
    Segment.CHRONIC_OVER: pb.SEGMENT_CHRONIC_OVER,
    Segment.VARIABLE: pb.SEGMENT_VARIABLE,
}
_TREATMENTS = {
    Treatment.NONE: pb.TREATMENT_NONE,
    Treatment.PROGRAM: pb.TREATMENT_PROGRAM,
    Treatment.PRODUCT: pb.TREATMENT_PRODUCT,
    Treatment.BEST_PLAN: pb.TREATMENT_BEST_PLAN,
}
_TONES = {Tone.PLAIN: pb.TONE_PLAIN, Tone.CAREFUL: pb.TONE_CAREFUL}


def terms_from_proto(message: contracts_pb2.Agreement) -> Terms:
    return Terms(
        agreement=message.name,
        customer=message.customer,
        currency=message.currency,
        start_date=date_from_proto(message.start_date),
        end_date=date_from_proto(message.end_date),
        asset_noun=message.asset_noun or "assets",
        usage_noun=message.usage_noun or "usage",
        charges=tuple(_charges_from_proto(message)),
        body=message.SerializeToString(deterministic=True),
    )


def _charges_from_proto(message: contracts_pb2.Agreement) -> Iterator[ChargeTerms]:
    for schedule in message.schedules:
        for charge in schedule.charges:
            price, quantify = charge.price, charge.quantify
            yield ChargeTerms(
                schedule=schedule.id,
                charge=charge.id,
                kind=_charge_kind(charge),
                units=quantify.units,
                baseline=_decimal(charge.baseline.quantity) if charge.HasField("baseline") else None,
                step=_decimal(quantify.increment) if quantify.HasField("increment") else Decimal(1),
                priced_above=price.on in (charge_pb2.PRICE_ON_ABOVE, charge_pb2.PRICE_ON_DIFFERENCE),
                flat=_decimal(price.flat.amount) if price.HasField("flat") else None,
                minimum=_decimal(charge.bound.minimum) if charge.bound.HasField("minimum") else None,
                commitment=_decimal(price.commitment.amount) if price.HasField("commitment") else None,
            )


def _charge_kind(charge: charge_pb2.Charge) -> ChargeKind:
    if charge.price.HasField("commitment"):
        return ChargeKind.COMMITMENT
    if not charge.HasField("measure"):
        return ChargeKind.FLAT
    counts_assets = charge.measure.aggregation == charge_pb2.AGGREGATION_ASSETS_ACTIVE
    return ChargeKind.ASSETS if counts_assets else ChargeKind.USAGE


def alternative_to_proto(other: Alternative) -> contracts_pb2.Agreement:
    """Write the whole agreement with what the program changes in it."""
    message = contracts_pb2.Agreement.FromString(other.terms.body)
    message.end_date.CopyFrom(date_to_proto(other.terms.end_date))
    changes: Mapping[tuple[str, str], ChargeChange] = {(c.schedule, c.charge): c for c in other.changes}
    for schedule in message.schedules:
        for charge in schedule.charges:
            _change_charge(charge, changes[schedule.id, charge.id], other.basis)
    return message


def _change_charge(charge: charge_pb2.Charge, change: ChargeChange, basis: str) -> None:
    if change.baseline is not None:
        charge.baseline.quantity.CopyFrom(decimal_to_proto(change.baseline))
        charge.baseline.basis = basis
    if change.flat is not None:
        charge.price.flat.amount.CopyFrom(decimal_to_proto(change.flat))
    if change.minimum is not None:
        charge.bound.minimum.CopyFrom(decimal_to_proto(change.minimum))
    if change.commitment is not None:
        charge.price.commitment.amount.CopyFrom(decimal_to_proto(change.commitment))
    if change.price_percent != 100:
        for amount in _prices(charge.price):
            scaled = EXACT.multiply(_decimal(amount), change.price_percent) / 100
            amount.CopyFrom(decimal_to_proto(round_to_scale(scaled, _PRICE_SCALE)))


def _prices(price: charge_pb2.Price) -> Iterator[DecimalProto]:
    """Yield every amount of a usage price."""
    if price.HasField("per_unit"):
        yield price.per_unit.unit_amount
        if price.per_unit.HasField("credit_unit_amount"):
            yield price.per_unit.credit_unit_amount
    elif price.HasField("package"):
        yield price.package.amount
    else:
        tiered = price.graduated if price.HasField("graduated") else price.volume
        if tiered.HasField("base_amount"):
            yield tiered.base_amount
        for tier in tiered.tiers:
            for name in ("unit_amount", "flat_amount", "cap_amount"):
                if tier.HasField(name):
                    yield getattr(tier, name)


def catalogue_from_proto(message: contracts_pb2.Catalogue) -> Catalogue:
    return Catalogue(
        programs=tuple(_program_from_proto(program) for program in message.programs),
        products=tuple(
            Product(
                id=product.id,
                display_name=product.display_name,
                trigger=_TRIGGERS[product.trigger],
                threshold_percent=_decimal(product.threshold_percent),
                benefit=product.benefit,
            )
            for product in message.products
        ),
    )


def _program_from_proto(message: contracts_pb2.Program) -> Program:
    return Program(
        id=message.id,
        display_name=message.display_name,
        fit=_FITS[message.fit],
        baseline_percent_of_usage=_decimal(message.baseline_percent_of_usage),
        usage_months=message.usage_months,
        base_rate_percent=_decimal(message.base_rate_percent),
        overage_rate_percent=_decimal(message.overage_rate_percent),
        minimum_percent=_decimal(message.minimum_percent),
        term_extension_months=message.term_extension_months,
        margin_percent=_decimal(message.margin_percent),
        margin_floor=_decimal(message.margin_floor),
        minimum_saving_percent=_decimal(message.minimum_saving_percent),
        legal_text=message.legal_text,
    )


def month_from_proto(message: rating_pb2.Statement) -> Month:
    return Month(
        period=period_from_proto(message.period),
        cost=money_from_proto(message.period_cost),
        uses=tuple(_use_from_proto(use) for use in message.measured if use.kind in _USE_KINDS),
    )


def _use_from_proto(message: rating_pb2.MeasuredUse) -> Use:
    return Use(
        schedule=message.schedule,
        charge=message.charge,
        kind=_USE_KINDS[message.kind],
        units=message.units,
        baseline=_decimal(message.baseline_quantity) if message.HasField("baseline_quantity") else None,
        used=_decimal(message.used_quantity),
    )


def assessment_to_proto(assessed: Assessment) -> pb.Assessment:
    return pb.Assessment(
        customer=assessed.customer,
        period=period_to_proto(assessed.latest.period),
        segment=_SEGMENTS[assessed.segment],
        months=[_month_to_proto(month) for month in assessed.months],
        utilisation_3_percent=_optional_to_proto(assessed.utilisation_3_percent),
        utilisation_12_percent=_optional_to_proto(assessed.utilisation_12_percent),
        trend_percent_per_month=decimal_to_proto(assessed.trend_percent_per_month),
        months_below=assessed.months_below,
        months_above=assessed.months_above,
        shock_percent=decimal_to_proto(assessed.shock_percent),
        summary=assessed.summary,
    )


def _month_to_proto(month: Month) -> pb.MonthUse:
    return pb.MonthUse(
        period=period_to_proto(month.period),
        baseline_quantity=decimal_to_proto(month.baseline(UseKind.USAGE)),
        used_quantity=decimal_to_proto(month.used(UseKind.USAGE)),
        assets_baseline=decimal_to_proto(month.baseline(UseKind.ASSETS)),
        assets_active=decimal_to_proto(month.used(UseKind.ASSETS)),
        cost=money_to_proto(month.cost),
    )


def decision_to_proto(decision: Decision) -> pb.Decision:
    return pb.Decision(
        name=decision.name,
        customer=decision.customer,
        period=period_to_proto(decision.period),
        treatment=_TREATMENTS[decision.treatment],
        subject=decision.subject,
        headline=decision.texts.headline,
        why_text=decision.texts.why,
        proof_text=decision.texts.proof,
        trade_text=decision.texts.trade,
        legal_text=decision.texts.legal,
        reason=decision.reason,
        candidates=[_candidate_to_proto(candidate) for candidate in decision.candidates],
        assessment=assessment_to_proto(decision.assessment),
        create_time=timestamp_to_proto(decision.create_time.astimezone(UTC)),
        tone=_TONES[decision.tone],
        announcement=decision.announcement,
    )


def decision_to_bytes(decision: Decision) -> bytes:
    """Write a decision as it is stored."""
    return decision_to_proto(decision).SerializeToString(deterministic=True)


def _candidate_to_proto(candidate: Candidate) -> pb.Candidate:
    message = pb.Candidate(
        subject=candidate.subject,
        eligible=not candidate.obstacles,
        reason="; ".join(candidate.obstacles) or "may be offered",
        treatment=pb.TREATMENT_PRODUCT if isinstance(candidate, ProductCandidate) else pb.TREATMENT_PROGRAM,
    )
    if isinstance(candidate, ProgramCandidate):
        _fill_figures(message, candidate)
    return message


def _fill_figures(message: pb.Candidate, candidate: ProgramCandidate) -> None:
    comparison = candidate.comparison
    message.present_cost.CopyFrom(money_to_proto(comparison.present_cost))
    message.offered_cost.CopyFrom(money_to_proto(comparison.offered_cost))
    message.customer_saving.CopyFrom(money_to_proto(comparison.saving))
    message.lessor_margin.CopyFrom(money_to_proto(candidate.lessor_margin))
    message.terms.CopyFrom(alternative_to_proto(candidate.alternative))
    for month in comparison.months:
        message.months.add(
            period=period_to_proto(month.period),
            present_cost=money_to_proto(month.present_cost),
            offered_cost=money_to_proto(month.offered_cost),
        )


def cost_from_proto(message: rating_pb2.Statement) -> Money:
    return money_from_proto(message.period_cost)


def _optional_to_proto(value: Decimal | None) -> DecimalProto | None:
    return None if value is None else decimal_to_proto(value)


def _decimal(message: DecimalProto) -> Decimal:
    return decimal_from_proto(message)
