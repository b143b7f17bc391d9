"""The treatment of an invoice: what is said beside the bill, why, and why nothing else.

Nothing here can change an amount that is due: amounts come in with the history and leave only as text and figures of
comparison.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import Enum

from dutycycle.kit.period import BillingPeriod
from dutycycle.kit.quantity import plain
from dutycycle.offers.answer import Answer, AnswerKind
from dutycycle.offers.assessment import Assessment, announcement
from dutycycle.offers.campaign import Draw, Group
from dutycycle.offers.candidate import (
    Candidate,
    ClosedProgram,
    ProductCandidate,
    ProgramCandidate,
    times_over_threshold,
)
from dutycycle.offers.communication import Communication, Contact, Customer, communicate
from dutycycle.offers.policy import Policy
from dutycycle.offers.product import worded_in
from dutycycle.offers.program import add_months
from dutycycle.offers.terms import Terms
from dutycycle.offers.wording import Texts, best_plan_texts, product_texts, program_texts


class Treatment(Enum):
    """What an invoice says besides the bill."""

    NONE = "none"
    PROGRAM = "program"
    PRODUCT = "product"
    BEST_PLAN = "best plan"


OFFER_TREATMENTS = (Treatment.PROGRAM, Treatment.PRODUCT)
_YEAR = 12


class Tone(Enum):
    """Tone of the e-mail."""

    PLAIN = "plain"
    CAREFUL = "careful"


@dataclass(frozen=True, slots=True)
class Standing:
    """What forbids any offer, whatever the figures say."""

    opted_out: str = ""
    """Where and when offers were stopped; empty if they were not."""
    in_dispute: bool = False
    in_arrears: bool = False
    in_hardship: bool = False

    @property
    def obstacle(self) -> str:
        """Say why nothing may be offered; empty if something may."""
        if self.opted_out:
            return f"the customer wants no offers: {self.opted_out}"
        if self.in_hardship:
            return "the customer is in hardship: it is helped by people, not by offers"
        if self.in_arrears:
            return "an invoice is overdue"
        return "an invoice is disputed" if self.in_dispute else ""


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
    communication: Communication
    group: Group
    campaign: str = ""
    """Id of the campaign that it counts for; empty if none."""
    withheld_subject: str = ""
    """What would have been offered, had the customer not been held out."""
    expire_time: datetime | None = None
    """Until when the offer can be accepted; None without one."""
    legal_version: str = ""
    added: tuple[Choice, ...] = ()
    """What else the invoice carries."""

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
    legal_version: str = ""
    valid_days: int = 0
    """Days for which it can be accepted; 0: it is nothing to accept."""


def decision_name(customer: str, period: BillingPeriod) -> str:
    """Return the resource name: "decisions/fl-2013-12"."""
    return f"decisions/{customer.removeprefix('customers/')}-{period.label}"


def forbidden(assessed: Assessment, standing: Standing, policy: Policy) -> str:
    """Say why nothing may be said before anything is compared; empty if something may."""
    months, needed = len(assessed.months), policy.minimum_history_months
    if standing.obstacle:
        return standing.obstacle
    return f"{months} months of usage, offers need {needed}" if months < needed else ""


def rank(candidates: Sequence[Candidate], assessed: Assessment, terms: Terms, customer: Customer) -> Sequence[Choice]:
    """Return what may be offered, the best first: one program at most, then products, else what is true instead.

    Of programs the highest priority, then the largest saving: two at once would be alternatives, not offers. Products
    by priority, then by how far the fact is beyond the threshold.
    """
    offers: list[Choice] = []
    programs = [candidate for candidate in candidates if isinstance(candidate, ProgramCandidate)]
    open_programs = [candidate for candidate in programs if not candidate.obstacles]
    if open_programs:
        program = max(open_programs, key=lambda c: (c.program.priority, c.comparison.saving.amount))
        offers.append(_offer_program(program, assessed, terms, customer))
    products = [c for c in candidates if isinstance(c, ProductCandidate) and not c.obstacles]
    for product in sorted(products, key=lambda c: (c.product.priority, times_over_threshold(c)), reverse=True):
        offers.append(_offer_product(product, assessed, terms, customer))
    return offers or [_nothing_to_offer(programs, assessed)]


def _nothing_to_offer(programs: Sequence[ProgramCandidate], assessed: Assessment) -> Choice:
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


def _offer_program(candidate: ProgramCandidate, assessed: Assessment, terms: Terms, customer: Customer) -> Choice:
    comparison = candidate.comparison
    reason = (
        f"{candidate.subject} saves {comparison.saving.text()} ({plain(comparison.saving_percent)} %) over "
        f"{len(comparison.months)} months, with a lessor margin of {candidate.lessor_margin.text()}"
    )
    return Choice(
        Treatment.PROGRAM,
        reason,
        candidate.subject,
        program_texts(candidate, assessed, terms, worded_in(candidate.program.creatives, customer.language)),
        candidate.program.legal_version,
        candidate.program.offer_valid_days,
    )


def _offer_product(candidate: ProductCandidate, assessed: Assessment, terms: Terms, customer: Customer) -> Choice:
    fact, product = candidate.fact, candidate.product
    reason = (
        f"{product.trigger.value} are {plain(fact.percent)} % ({plain(fact.count)} of {plain(fact.of)}), "
        f"{product.id} triggers at {plain(product.threshold_percent)} %"
    )
    words = worded_in(product.creatives, customer.language)
    return Choice(Treatment.PRODUCT, reason, candidate.subject, product_texts(candidate, assessed, terms, words))


def capped(printed: Sequence[Printed], period: BillingPeriod, policy: Policy) -> str:
    """Say that the invoices of a year carried enough offers; empty if they did not."""
    since = add_months(period.start, 1 - _YEAR)
    offers = sum(
        1 for each in printed if since <= each.period_start < period.start and each.treatment in OFFER_TREATMENTS
    )
    return f"{offers} invoices of the last 12 months carried an offer already" if offers >= policy.offers_a_year else ""


def answered(candidate: Candidate, answers: Sequence[Answer], period: BillingPeriod, policy: Policy) -> Candidate:
    """Hold a candidate back for what the customer said: a declined one rests, after an accepted program all do."""
    if isinstance(candidate, ClosedProgram):
        return candidate
    for answer in answers:
        if answer.kind is AnswerKind.DECLINED and answer.subject == candidate.subject:
            until = add_months(answer.period_start, policy.declined_rest_months)
            said = f"{answer.subject} was declined"
        elif answer.kind is AnswerKind.ACCEPTED and isinstance(candidate, ProgramCandidate):
            until = add_months(answer.period_start, policy.amended_rest_months)
            said = f"{answer.subject} was accepted"
        else:
            continue
        if answer.period_start <= period.start < until:
            obstacle = f"{said} from the invoice for {answer.period_start:%B %Y}; rests until {until:%B %Y}"
            return replace(candidate, obstacles=(*candidate.obstacles, obstacle))
    return candidate


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


@dataclass(frozen=True, slots=True)
class Allotment:
    """What of the ranked choices a customer gets, and what it counts for."""

    choices: tuple[Choice, ...]
    """The first, and what is added to it; never empty."""
    group: Group
    campaign: str = ""
    withheld_subject: str = ""


def allot(ranked: Sequence[Choice], customer: str, draw: Draw, at_most: int) -> Allotment:
    """Hold back what the customer is held out of, and keep at most so many of the rest."""
    first = ranked[0]
    withheld = first.subject if first.treatment in OFFER_TREATMENTS else ""
    if draw.is_control(customer):
        reason = f"universal control: never offered anything ({first.reason})"
        return Allotment((Choice(Treatment.NONE, reason),), Group.CONTROL, withheld_subject=withheld)
    campaign = draw.campaign_of(first.subject) if withheld else None
    if campaign is not None and campaign.holds_out(draw.tenant, customer):
        reason = f"held out of campaign {campaign.id} ({first.reason})"
        return Allotment((Choice(Treatment.NONE, reason),), Group.HELD_OUT, campaign.id, withheld)
    kept = tuple(choice for choice in ranked if not _is_held_out(choice, customer, draw))
    return Allotment(kept[: max(1, at_most)], Group.TREATED, campaign.id if campaign else "")


def _is_held_out(choice: Choice, customer: str, draw: Draw) -> bool:
    campaign = draw.campaign_of(choice.subject) if choice.subject else None
    return campaign is not None and campaign.holds_out(draw.tenant, customer)


def decide(
    assessed: Assessment,
    candidates: Sequence[Candidate],
    allotment: Allotment,
    policy: Policy,
    create_time: datetime,
    contacts: Sequence[Contact],
) -> Decision:
    """Put what was allotted into a decision, with the tone and the announcement that the bill itself calls for."""
    choice, *added = allotment.choices
    shock = assessed.shock_percent >= policy.shock_percent and len(assessed.months) > 1
    announced = announcement(assessed, policy)
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
        announcement=announced,
        create_time=create_time,
        communication=communicate(contacts, announced, is_offer=choice.treatment in OFFER_TREATMENTS),
        group=allotment.group,
        campaign=allotment.campaign,
        withheld_subject=allotment.withheld_subject,
        expire_time=create_time + timedelta(days=choice.valid_days) if choice.valid_days else None,
        legal_version=choice.legal_version,
        added=tuple(added),
    )
