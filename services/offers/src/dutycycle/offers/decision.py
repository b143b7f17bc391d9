"""The one treatment of an invoice: what is said beside the bill, why, and why nothing else.

Nothing here can change an amount that is due: amounts come in with the history and leave only as text and figures of
comparison.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import Enum

from dutycycle.kit.period import BillingPeriod
from dutycycle.kit.quantity import plain
from dutycycle.offers.assessment import Assessment
from dutycycle.offers.candidate import (
    Candidate,
    ClosedProgram,
    ProductCandidate,
    ProgramCandidate,
    times_over_threshold,
)
from dutycycle.offers.policy import Policy
from dutycycle.offers.program import add_months
from dutycycle.offers.terms import Terms
from dutycycle.offers.wording import Texts, announcement, best_plan_texts, product_texts, program_texts


class Treatment(Enum):
    """What an invoice says besides the bill."""

    NONE = "none"
    PROGRAM = "program"
    PRODUCT = "product"
    BEST_PLAN = "best plan"


class Tone(Enum):
    """Tone of the e-mail."""

    PLAIN = "plain"
    CAREFUL = "careful"


@dataclass(frozen=True, slots=True)
class Standing:
    """What forbids any offer, whatever the figures say."""

    opted_out: str = ""
    """Where and when offers were declined; empty if they were not."""
    in_dispute: bool = False

    @property
    def obstacle(self) -> str:
        """Say why nothing may be offered; empty if something may."""
        if self.opted_out:
            return f"the customer wants no offers: {self.opted_out}"
        return "an invoice is disputed or overdue" if self.in_dispute else ""


@dataclass(frozen=True, slots=True)
class Printed:
    """A treatment that an earlier invoice carried."""

    period_start: date
    treatment: Treatment
    subject: str


@dataclass(frozen=True, slots=True)
class Decision:
    """A treatment with its reasons."""

    customer: str
    period: BillingPeriod
    treatment: Treatment
    subject: str
    """Id of the program or product; empty otherwise."""
    texts: Texts
    reason: str
    """For the lessor."""
    candidates: tuple[Candidate, ...]
    assessment: Assessment
    tone: Tone
    announcement: str
    create_time: datetime

    @property
    def name(self) -> str:
        return decision_name(self.customer, self.period)


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen of the candidates, before it is put into a decision."""

    treatment: Treatment
    reason: str
    subject: str = ""
    texts: Texts = field(default_factory=Texts)


def decision_name(customer: str, period: BillingPeriod) -> str:
    """Return the resource name: "decisions/fl-2013-12"."""
    return f"decisions/{customer.removeprefix('customers/')}-{period.label}"


def forbidden(assessed: Assessment, standing: Standing, policy: Policy) -> str:
    """Say why nothing may be said before anything is compared; empty if something may."""
    months, needed = len(assessed.months), policy.minimum_history_months
    if standing.obstacle:
        return standing.obstacle
    return f"{months} months of usage, offers need {needed}" if months < needed else ""


def choose(candidates: Sequence[Candidate], assessed: Assessment, terms: Terms) -> Choice:
    """Choose at most one: the program that saves most, else the product most called for, else the best plan."""
    programs = [candidate for candidate in candidates if isinstance(candidate, ProgramCandidate)]
    open_programs = [candidate for candidate in programs if not candidate.obstacles]
    if open_programs:
        program = max(open_programs, key=lambda candidate: candidate.comparison.saving.amount)
        return _offer_program(program, assessed, terms)
    products = [c for c in candidates if isinstance(c, ProductCandidate) and not c.obstacles]
    if products:
        return _offer_product(max(products, key=times_over_threshold), assessed, terms)
    withheld = [candidate for candidate in programs if candidate.saves]
    if withheld:
        # A plan that would have saved money exists: to call the present one the best would be untrue.
        reasons = "; ".join(f"{candidate.subject}: {', '.join(candidate.obstacles)}" for candidate in withheld)
        return Choice(Treatment.NONE, f"a program would save, but may not be offered now ({reasons})")
    looked_at = ", ".join(f"{c.subject} {plain(c.comparison.saving_percent)} %" for c in programs) or "none"
    return Choice(
        Treatment.BEST_PLAN,
        f"no program open to the customer saves enough (savings: {looked_at})",
        texts=best_plan_texts(programs, assessed),
    )


def _offer_program(candidate: ProgramCandidate, assessed: Assessment, terms: Terms) -> Choice:
    comparison = candidate.comparison
    reason = (
        f"{candidate.subject} saves {comparison.saving.text()} ({plain(comparison.saving_percent)} %) over "
        f"{len(comparison.months)} months, with a lessor margin of {candidate.lessor_margin.text()}"
    )
    return Choice(Treatment.PROGRAM, reason, candidate.subject, program_texts(candidate, assessed, terms))


def _offer_product(candidate: ProductCandidate, assessed: Assessment, terms: Terms) -> Choice:
    fact, product = candidate.fact, candidate.product
    reason = (
        f"{product.trigger.value} are {plain(fact.percent)} % ({plain(fact.count)} of {plain(fact.of)}), "
        f"{product.id} triggers at {plain(product.threshold_percent)} %"
    )
    return Choice(Treatment.PRODUCT, reason, candidate.subject, product_texts(candidate, assessed, terms))


def rested(candidate: Candidate, printed: Sequence[Printed], period: BillingPeriod, policy: Policy) -> Candidate:
    """Hold a candidate back while it rests. Programs rest together: a lesser one must not fill the best one's rest."""
    since = add_months(period.start, 1 - policy.rest_months)
    recent = [p for p in printed if since <= p.period_start < period.start and _is_like(p, candidate)]
    if not recent or isinstance(candidate, ClosedProgram):
        return candidate
    last = max(recent, key=lambda p: p.period_start)
    until = add_months(last.period_start, policy.rest_months)
    obstacle = f"{last.subject} was printed for {last.period_start:%B %Y}; rests until {until:%B %Y}"
    return replace(candidate, obstacles=(*candidate.obstacles, obstacle))


def _is_like(printed: Printed, candidate: Candidate) -> bool:
    if isinstance(candidate, ProgramCandidate):
        return printed.treatment is Treatment.PROGRAM
    return (
        isinstance(candidate, ProductCandidate)
        and printed.treatment is Treatment.PRODUCT
        and printed.subject == candidate.subject
    )


def decide(
    assessed: Assessment,
    candidates: Sequence[Candidate],
    choice: Choice,
    policy: Policy,
    create_time: datetime,
) -> Decision:
    """Put the choice into a decision, with the tone that the bill itself calls for."""
    shock = assessed.shock_percent >= policy.shock_percent and len(assessed.months) > 1
    return Decision(
        customer=assessed.customer,
        period=assessed.latest.period,
        treatment=choice.treatment,
        subject=choice.subject,
        texts=choice.texts,
        reason=choice.reason,
        candidates=tuple(candidates),
        assessment=assessed,
        tone=Tone.CAREFUL if shock else Tone.PLAIN,
        announcement=announcement(assessed.shock_percent) if shock else "",
        create_time=create_time,
    )
