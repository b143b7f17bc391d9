"""What offers found and decided, as API messages, and back what is read of them."""

from __future__ import annotations

from datetime import UTC
from decimal import Decimal

from google.type.decimal_pb2 import Decimal as DecimalProto

from dutycycle.api.contracts.v1 import contracts_pb2
from dutycycle.api.offers.v1 import offers_pb2 as pb
from dutycycle.kit.money import Money
from dutycycle.kit.quantity import EXACT
from dutycycle.offers.answer import Answer, AnswerKind, amendment_name
from dutycycle.offers.assessment import Assessment, ScheduleUse, Segment
from dutycycle.offers.asset_group import GroupUse
from dutycycle.offers.asset_risk import Asset
from dutycycle.offers.campaign import Group
from dutycycle.offers.candidate import Candidate, ProductCandidate, ProgramCandidate
from dutycycle.offers.communication import Channel, Timing
from dutycycle.offers.comparison import MonthComparison
from dutycycle.offers.convert import alternative_to_proto
from dutycycle.offers.decision import Decision, Tone, Treatment
from dutycycle.offers.effect import RealisedSaving, SubjectEffect
from dutycycle.offers.history import Month, UseKind
from dutycycle.offers.offer import Offer
from dutycycle.offers.program import earliest_date
from dutycycle.offers.risk import Risk
from dutycycle.runtime.wire import (
    date_from_proto,
    date_to_proto,
    decimal_to_proto,
    money_from_proto,
    money_to_proto,
    period_to_proto,
    timestamp_from_proto,
    timestamp_to_proto,
)

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


def asset_to_proto(asset: Asset, risk: Risk) -> pb.AssetStanding:
    return pb.AssetStanding(
        asset=asset.name,
        display_name=asset.display_name,
        schedule=asset.schedule,
        score=risk.score,
        factors=[pb.RiskFactor(name=f.name, points=f.points, fact=f.fact) for f in risk.factors],
        last_active_date=date_to_proto(asset.last_active),
    )


def group_to_proto(group: GroupUse) -> pb.AssetGroupUse:
    return pb.AssetGroupUse(
        schedule=group.key.schedule,
        manufacturer=group.key.manufacturer,
        model=group.key.model,
        units=group.units,
        assets=group.assets,
        assets_idle=group.assets_idle,
        share_percent=decimal_to_proto(group.share_percent),
        utilisation_3_percent=_optional_to_proto(group.utilisation_3_percent),
        utilisation_6_percent=_optional_to_proto(group.utilisation_6_percent),
        utilisation_12_percent=_optional_to_proto(group.utilisation_12_percent),
        trend_percent_per_month=decimal_to_proto(group.trend_percent_per_month),
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
        estimated_percent=_optional_to_proto(assessed.estimated_percent),
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
        utilisation_6_percent=_optional_to_proto(use.utilisation_6_percent),
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


def _optional_to_proto(value: Decimal | None) -> DecimalProto | None:
    return None if value is None else decimal_to_proto(value)
