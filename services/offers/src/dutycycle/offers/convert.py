"""API messages to and from the domain of offers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date
from decimal import Decimal

from google.protobuf.message import Message
from google.type.decimal_pb2 import Decimal as DecimalProto

from dutycycle.api.contracts.v1 import charge_pb2, contracts_pb2
from dutycycle.api.offers.v1 import offers_pb2 as pb
from dutycycle.api.rating.v1 import rating_pb2
from dutycycle.kit.money import Money
from dutycycle.kit.quantity import EXACT, round_to_scale
from dutycycle.offers.answer import Answer, AnswerKind, amendment_name
from dutycycle.offers.assessment import Assessment, ScheduleUse, Segment
from dutycycle.offers.asset_risk import Asset, AssetMonths
from dutycycle.offers.campaign import Campaign, Group
from dutycycle.offers.candidate import Candidate, ProductCandidate, ProgramCandidate
from dutycycle.offers.communication import Channel, Contact, Customer, Timing
from dutycycle.offers.comparison import MonthComparison
from dutycycle.offers.decision import Decision, Tone, Treatment
from dutycycle.offers.effect import RealisedSaving, SubjectEffect
from dutycycle.offers.history import Month, Use, UseKind
from dutycycle.offers.offer import Offer
from dutycycle.offers.product import Creative, Product, Trigger, Validity
from dutycycle.offers.program import DEFAULT_VALID_DAYS, Fit, Kind, Program, earliest_date
from dutycycle.offers.risk import Risk
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
    timestamp_from_proto,
    timestamp_to_proto,
)

_PRICE_SCALE = 4
"""Digits of a price that a program has changed."""

_FITS = {
    contracts_pb2.PROGRAM_FIT_BELOW_BASELINE: Fit.BELOW_BASELINE,
    contracts_pb2.PROGRAM_FIT_ABOVE_BASELINE: Fit.ABOVE_BASELINE,
    contracts_pb2.PROGRAM_FIT_ANY: Fit.ANY,
}
_KINDS = {
    contracts_pb2.PROGRAM_KIND_UNSPECIFIED: Kind.RIGHT_SIZE,
    contracts_pb2.PROGRAM_KIND_RIGHT_SIZE: Kind.RIGHT_SIZE,
    contracts_pb2.PROGRAM_KIND_HIGHER_TIER: Kind.HIGHER_TIER,
    contracts_pb2.PROGRAM_KIND_CARRY: Kind.CARRY,
    contracts_pb2.PROGRAM_KIND_SEASONAL: Kind.SEASONAL,
    contracts_pb2.PROGRAM_KIND_POOL: Kind.POOL,
    contracts_pb2.PROGRAM_KIND_LONGER_TERM: Kind.LONGER_TERM,
    contracts_pb2.PROGRAM_KIND_RENEWAL: Kind.RENEWAL,
}
_TRIGGERS = {
    contracts_pb2.PRODUCT_TRIGGER_UNUSABLE_RECORDS: Trigger.UNUSABLE_RECORDS,
    contracts_pb2.PRODUCT_TRIGGER_IDLE_ASSETS: Trigger.IDLE_ASSETS,
    contracts_pb2.PRODUCT_TRIGGER_OVERAGE: Trigger.OVERAGE,
}
_USE_KINDS = {rating_pb2.LINE_KIND_ASSETS: UseKind.ASSETS, rating_pb2.LINE_KIND_USAGE: UseKind.USAGE}
_SEGMENTS = {
    Segment.NEW: pb.SEGMENT_NEW,
    Segment.HEALTHY: pb.SEGMENT_HEALTHY,
    Segment.CHRONIC_UNDER: pb.SEGMENT_CHRONIC_UNDER,
    Segment.CHRONIC_OVER: pb.SEGMENT_CHRONIC_OVER,
    Segment.VARIABLE: pb.SEGMENT_VARIABLE,
    Segment.SPIKY: pb.SEGMENT_SPIKY,
    Segment.SEASONAL: pb.SEGMENT_SEASONAL,
    Segment.IDLE: pb.SEGMENT_IDLE,
    Segment.DECLINING: pb.SEGMENT_DECLINING,
    Segment.GROWING: pb.SEGMENT_GROWING,
    Segment.NEAR_EXPIRY: pb.SEGMENT_NEAR_EXPIRY,
}
_GROUPS = {
    Group.TREATED: pb.GROUP_TREATED,
    Group.HELD_OUT: pb.GROUP_HELD_OUT,
    Group.CONTROL: pb.GROUP_CONTROL,
}
_CHANNELS = {Channel.INVOICE: pb.CHANNEL_INVOICE, Channel.MESSAGE: pb.CHANNEL_MESSAGE}
_TIMINGS = {
    Timing.WITH_INVOICE: pb.TIMING_WITH_INVOICE,
    Timing.BEFORE_INVOICE: pb.TIMING_BEFORE_INVOICE,
}
ANSWERS = {AnswerKind.ACCEPTED: pb.ANSWER_KIND_ACCEPTED, AnswerKind.DECLINED: pb.ANSWER_KIND_DECLINED}
TREATMENTS = {
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
        effective_date=date_from_proto(message.effective_date),
        etag=message.etag,
        program=message.program,
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
                price=price.SerializeToString(deterministic=True).hex(),
                window_periods=charge.baseline.window_periods,
                fixed=_is_fixed(charge),
            )


def _is_fixed(charge: charge_pb2.Charge) -> bool:
    baseline = charge.baseline
    return baseline.HasField("carry") or baseline.window_periods > 1 or charge.HasField("select")


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
        kept = []
        for charge in schedule.charges:
            change = changes[schedule.id, charge.id]
            if not change.is_pooled:
                _change_charge(charge, change, other.basis)
                kept.append(charge)
        if len(kept) < len(schedule.charges):
            del schedule.charges[:]
            schedule.charges.extend(kept)
    return message


def _change_charge(charge: charge_pb2.Charge, change: ChargeChange, basis: str) -> None:
    if change.baseline is not None:
        charge.baseline.quantity.CopyFrom(decimal_to_proto(change.baseline))
        if basis:
            charge.baseline.basis = basis
    if change.carry_periods:
        charge.baseline.carry.periods = change.carry_periods
    if change.window_periods:
        charge.baseline.window_periods = change.window_periods
    if change.pool:
        charge.select.scope = charge_pb2.SCOPE_AGREEMENT
        charge.select.schedules[:] = change.pool
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
                eligibility=product.eligibility,
                validity=_validity(product),
                priority=product.priority,
                creatives=_creatives(product),
            )
            for product in message.products
        ),
        campaigns=tuple(
            Campaign(
                id=campaign.id,
                subjects=frozenset(campaign.subjects),
                hold_out_percent=_given(campaign, "hold_out_percent", "0"),
                seed=campaign.seed or campaign.id,
            )
            for campaign in message.campaigns
        ),
        control_percent=_given(message, "control_percent", "0"),
        treatments_at_most=message.treatments_at_most or 1,
    )


def _validity(message: contracts_pb2.Program | contracts_pb2.Product) -> Validity:
    start = date_from_proto(message.valid_from_date) if message.HasField("valid_from_date") else date.min
    end = date_from_proto(message.valid_until_date) if message.HasField("valid_until_date") else date.max
    return Validity(start, end)


def _creatives(message: contracts_pb2.Program | contracts_pb2.Product) -> tuple[Creative, ...]:
    return tuple(Creative(each.language, each.display_name, each.text) for each in message.creatives)


def customer_from_proto(message: contracts_pb2.Customer) -> Customer:
    return Customer(
        name=message.name,
        display_name=message.display_name,
        language=message.language,
        contacts=tuple(Contact(each.email, each.role, each.receives_invoices) for each in message.contacts),
    )


def _program_from_proto(message: contracts_pb2.Program) -> Program:
    return Program(
        id=message.id,
        display_name=message.display_name,
        fit=_FITS[message.fit],
        baseline_percent_of_usage=_given(message, "baseline_percent_of_usage"),
        usage_months=message.usage_months,
        base_rate_percent=_given(message, "base_rate_percent"),
        overage_rate_percent=_given(message, "overage_rate_percent"),
        minimum_percent=_given(message, "minimum_percent"),
        term_extension_months=message.term_extension_months,
        margin_percent=_given(message, "margin_percent", "0"),
        margin_floor=_given(message, "margin_floor", "0"),
        minimum_saving_percent=_given(message, "minimum_saving_percent", "0"),
        legal_text=message.legal_text,
        legal_version=message.legal_version,
        kind=_KINDS[message.kind],
        carry_periods=message.carry_periods,
        switch_cost=_given(message, "switch_cost", "0"),
        eligibility=message.eligibility,
        validity=_validity(message),
        offer_valid_days=message.offer_valid_days or DEFAULT_VALID_DAYS,
        priority=message.priority,
        is_automatic=message.approval == contracts_pb2.AMENDMENT_APPROVAL_AUTOMATIC,
        creatives=_creatives(message),
    )


def _given(message: Message, field: str, absent: str = "100") -> Decimal:
    """Read a figure of the catalogue; one that is absent changes nothing."""
    return _decimal(getattr(message, field)) if message.HasField(field) else Decimal(absent)


def month_from_proto(message: rating_pb2.Statement) -> Month:
    return Month(
        period=period_from_proto(message.period),
        cost=money_from_proto(message.period_cost),
        uses=tuple(_use_from_proto(use) for use in message.measured if use.kind in _USE_KINDS),
        overage=_overage(message),
    )


def assets_from_proto(statements: Sequence[rating_pb2.Statement]) -> list[Asset]:
    """Read the assets of consecutive months, oldest first; an asset is known from the first month with usage on."""
    counts: dict[str, list[int]] = {}
    newest: dict[str, rating_pb2.AssetUsage] = {}
    for place, statement in enumerate(statements):
        for usage in statement.assets:
            if usage.records:
                counts.setdefault(usage.asset, [0] * len(statements))[place] += usage.records
                newest[usage.asset] = usage
    end = period_from_proto(statements[-1].period).end
    found = []
    for name, usage in newest.items():
        months = counts[name]
        first = next(place for place, count in enumerate(months) if count)
        last = date_from_proto(usage.last_active_date)
        known = AssetMonths(months[first:], (end - last).days - 1)
        found.append(Asset(name, usage.display_name, usage.schedule, last, known))
    return found


def asset_to_proto(asset: Asset, risk: Risk) -> pb.AssetStanding:
    return pb.AssetStanding(
        asset=asset.name,
        display_name=asset.display_name,
        schedule=asset.schedule,
        score=risk.score,
        factors=[pb.RiskFactor(name=f.name, points=f.points, fact=f.fact) for f in risk.factors],
        last_active_date=date_to_proto(asset.last_active),
    )


def _overage(message: rating_pb2.Statement) -> Money:
    """Add up the lines that have a baseline and were priced for what lies above it."""
    above = Money(Decimal(0), message.period_cost.currency_code)
    for line in message.lines:
        is_above = line.HasField("adjustment_quantity") and _decimal(line.adjustment_quantity) > 0
        if line.kind in _USE_KINDS and is_above and line.service_period == message.period:
            above += money_from_proto(line.amount)
    return above


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
        utilisation_6_percent=_optional_to_proto(assessed.utilisation_6_percent),
        trend_low_percent=_optional_to_proto(assessed.trend_interval[0] if assessed.trend_interval else None),
        trend_high_percent=_optional_to_proto(assessed.trend_interval[1] if assessed.trend_interval else None),
        year_change_percent=_optional_to_proto(assessed.year_change_percent),
        seasonality_percent=_optional_to_proto(assessed.seasonality_percent),
        volatility_percent=decimal_to_proto(assessed.volatility_percent),
        shortfall_paid=money_to_proto(assessed.shortfall_paid),
        overage_paid=money_to_proto(assessed.overage_paid),
        overage_share_percent=decimal_to_proto(assessed.overage_share_percent),
        assets_idle=decimal_to_proto(assessed.assets_idle),
        unusable_percent=_optional_to_proto(assessed.unusable_percent),
        months_to_expiry=assessed.months_to_expiry,
        segments=[_SEGMENTS[segment] for segment in assessed.segments],
        risk=pb.Risk(
            score=assessed.risk.score,
            factors=[pb.RiskFactor(name=f.name, points=f.points, fact=f.fact) for f in assessed.risk.factors],
            at_stake=money_to_proto(assessed.at_stake),
        ),
        schedules=[_schedule_to_proto(each) for each in assessed.schedules],
    )


def _schedule_to_proto(use: ScheduleUse) -> pb.ScheduleUse:
    return pb.ScheduleUse(
        schedule=use.schedule,
        units=use.units,
        utilisation_3_percent=_optional_to_proto(use.utilisation_3_percent),
        utilisation_12_percent=_optional_to_proto(use.utilisation_12_percent),
        trend_percent_per_month=decimal_to_proto(use.trend_percent_per_month),
        assets_idle=decimal_to_proto(use.assets_idle),
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
        treatment=TREATMENTS[decision.treatment],
        subject=decision.subject,
        headline=decision.texts.headline,
        why_text=decision.texts.why,
        proof_text=decision.texts.proof,
        trade_text=decision.texts.trade,
        legal_text=decision.texts.legal,
        reason=decision.reason,
        candidates=[candidate_to_proto(candidate) for candidate in decision.candidates],
        assessment=assessment_to_proto(decision.assessment),
        create_time=timestamp_to_proto(decision.create_time.astimezone(UTC)),
        tone=_TONES[decision.tone],
        announcement=decision.announcement,
        expire_time=timestamp_to_proto(decision.expire_time.astimezone(UTC)) if decision.expire_time else None,
        campaign=decision.campaign,
        group=_GROUPS[decision.group],
        withheld_subject=decision.withheld_subject,
        communication=pb.Communication(
            role=decision.communication.role,
            recipient=decision.communication.recipient,
            channel=_CHANNELS[decision.communication.channel],
            timing=_TIMINGS[decision.communication.timing],
            reason=decision.communication.reason,
        ),
        added=[
            pb.AddedTreatment(
                treatment=TREATMENTS[choice.treatment],
                subject=choice.subject,
                headline=choice.texts.headline,
                why_text=choice.texts.why,
            )
            for choice in decision.added
        ],
        legal_version=decision.legal_version,
    )


def offer_from_bytes(body: bytes) -> Offer | None:
    """Read the program that a stored decision offers; None if it offers none."""
    decision = pb.Decision.FromString(body)
    candidate = offered_candidate(decision)
    if candidate is None or not decision.HasField("expire_time"):
        return None
    saving = money_from_proto(candidate.customer_saving) + money_from_proto(candidate.switch_cost)
    monthly = EXACT.divide(saving.amount, Decimal(len(candidate.months)))
    return Offer(
        decision=decision.name,
        customer=decision.customer,
        period_start=date_from_proto(decision.period.start_date),
        subject=decision.subject,
        display_name=candidate.display_name or decision.subject,
        expire_time=timestamp_from_proto(decision.expire_time),
        legal_version=decision.legal_version,
        is_automatic=candidate.approval == contracts_pb2.AMENDMENT_APPROVAL_AUTOMATIC,
        monthly_saving=Money(monthly, saving.currency).rounded(),
        terms=candidate.terms.SerializeToString(deterministic=True),
    )


def offered_candidate(decision: pb.Decision) -> pb.Candidate | None:
    """Return the program that a decision offers, with its figures; None if it offers none."""
    if decision.treatment != pb.TREATMENT_PROGRAM:
        return None
    offered = (c for c in decision.candidates if c.treatment == pb.TREATMENT_PROGRAM and c.subject == decision.subject)
    return next(offered, None)


def amendment_to_proto(answer: Answer, offer: Offer) -> contracts_pb2.Amendment:
    """Write the amendment of an accepted offer."""
    terms = contracts_pb2.Agreement.FromString(offer.terms)
    return contracts_pb2.Amendment(
        name=amendment_name(offer.decision),
        agreement=terms.name,
        customer=offer.customer,
        origin=offer.decision,
        program=offer.subject,
        display_name=offer.display_name,
        base_etag=terms.etag,
        terms=terms,
        earliest_date=date_to_proto(earliest_date(offer.period_start)),
        legal_version=offer.legal_version,
        accepted_by=answer.answered_by,
        approval=contracts_pb2.AMENDMENT_APPROVAL_AUTOMATIC
        if offer.is_automatic
        else contracts_pb2.AMENDMENT_APPROVAL_LESSOR,
    )


def answer_to_proto(answer: Answer) -> pb.Answer:
    return pb.Answer(
        decision=answer.decision,
        customer=answer.customer,
        kind=ANSWERS[answer.kind],
        answered_by=answer.answered_by,
        reason=answer.reason,
        create_time=timestamp_to_proto(answer.answered_at),
        amendment=answer.amendment,
        subject=answer.subject,
    )


def effect_to_proto(effect: SubjectEffect) -> pb.SubjectEffect:
    revenue = effect.revenue
    return pb.SubjectEffect(
        subject=effect.subject,
        shown=effect.shown,
        opened=effect.opened,
        accepted=effect.accepted,
        declined=effect.declined,
        held_out=effect.held_out,
        revenue_difference_percent=_optional_to_proto(revenue.mean if revenue else None),
        revenue_low_percent=_optional_to_proto(revenue.low if revenue else None),
        revenue_high_percent=_optional_to_proto(revenue.high if revenue else None),
        conclusion=effect.conclusion,
        retained_percent=_optional_to_proto(effect.retained_percent),
        held_out_retained_percent=_optional_to_proto(effect.held_out_retained_percent),
    )


def saving_to_proto(saving: RealisedSaving) -> pb.RealisedSaving:
    return pb.RealisedSaving(
        decision=saving.answer.decision,
        customer=saving.answer.customer,
        subject=saving.answer.subject,
        promised_monthly=money_to_proto(saving.promised_monthly),
        months=[month_comparison_to_proto(month) for month in saving.months],
        realised=money_to_proto(saving.realised),
        realised_monthly=money_to_proto(saving.realised_monthly),
    )


def month_comparison_to_proto(month: MonthComparison) -> pb.MonthComparison:
    return pb.MonthComparison(
        period=period_to_proto(month.period),
        present_cost=money_to_proto(month.present_cost),
        offered_cost=money_to_proto(month.offered_cost),
    )


def decision_to_bytes(decision: Decision) -> bytes:
    """Write a decision as it is stored."""
    return decision_to_proto(decision).SerializeToString(deterministic=True)


def candidate_to_proto(candidate: Candidate) -> pb.Candidate:
    message = pb.Candidate(
        subject=candidate.subject,
        eligible=not candidate.obstacles,
        reason="; ".join(candidate.obstacles) or "may be offered",
        treatment=pb.TREATMENT_PRODUCT if isinstance(candidate, ProductCandidate) else pb.TREATMENT_PROGRAM,
    )
    message.display_name = (
        candidate.product.display_name if isinstance(candidate, ProductCandidate) else candidate.program.display_name
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
    message.saving_low.CopyFrom(money_to_proto(candidate.interval.low))
    message.saving_high.CopyFrom(money_to_proto(candidate.interval.high))
    message.switch_cost.CopyFrom(money_to_proto(candidate.switch_cost))
    message.retention_value.CopyFrom(money_to_proto(candidate.retention_value))
    message.priority = candidate.program.priority
    automatic = candidate.program.is_automatic
    message.approval = (
        contracts_pb2.AMENDMENT_APPROVAL_AUTOMATIC if automatic else contracts_pb2.AMENDMENT_APPROVAL_LESSOR
    )
    message.terms.CopyFrom(alternative_to_proto(candidate.alternative))
    message.months.extend(month_comparison_to_proto(month) for month in comparison.months)


def cost_from_proto(message: rating_pb2.Statement) -> Money:
    return money_from_proto(message.period_cost)


def _optional_to_proto(value: Decimal | None) -> DecimalProto | None:
    return None if value is None else decimal_to_proto(value)


def _decimal(message: DecimalProto) -> Decimal:
    return decimal_from_proto(message)
