"""Statements: everything rated for one period of one agreement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from dutycycle.charge.adjust import Cadence
from dutycycle.charge.charge import Charge
from dutycycle.kit.money import Money, total
from dutycycle.kit.period import BillingPeriod
from dutycycle.rating.contract import Agreement, Placement, Schedule, Terms
from dutycycle.rating.line import RatedLine
from dutycycle.rating.period_reading import UsageBook
from dutycycle.rating.pipeline import rate_line
from dutycycle.rating.reading import Reading
from dutycycle.rating.usage import PlacementUsage


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One line of a statement."""

    id: str
    """"<schedule>/<charge>", with "@<first day>" of the service period for a charge in advance."""
    schedule: Schedule
    service_period: BillingPeriod
    rated: RatedLine
    behind: tuple[PlacementUsage, ...] = ()
    """Usage that it measures, of its own schedule or of the whole pool."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What a period of an agreement comes to."""

    agreement: Agreement
    period: BillingPeriod
    lines: tuple[StatementLine, ...]
    """Printed lines, in print order."""
    total: Money
    period_cost: Money
    """What the period itself costs, whichever statement its base is on."""
    usage: tuple[PlacementUsage, ...]
    """Placements with usage in the period."""

    def idle(self, placements: Iterable[Placement]) -> list[PlacementUsage]:
        """Return the placements on its schedules that had no usage in the period, by name, with nothing."""
        used, schedules = {each.placement for each in self.usage}, {each.id for each in self.agreement.schedules}
        names = sorted(
            each.name
            for each in placements
            if each.schedule in schedules and each.name not in used and each.days_within(self.period)
        )
        return [PlacementUsage(name, self.period, 0, 0, {}) for name in names]

    def line(self, line_id: str) -> StatementLine | None:
        return next((line for line in self.lines if line.id == line_id), None)


@dataclass(slots=True)
class _Entry:
    """A charge for one service period, on its way to being rated."""

    schedule: Schedule
    charge: Charge
    service_period: BillingPeriod
    printed: bool
    """Whether it is on this statement; the base of the period itself mostly was on the one before."""
    own: bool
    """Whether it is for the statement's own period."""
    rated: RatedLine | None = None

    @property
    def id(self) -> str:
        name = f"{self.schedule.id}/{self.charge.id}"
        in_advance = self.charge.cadence is Cadence.IN_ADVANCE
        return f"{name}@{self.service_period.start.isoformat()}" if in_advance else name


@dataclass(slots=True)
class _Draft:
    """A statement on its way to being rated."""

    terms: Terms
    agreement: Agreement
    period: BillingPeriod
    entries: list[_Entry]


def rate_statements(
    terms: Sequence[Terms],
    periods: Sequence[BillingPeriod],
    book: UsageBook,
) -> list[Statement]:
    """Rate periods on terms, period by period and agreement by agreement; periods outside a term give nothing.

    First the lines that stand alone are rated, then the commitments that they draw down.
    """
    drafts = []
    for period in periods:
        for each in terms:
            agreement = each.on(period.start)
            if agreement is not None:
                entries = list(_entries(each, agreement, period))
                drafts.append(_Draft(each, agreement, period, entries))
    for covering in (False, True):
        _rate(drafts, book, covering=covering)
    return [_statement(draft, book) for draft in drafts]


def _entries(terms: Terms, agreement: Agreement, period: BillingPeriod) -> Iterator[_Entry]:
    """Yield what falls due on the statement of a period, in print order, and the period's own base.

    Usage is billed in arrears; a charge in advance is billed for the period to come, on the terms then in force, and
    on the first statement of the term for its own period too.
    """
    coming = period.next_month()
    ahead = terms.on(coming.start) if coming.start < agreement.end_date else None
    upcoming = {(s.id, c.id): (s, c) for s, c in _charges(ahead) if c.cadence is Cadence.IN_ADVANCE}
    first = period.start == agreement.start_date
    for schedule, charge in _charges(agreement):
        in_advance = charge.cadence is Cadence.IN_ADVANCE
        yield _Entry(schedule, charge, period, printed=first or not in_advance, own=True)
        if in_advance and (schedule.id, charge.id) in upcoming:
            yield _Entry(*upcoming.pop((schedule.id, charge.id)), coming, printed=True, own=False)
    for schedule, charge in upcoming.values():
        yield _Entry(schedule, charge, coming, printed=True, own=False)


def _charges(agreement: Agreement | None) -> Iterator[tuple[Schedule, Charge]]:
    for schedule in agreement.schedules if agreement is not None else ():
        for charge in schedule.charges:
            yield schedule, charge


def _rate(drafts: Sequence[_Draft], book: UsageBook, *, covering: bool) -> None:
    """Rate the entries of all drafts that look at the amounts of other charges, or those that do not."""
    for draft in drafts:
        for entry in draft.entries:
            if bool(entry.charge.covers) is covering:
                reading = _reading(draft, entry, book)
                entry.rated = rate_line(entry.charge, reading, draft.agreement.currency)


def _reading(draft: _Draft, entry: _Entry, book: UsageBook) -> Reading:
    reading = book.reading(entry.charge, entry.schedule, draft.terms, draft.agreement, entry.service_period)
    if not entry.charge.covers:
        return reading
    own = {
        other.charge.id: other.rated.amount
        for other in draft.entries
        if other.own and other.schedule.id == entry.schedule.id and other.rated is not None
    }
    return replace(reading, covered={charge: own.get(charge, Decimal(0)) for charge in entry.charge.covers})


def _statement(draft: _Draft, book: UsageBook) -> Statement:
    currency = draft.agreement.currency
    printed, own = [], []
    for entry in draft.entries:
        if entry.rated is None:
            raise AssertionError(f"{entry.id} was not rated")
        amount = Money(entry.rated.amount, currency)
        if entry.printed and not (entry.charge.omit_when_zero and amount.amount == 0):
            behind = book.behind(entry.charge, entry.schedule, draft.agreement, entry.service_period)
            line = StatementLine(entry.id, entry.schedule, entry.service_period, entry.rated, tuple(behind))
            printed.append((line, amount))
        if entry.own:
            own.append(amount)
    return Statement(
        draft.agreement,
        draft.period,
        tuple(line for line, _ in printed),
        total([amount for _, amount in printed], currency),
        total(own, currency),
        tuple(each for held in draft.agreement.schedules for each in book.on_schedule(draft.period, held.id)),
    )
