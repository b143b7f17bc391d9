"""What each cost centre of a customer has of an invoice: every line divided, to the last minor unit.

A division for the customer's books. It follows the invoice and changes nothing in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from dutycycle.invoicing.invoice import AssetUsage, CostCentreShare, Line, LineKind, MonthUse
from dutycycle.invoicing.neighbour import Reach, Statement, Terms
from dutycycle.invoicing.wording import places
from dutycycle.kit.money import Money, allocate, minor_digits
from dutycycle.kit.quantity import EXACT, from_scaled, to_scaled

Weights = Mapping[str, Decimal]
"""By cost centre; none is negative."""


def divide_invoice(statement: Statement, terms: Terms, month: MonthUse) -> tuple[CostCentreShare, ...]:
    """Divide an invoice among cost centres, the largest part first; nothing where no placement has one.

    A line for usage goes by what the assets measured in its meter, on its schedule or its pool; one for assets by those
    in use; any other by assets placed. Where there is none of that, the next rule counts, and last the whole fleet.
    """
    if not any(asset.cost_centre for asset in statement.assets):
        return ()
    centres = sorted({asset.cost_centre for asset in statement.assets})
    # A charge may say not to round its line; then the total has as many places.
    digits = max(minor_digits(statement.total.currency), places(line.amount.amount for line in statement.lines))
    minor: Counter[str] = Counter()
    for line in statement.lines:
        rules = _rules(line, statement.assets, terms)
        weights = next(rule for rule in rules if any(rule.values()))
        minor.update(_divide(to_scaled(line.amount.amount, digits), centres, weights))
    placed = _placed(statement.assets)
    used = _used(month, centres, statement.assets, terms)
    shares = [
        CostCentreShare(
            centre,
            int(placed[centre]),
            used[centre],
            Money(from_scaled(minor[centre], digits), statement.total.currency),
        )
        for centre in centres
    ]
    return tuple(sorted(shares, key=lambda share: (-share.amount.amount, share.cost_centre)))


def _rules(line: Line, fleet: Sequence[AssetUsage], terms: Terms) -> Iterator[Weights]:
    """Yield the ways to divide a line, the first first; the last one always has weights."""
    reach = terms.reaches.get((line.schedule, line.charge), Reach("", frozenset([line.schedule])))
    reached = [asset for asset in fleet if not reach.schedules or asset.schedule in reach.schedules]
    if line.kind is LineKind.USAGE:
        yield _measured(reached, reach.meter)
    if line.kind in (LineKind.ASSETS, LineKind.USAGE):
        yield _placed(asset for asset in reached if asset.records)
    yield _placed(reached)
    yield _placed(fleet)


def _placed(assets: Iterable[AssetUsage]) -> Weights:
    """Count assets; one that changed its cost centre in the period counts in both."""
    counts = Counter(centre for centre, _ in {(asset.cost_centre, asset.asset) for asset in assets})
    return {centre: Decimal(count) for centre, count in counts.items()}


def _measured(assets: Iterable[AssetUsage], meter: str) -> Weights:
    """Add up a meter, or records without one. A negative sum, of corrections, weighs nothing."""
    sums: dict[str, Decimal] = {}
    for asset in assets:
        value = asset.quantities.get(meter, Decimal(0)) if meter else Decimal(asset.records)
        sums[asset.cost_centre] = EXACT.add(sums.get(asset.cost_centre, Decimal(0)), value)
    return {centre: max(Decimal(0), value) for centre, value in sums.items()}


def _used(month: MonthUse, centres: Sequence[str], fleet: Sequence[AssetUsage], terms: Terms) -> dict[str, Decimal]:
    """Divide the month's usage so that it adds up, in steps of the unit in which it is told."""
    unit = terms.usage_unit
    weights = _measured(fleet, unit.meter) if unit else {}
    if not any(weights.values()):
        return dict.fromkeys(centres, Decimal(0))
    digits = places([month.used_quantity])
    parts = _divide(to_scaled(month.used_quantity, digits), centres, weights)
    return {centre: from_scaled(part, digits) for centre, part in parts.items()}


def _divide(amount: int, centres: Sequence[str], weights: Weights) -> dict[str, int]:
    digits = places(weights.values())
    whole = [to_scaled(weights.get(centre, Decimal(0)), digits) for centre in centres]
    return dict(zip(centres, allocate(amount, whole), strict=True))
