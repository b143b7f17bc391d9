"""What the customer reads beside the bill: short sentences with numbers and units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from dutycycle.kit.money import Money
from dutycycle.kit.quantity import grouped, plain
from dutycycle.offers.assessment import Assessment
from dutycycle.offers.candidate import ProductCandidate, ProgramCandidate
from dutycycle.offers.history import UseKind
from dutycycle.offers.product import Creative, Trigger
from dutycycle.offers.program import YEAR_PERIODS, Fit, Kind
from dutycycle.offers.terms import Terms


@dataclass(frozen=True, slots=True)
class Texts:
    """The parts of a treatment as printed; a part that does not apply is empty."""

    headline: str = ""
    why: str = ""
    proof: str = ""
    trade: str = ""
    legal: str = ""


def program_texts(
    candidate: ProgramCandidate, assessed: Assessment, terms: Terms, words: Creative | None = None
) -> Texts:
    """Word a program: why this customer, what it would have cost, and what it takes."""
    program, comparison = candidate.program, candidate.comparison
    months = _last_months(len(comparison.months))
    name = words.display_name if words else program.display_name
    billed = "" if comparison.months[0].period.start >= terms.effective_date else " on your present terms"
    after_cost = f", {candidate.switch_cost.text()} for the change included" if program.switch_cost else ""
    return Texts(
        headline=f"{name}: your {months} would have cost {comparison.saving.text()} less",
        why=_program_why(program.fit, assessed, months),
        proof=(
            f"Your {months} would have cost {comparison.offered_cost.text()} instead of "
            f"{comparison.present_cost.text()}{billed}. That is {comparison.saving.text()} or "
            f"{plain(comparison.saving_percent)} % less{after_cost}, rated month by month as your bills are."
        ),
        trade=_trade(candidate, assessed.latest.units, terms),
        legal=words.text if words else program.legal_text,
    )


def _program_why(fit: Fit, assessed: Assessment, months: str) -> str:
    month = assessed.latest
    if fit is Fit.ANY:
        return (
            f"You used {grouped(month.used(UseKind.USAGE))} {month.units} in {month.period.title} against "
            f"{grouped(month.baseline(UseKind.USAGE))} agreed; over your {months} "
            f"{plain(assessed.utilisation_12_percent or Decimal(0))} % of what was agreed."
        )
    used, agreed = month.used(UseKind.USAGE), month.baseline(UseKind.USAGE)
    run = assessed.months_below if fit is Fit.BELOW_BASELINE else assessed.months_above
    side = "less" if fit is Fit.BELOW_BASELINE else "more"
    return (
        f"You used {grouped(used)} {month.units} in {month.period.title} against {grouped(agreed)} agreed, "
        f"and {side} than agreed for {run} months in a row. Over your {months} you used "
        f"{plain(assessed.utilisation_12_percent or Decimal(0))} % of what was agreed."
    )


def _trade(candidate: ProgramCandidate, units: str, terms: Terms) -> str:
    after = candidate.alternative.terms
    before_amount = Money(terms.agreed_amount, terms.currency).text()
    after_amount = Money(after.agreed_amount, terms.currency).text()
    extension = candidate.program.term_extension_months
    longer = f" In return the term would be {extension} months longer, to {_last_day(after.end_date)}."
    kind, baseline = candidate.program.kind, after.usage_baseline
    if kind.follows_usage:
        change = f"Your baseline would become {grouped(baseline)} {units} a month, for"
    elif kind is Kind.CARRY:
        periods = candidate.program.carry_periods
        change = f"What you do not use of your baseline could be used for {periods} months longer, for"
    elif kind is Kind.SEASONAL:
        change = f"Your baseline would be {grouped(baseline * YEAR_PERIODS)} {units} for a whole year together, for"
    elif kind is Kind.POOL:
        change = f"Your baseline of {grouped(baseline)} {units} a month would be one for all schedules, for"
    else:
        change = "Your baseline would stay, for"
    return f"{change} {after_amount} a month instead of {before_amount}.{longer if extension else ''}"


def product_texts(
    candidate: ProductCandidate, assessed: Assessment, terms: Terms, words: Creative | None = None
) -> Texts:
    """Word a product: the fact that was observed, and what the product does. No money."""
    count, whole = grouped(candidate.fact.count), grouped(candidate.fact.of)
    share, month = plain(candidate.fact.percent), assessed.latest.period.title
    if candidate.product.trigger is Trigger.UNUSABLE_RECORDS:
        headline = f"{count} of {whole} records could not be billed"
        fact = f"{count} of {whole} usage records of {month} ({share} %) were rejected or wait for an asset"
    elif candidate.product.trigger is Trigger.ESTIMATED_RECORDS:
        headline = f"{count} of {whole} records were estimates"
        fact = f"{count} of {whole} usage records of {month} ({share} %) were estimated instead of read"
    elif candidate.product.trigger is Trigger.OVERAGE:
        headline = f"{count} {assessed.latest.units} above what was agreed"
        fact = f"You used {count} {assessed.latest.units} more in {month} than the {whole} agreed, {share} %"
    else:
        active = grouped(candidate.fact.of - candidate.fact.count)
        headline = f"{count} fewer {terms.asset_noun} in service than agreed"
        fact = f"{active} {terms.asset_noun} had {terms.usage_noun} in {month}, {share} % fewer than the {whole} agreed"
    return Texts(headline=headline, why=f"{fact}. {words.text if words else candidate.product.benefit}")


def best_plan_texts(candidates: Sequence[ProgramCandidate], assessed: Assessment) -> Texts:
    """Word that no plan open to the customer would have been worth a change."""
    month = assessed.latest
    used = (
        f"You used {grouped(month.used(UseKind.USAGE))} of {grouped(month.baseline(UseKind.USAGE))} agreed "
        f"{month.units or 'units'} in {month.period.title}."
    )
    comparisons = [candidate.comparison for candidate in candidates]
    best = max(comparisons, key=lambda comparison: comparison.saving.amount, default=None)
    if best is None:
        return Texts(
            "You are on your best plan", f"{used} That is so near to what was agreed that no other plan is made for it."
        )
    plans = "the one other plan" if len(comparisons) == 1 else f"the {len(comparisons)} other plans"
    rated = f"{used} We rated your {_last_months(len(assessed.months))} on {plans} made for such use"
    difference = f"{Money(abs(best.saving.amount), best.currency).text()} ({plain(abs(best.saving_percent))} %)"
    if best.saving.amount > 0:
        why = f"{rated}: at best you would have paid {difference} less, too little for a change of terms."
        return Texts("No other plan is worth a change yet", why)
    return Texts("You are on your best plan", f"{rated}: you would have paid at least {difference} more.")


def _last_months(count: int) -> str:
    return f"last {count} months"


def _last_day(end: date) -> str:
    last = end - timedelta(days=1)
    return f"{last.day} {last:%B %Y}"
