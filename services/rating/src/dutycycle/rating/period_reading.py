"""From stored usage to the readings of a statement: whose usage a charge measures, and of which periods."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction

from dutycycle.charge.charge import Charge
from dutycycle.charge.measure import Aggregation, Measure, Scope
from dutycycle.charge.portion import Entry
from dutycycle.charge.price import Graduated
from dutycycle.kit.fraction import total as add_exactly
from dutycycle.kit.period import BillingPeriod
from dutycycle.rating.contract import Agreement, Asset, Placement, Registry, Schedule, Terms
from dutycycle.rating.quantity import priced_one_by_one
from dutycycle.rating.reading import Reading, Span, Stretch
from dutycycle.rating.usage import PlacementUsage
from dutycycle.rating.usage_reading import UsageRecord, reading_of

SUMMED = (Aggregation.SUM, Aggregation.COUNT, Aggregation.ASSETS_ACTIVE, Aggregation.IN_SERVICE_DAYS)
"""What the cells of a civil day add up to; all else is measured from the records themselves."""


@dataclass(frozen=True, slots=True)
class PlacedRecord:
    """A usage record and where its asset was placed."""

    placement: str
    record: UsageRecord


@dataclass(frozen=True, slots=True)
class UsageBook:
    """What is known of the usage of a customer in some periods."""

    usage: Mapping[BillingPeriod, Mapping[str, Sequence[PlacementUsage]]]
    """By period and schedule."""
    placements: Mapping[str, Placement]
    assets: Mapping[str, Asset]
    records: Sequence[PlacedRecord] = ()
    """Only where a charge is measured from records: all of the term, oldest first."""
    by_customer: Mapping[str, Sequence[Placement]] = field(default_factory=dict)
    """Placements again: a customer has few of all."""
    by_asset: bool = False
    """Whether readings tell what each asset of a pool adds, so that its cost can be allocated."""

    @classmethod
    def of(
        cls,
        usage: Iterable[PlacementUsage],
        placements: Mapping[str, Placement],
        assets: Mapping[str, Asset] | None = None,
        records: Sequence[PlacedRecord] = (),
        *,
        by_asset: bool = False,
    ) -> UsageBook:
        """Make a book of sums by placement and period."""
        by_period: dict[BillingPeriod, dict[str, list[PlacementUsage]]] = defaultdict(lambda: defaultdict(list))
        for each in usage:
            by_period[each.period][placements[each.placement].schedule].append(each)
        by_customer: dict[str, list[Placement]] = defaultdict(list)
        for placement in placements.values():
            by_customer[placement.customer].append(placement)
        return cls(by_period, placements, assets or {}, records, by_customer, by_asset)

    def on_schedule(self, period: BillingPeriod, schedule: str) -> Sequence[PlacementUsage]:
        """Return the usage of the assets of a schedule in a period."""
        return self.usage.get(period, {}).get(schedule, ())

    def behind(
        self, charge: Charge, schedule: Schedule, agreement: Agreement, period: BillingPeriod
    ) -> list[PlacementUsage]:
        """Return the usage in a period that a charge measures."""
        return self._in_pool(_pool(charge, schedule, agreement), period)

    def _in_pool(self, pool: frozenset[str] | None, period: BillingPeriod) -> list[PlacementUsage]:
        schedules = self.usage.get(period, {}) if pool is None else sorted(pool)
        return [each for schedule in schedules for each in self.on_schedule(period, schedule)]

    def reading(
        self, charge: Charge, schedule: Schedule, terms: Terms, agreement: Agreement, period: BillingPeriod
    ) -> Reading:
        """Measure a period for a charge, with as many periods before it as the charge depends on."""
        number = agreement.number_of(period)
        history: list[Reading] = []
        for earlier in period.last_months(charge.periods_needed(number) + 1)[:-1]:
            then = terms.on(earlier.start)
            held = then.find(schedule.id, charge.id) if then is not None else None
            if then is not None and held is not None:
                history.append(replace(self._one(held, schedule, then, earlier), charge=held))
        linked = tuple(replace(each, history=tuple(history[:index])) for index, each in enumerate(history))
        one = self._one(charge, schedule, agreement, period)
        return replace(one, history=linked, since=number - len(linked))

    def _one(self, charge: Charge, schedule: Schedule, agreement: Agreement, period: BillingPeriod) -> Reading:
        """Measure one period by itself."""
        measure, number = charge.measure, agreement.number_of(period)
        stretches = tuple(_stretches(agreement, period))
        if measure is None:
            return Reading(number=number, period=period, stretches=stretches)
        pool = _pool(charge, schedule, agreement)
        apart = self.by_asset or priced_one_by_one(charge)
        if not apart and not needs_records(charge) and measure.aggregation is not Aggregation.IN_SERVICE_DAYS:
            together = Reading(self._together(measure, pool, period), number=number, period=period, stretches=stretches)
            if charge.baseline is None or not charge.baseline.by_asset:
                return together
            placed = self._placed(agreement, pool, period)
            return replace(together, assets=len(placed), in_service=placed)
        placed = self._placed(agreement, pool, period)
        if needs_records(charge):
            records = [each.record for each in self.records if self._is_in(each.placement, pool)]
            measured = reading_of(charge, records, period, agreement.zone, number)
            known = {entry.key for entry in measured.entries}
            idle = [Entry(asset, Fraction(0), self._attributes(asset)) for asset in placed if asset not in known]
            entries = (*measured.entries, *(idle if charge.select.scope is Scope.ASSET else ()))
            return replace(measured, entries=entries, assets=len(placed), in_service=placed, stretches=stretches)
        entries = self._entries(measure, pool, period, placed)
        quantity = sum((entry.quantity for entry in entries), Fraction(0))
        if charge.select.scope is Scope.GROUP:
            entries = _grouped(entries, charge.select.group)
        return Reading(
            quantity,
            entries=entries,
            assets=len(placed),
            in_service=placed,
            number=number,
            period=period,
            stretches=stretches,
        )

    def _together(self, measure: Measure, pool: frozenset[str] | None, period: BillingPeriod) -> Fraction:
        """Measure a pool as a whole; what each asset adds is not asked for."""
        usage = self._in_pool(pool, period)
        if measure.aggregation is Aggregation.ASSETS_ACTIVE:
            return Fraction(len({self.placements[each.placement].asset for each in usage}))
        if measure.aggregation is Aggregation.COUNT:
            return Fraction(sum(each.records for each in usage))
        nothing = Decimal(0)
        return sum(
            (
                Fraction(each.weight) * Fraction(add_exactly(use.quantities.get(each.meter, nothing) for use in usage))
                for each in measure.weighted_meters
            ),
            Fraction(0),
        )

    def _is_in(self, placement: str, pool: frozenset[str] | None) -> bool:
        return pool is None or self.placements[placement].schedule in pool

    def _placed(self, agreement: Agreement, pool: frozenset[str] | None, period: BillingPeriod) -> dict[str, Fraction]:
        """Return the assets of the pool that are in service in a period, each with its share of the days."""
        shares: dict[str, Fraction] = defaultdict(Fraction)
        for placement in self.by_customer.get(agreement.customer, ()):
            days = placement.days_within(period)
            if days and (pool is None or placement.schedule in pool):
                shares[placement.asset] += Fraction(days, period.days)
        return dict(sorted(shares.items()))

    def _entries(
        self, measure: Measure, pool: frozenset[str] | None, period: BillingPeriod, placed: Mapping[str, Fraction]
    ) -> tuple[Entry, ...]:
        """Return what each asset of the pool adds to the measure; an idle one nothing, but it is there."""
        counted = measure.aggregation is Aggregation.ASSETS_ACTIVE
        if measure.aggregation is Aggregation.IN_SERVICE_DAYS:
            amounts = dict(placed)
        else:
            amounts = {} if counted else dict.fromkeys(placed, Fraction(0))
            for each in self._in_pool(pool, period):
                asset = self.placements[each.placement].asset
                amounts[asset] = amounts.get(asset, Fraction(0)) + _amount(measure, each)
        return tuple(
            Entry(asset, Fraction(1) if counted else amount, self._attributes(asset))
            for asset, amount in sorted(amounts.items())
        )

    def _attributes(self, asset: str) -> dict[str, str]:
        return {"asset": asset, **attributes_of(self.assets.get(asset))}


def described(record: PlacedRecord, registry: Registry) -> PlacedRecord:
    """Return a record with the asset it was placed for, and what is known of that."""
    asset = registry.placements[record.placement].asset
    attributes = {**attributes_of(registry.assets.get(asset)), **record.record.attributes}
    return replace(record, record=replace(record.record, asset=asset, attributes=attributes))


def attributes_of(asset: Asset | None) -> dict[str, str]:
    """Return the attributes of an asset by which usage may be grouped and priced."""
    described = {} if asset is None else {"manufacturer": asset.manufacturer, "model": asset.model}
    return {name: value for name, value in described.items() if value}


def _amount(measure: Measure, usage: PlacementUsage) -> Fraction:
    if measure.aggregation is Aggregation.COUNT:
        return Fraction(usage.records)
    return sum(
        (Fraction(each.weight) * Fraction(usage.quantities.get(each.meter, 0)) for each in measure.weighted_meters),
        Fraction(0),
    )


def _grouped(entries: Sequence[Entry], attribute: str) -> tuple[Entry, ...]:
    """Add assets up by an attribute; those that lack it are a group of their own."""
    groups: dict[str, Fraction] = defaultdict(Fraction)
    for entry in entries:
        groups[entry.attributes.get(attribute, f"no {attribute}")] += entry.quantity
    return tuple(Entry(name, quantity, {attribute: name}) for name, quantity in sorted(groups.items()))


def _pool(charge: Charge, schedule: Schedule, agreement: Agreement) -> frozenset[str] | None:
    """Return the schedules whose assets are measured together; None: all of the customer."""
    select = charge.select
    if select.scope in (Scope.AGREEMENT, Scope.CUSTOMER) and select.schedules:
        return frozenset(select.schedules)
    if select.scope is Scope.AGREEMENT:
        return frozenset(each.id for each in agreement.schedules)
    return None if select.scope is Scope.CUSTOMER else frozenset([schedule.id])


def _stretches(agreement: Agreement, period: BillingPeriod) -> Iterator[Stretch]:
    """Yield the time of the term within a period that it covers in part only."""
    start, end = max(period.start, agreement.start_date), min(period.end, agreement.end_date)
    if (start, end) != (period.start, period.end):
        yield Stretch(Span(start, end), Span(period.start, period.end))


def needs_records(charge: Charge) -> bool:
    """Whether a charge looks at more than the sums of civil days."""
    measure, model = charge.measure, charge.price.model
    if measure is None:
        return False
    prorates = isinstance(model, Graduated) and model.table.prorate_changes
    special = measure.aggregation not in SUMMED or measure.window is not None or bool(measure.where or measure.each)
    return special or prorates or measure.minimum_event is not None


def periods_behind(terms: Sequence[Terms], periods: Iterable[BillingPeriod]) -> list[BillingPeriod]:
    """Return the periods that those asked depend on, with themselves, in order."""
    found: set[BillingPeriod] = set()
    for period in periods:
        found.add(period)
        for agreement in (each.on(period.start) for each in terms):
            charges = () if agreement is None else (c for s in agreement.schedules for c in s.charges)
            for charge in charges:
                needed = charge.periods_needed(agreement.number_of(period)) if agreement is not None else 0
                found.update(period.last_months(needed + 1))
    return sorted(found)
