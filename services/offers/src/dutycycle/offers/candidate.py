"""Candidates: every program and product that was looked at, with its figures and whether it may be offered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from dutycycle.kit.money import Money
from dutycycle.kit.quantity import plain
from dutycycle.offers.assessment import Assessment
from dutycycle.offers.comparison import Comparison, SavingInterval, saving_interval
from dutycycle.offers.eligibility import obstacle_of
from dutycycle.offers.policy import Policy
from dutycycle.offers.product import Fact, Product, RecordCounts, observe
from dutycycle.offers.program import Fit, Program
from dutycycle.offers.terms import Alternative, Terms


@dataclass(frozen=True, slots=True)
class ClosedProgram:
    """A program made for others: it would not move the customer's baseline its way. It is not rated."""

    program: Program
    obstacles: tuple[str, ...]

    @property
    def subject(self) -> str:
        return self.program.id


@dataclass(frozen=True, slots=True)
class ProgramCandidate:
    """A program that is open to the customer, rated on the customer's own months."""

    program: Program
    alternative: Alternative
    comparison: Comparison
    lessor_margin: Money
    """What the lessor gains or loses over the remaining and the extended term."""
    obstacles: tuple[str, ...]
    """Why it may not be offered; none if it may."""
    interval: SavingInterval
    retention_value: Money
    """What the program adds to the lessor's expectation of keeping the customer; an estimate, for ranking by people."""

    @property
    def subject(self) -> str:
        return self.program.id

    @property
    def saves(self) -> bool:
        """Whether rating proves the least saving that the program asks for."""
        least = self.program.minimum_saving_percent
        return self.comparison.saving.amount > 0 and self.comparison.saving_percent >= least

    @property
    def switch_cost(self) -> Money:
        return Money(self.program.switch_cost, self.comparison.currency)


@dataclass(frozen=True, slots=True)
class ProductCandidate:
    """A product and the fact that may trigger it."""

    product: Product
    fact: Fact
    obstacles: tuple[str, ...]

    @property
    def subject(self) -> str:
        return self.product.id


Candidate = ProgramCandidate | ClosedProgram | ProductCandidate


def closed_reason(program: Program, other: Alternative, terms: Terms, assessed: Assessment, day: date) -> str:
    """Say why a program is closed to a customer and need not be rated; empty if it is open.

    It must be valid, admit the customer, and do what it is made for: move the baseline down for who is below it, up
    for who is above, or change something at all.
    """
    obstacle = program.validity.obstacle(day) or obstacle_of(program.eligibility, assessed)
    if obstacle:
        return obstacle
    before, after = terms.usage_baseline, other.terms.usage_baseline
    if program.fit is Fit.ANY:
        return "" if other.terms != terms else "would change nothing"
    moves = after < before if program.fit is Fit.BELOW_BASELINE else after > before
    return "" if moves else f"made for use {program.fit.value} the baseline, and would not move it that way"


def judge_program(
    program: Program, other: Alternative, terms: Terms, comparison: Comparison, assessed: Assessment, policy: Policy
) -> ProgramCandidate:
    """Judge whether an open program fits, saves, and pays the lessor."""
    months_left = assessed.months_to_expiry
    margin = lessor_margin(program, other, comparison, months_left)
    candidate = ProgramCandidate(
        program,
        other,
        comparison,
        margin,
        obstacles=(),
        interval=saving_interval(comparison, f"{terms.customer} {program.id}"),
        retention_value=retention_value(program, other, terms, assessed),
    )
    return replace(candidate, obstacles=tuple(_obstacles(candidate, assessed, policy)))


def retention_value(program: Program, other: Alternative, terms: Terms, assessed: Assessment) -> Money:
    """Return the margin that a program is expected to keep: risk x margin of what is agreed x months that are added.

    A customer at risk of 60 leaves, by the score, three times of five; a longer term turns that part of the added
    months from hoped for into agreed. An estimate: it ranks for people and decides nothing.
    """
    share = Decimal(assessed.risk.score) / 100
    monthly = other.terms.agreed_amount * program.margin_percent / 100
    return Money(monthly * program.term_extension_months * share, terms.currency).rounded()


def lessor_margin(program: Program, other: Alternative, comparison: Comparison, months_left: int) -> Money:
    """Return what the lessor gains by the longer term, less what it forgoes until the present one ends.

    It forgoes the mean monthly saving for the months left, and gains the margin in what is agreed for each added month.
    """
    forgone = comparison.saving.amount * months_left / len(comparison.months)
    gained = other.terms.agreed_amount * program.margin_percent / 100 * program.term_extension_months
    return Money(gained - forgone, comparison.currency).rounded()


def judge_product(product: Product, assessed: Assessment, records: RecordCounts, day: date) -> ProductCandidate:
    """Hold the observed fact against the product's threshold."""
    fact = observe(product.trigger, assessed.latest, records)
    closed = product.validity.obstacle(day) or obstacle_of(product.eligibility, assessed)
    if closed:
        return ProductCandidate(product, fact, (closed,))
    if fact.count > 0 and fact.percent >= product.threshold_percent:
        return ProductCandidate(product, fact, ())
    seen = f"{product.trigger.value} are {plain(fact.percent)} %, below {plain(product.threshold_percent)} %"
    return ProductCandidate(product, fact, (seen,))


def _obstacles(candidate: ProgramCandidate, assessed: Assessment, policy: Policy) -> Iterator[str]:
    program, comparison = candidate.program, candidate.comparison
    if len(comparison.months) < program.usage_months:
        yield f"needs {program.usage_months} months of usage, there are {len(comparison.months)}"
    run = assessed.months_below if program.fit is Fit.BELOW_BASELINE else assessed.months_above
    if program.fit is not Fit.ANY and run < policy.fit_months:
        yield f"months in a row {program.fit.value} the baseline: {run}, fits from {policy.fit_months}"
    if not candidate.saves:
        saved = f"{comparison.saving.text()} ({plain(comparison.saving_percent)} %)"
        yield f"would have saved {saved}, worth an offer from {plain(program.minimum_saving_percent)} %"
    elif comparison.cheaper_months * 2 < len(comparison.months):
        yield f"cheaper in {comparison.cheaper_months} of {len(comparison.months)} months only"
    if candidate.lessor_margin.amount < program.margin_floor:
        floor = Money(program.margin_floor, comparison.currency).text()
        yield f"lessor margin {candidate.lessor_margin.text()} is below the floor of {floor}"


def times_over_threshold(candidate: ProductCandidate) -> Decimal:
    """Return how far the fact is beyond its threshold, to rank products."""
    threshold = candidate.product.threshold_percent
    return candidate.fact.percent / threshold if threshold else candidate.fact.percent
