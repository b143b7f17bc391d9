"""Statements: everything rated for one period of one agreement."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dutycycle.charge.adjust import Cadence
from dutycycle.charge.charge import Charge
from dutycycle.charge.measure import Aggregation
from dutycycle.charge.price import Commitment
from dutycycle.kit.fraction import total as add_exactly
from dutycycle.kit.money import Money, total
from dutycycle.kit.period import BillingPeriod
from dutycycle.rating.contract import Agreement, Placement, Schedule, Terms
from dutycycle.rating.line import RatedLine
from dutycycle.rating.pipeline import Request, rate_lines
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

    agreement: Agreement
    period: BillingPeriod
    entries: list[_Entry]
    usage: Mapping[str, Sequence[PlacementUsage]]
    """Usage of the period, by schedule."""
    placements: Mapping[str, Placement]


def rate_statements(
    terms: Sequence[Terms],
    periods: Sequence[BillingPeriod],
    usage: Sequence[PlacementUsage],
    placements: Mapping[str, Placement],
) -> list[Statement]:
    """Rate periods on terms, period by period and agreement by agreement; periods outside a term give nothing.

    All lines of all periods pass the core together: first those that stand alone, then the commitments they draw down.
    """
    by_period = _by_period_and_schedule(usage, placements)
    drafts = []
    for period in periods:
        for each in terms:
            agreement = each.on(period.start)
            if agreement is not None:
                entries = list(_entries(each, agreement, period))
                drafts.append(_Draft(agreement, period, entries, by_period.get(period, {}), placements))
    _rate(drafts, commitments=False)
    _rate(drafts, commitments=True)
    return [_statement(draft) for draft in drafts]


def _by_period_and_schedule(
    usage: Sequence[PlacementUsage], placements: Mapping[str, Placement]
) -> dict[BillingPeriod, dict[str, list[PlacementUsage]]]:
    grouped: dict[BillingPeriod, dict[str, list[PlacementUsage]]] = defaultdict(lambda: defaultdict(list))
    for each in usage:
        grouped[each.period][placements[each.placement].schedule].append(each)
    return grouped


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


def _rate(drafts: Sequence[_Draft], *, commitments: bool) -> None:
    """Rate the entries of all drafts that are, or are not, commitments."""
    chosen = [
        (draft, entry)
        for draft in drafts
        for entry in draft.entries
        if isinstance(entry.charge.price.model, Commitment) is commitments
    ]
    requests = [Request(entry.charge, _reading(draft, entry), draft.agreement.currency) for draft, entry in chosen]
    for (_, entry), rated in zip(chosen, rate_lines(requests), strict=True):
        entry.rated = rated


def _reading(draft: _Draft, entry: _Entry) -> Reading:
    model, measure = entry.charge.price.model, entry.charge.measure
    if isinstance(model, Commitment):
        own = {
            other.charge.id: other.rated.amount
            for other in draft.entries
            if other.own and other.schedule.id == entry.schedule.id and other.rated is not None
        }
        return Reading(covered={charge: own.get(charge, Decimal(0)) for charge in model.covers})
    if measure is None:
        return Reading()
    usage = draft.usage.get(entry.schedule.id, ())
    if measure.aggregation is Aggregation.ASSETS_ACTIVE:
        return Reading(Decimal(len({draft.placements[each.placement].asset for each in usage})))
    return Reading(add_exactly(each.quantities.get(measure.meter, Decimal(0)) for each in usage))


def _statement(draft: _Draft) -> Statement:
    currency = draft.agreement.currency
    printed, own = [], []
    for entry in draft.entries:
        if entry.rated is None:
            raise AssertionError(f"{entry.id} was not rated")
        amount = Money(entry.rated.amount, currency)
        if entry.printed:
            printed.append((StatementLine(entry.id, entry.schedule, entry.service_period, entry.rated), amount))
        if entry.own:
            own.append(amount)
    return Statement(
        draft.agreement,
        draft.period,
        tuple(line for line, _ in printed),
        total([amount for _, amount in printed], currency),
        total(own, currency),
        tuple(each for schedule in draft.agreement.schedules for each in draft.usage.get(schedule.id, ())),
    )
