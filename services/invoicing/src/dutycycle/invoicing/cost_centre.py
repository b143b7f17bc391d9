"""What each cost centre of a customer has of an invoice: every line divided, to the last minor unit.

A division for the customer's books. It follows the invoice and changes nothing in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from math import lcm

from dutycycle.invoicing.invoice import AssetUsage, CostCentreShare, Line, LineKind, MonthUse
from dutycycle.invoicing.neighbour import Reach, Statement, Terms
from dutycycle.invoicing.wording import places
from dutycycle.kit.money import Money, allocate, minor_digits
from dutycycle.kit.quantity import EXACT

Weights = Mapping[str, Fraction]
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
    minor = dict.fromkeys(centres, 0)
    for line in statement.lines:
        parts = _divide(int(line.amount.amount.scaleb(digits)), centres, _weights(line, statement.assets, terms))
        minor = {centre: minor[centre] + parts[centre] for centre in centres}
    placed = _placed(statement.assets)
    used = _used(month, centres, statement.assets, terms)
    shares = [
        CostCentreShare(
            centre,
            int(placed[centre]),
            used[centre],
            Money(Decimal(minor[centre]).scaleb(-digits), statement.total.currency),
        )
        for centre in centres
    ]
    return tuple(sorted(shares, key=lambda share: (-share.amount.amount, share.cost_centre)))


def _weights(line: Line, fleet: Sequence[AssetUsage], terms: Terms) -> Weights:
    reach = terms.reaches.get((line.schedule, line.charge), Reach("", frozenset([line.schedule])))
    reached = [asset for asset in fleet if not reach.schedules or asset.schedule in reach.schedules]
    rules: list[Weights] = [_placed(reached), _placed(fleet)]
    if line.kind in (LineKind.ASSETS, LineKind.USAGE):
        rules.insert(0, _placed([asset for asset in reached if asset.records]))
    if line.kind is LineKind.USAGE:
        rules.insert(0, _measured(reached, reach.meter))
    return next(rule for rule in rules if any(rule.values()))


def _placed(assets: Iterable[AssetUsage]) -> Weights:
    """Count assets; one that changed its cost centre in the period counts in both."""
    named = {(asset.cost_centre, asset.asset) for asset in assets}
    counts: dict[str, Fraction] = {}
    for centre, _ in named:
        counts[centre] = counts.get(centre, Fraction(0)) + 1
    return counts


def _measured(assets: Iterable[AssetUsage], meter: str) -> Weights:
    """Add up a meter, or records without one. A negative sum, of corrections, weighs nothing."""
    sums: dict[str, Fraction] = {}
    for asset in assets:
        value = Fraction(asset.quantities.get(meter, Decimal(0))) if meter else Fraction(asset.records)
        sums[asset.cost_centre] = sums.get(asset.cost_centre, Fraction(0)) + value
    return {centre: max(Fraction(0), value) for centre, value in sums.items()}


def _used(month: MonthUse, centres: Sequence[str], fleet: Sequence[AssetUsage], terms: Terms) -> dict[str, Decimal]:
    """Divide the month's usage so that it adds up, in steps of the unit in which it is told."""
    unit = terms.usage_unit
    weights = _measured(fleet, unit.meter) if unit else {}
    if unit is None or not any(weights.values()):
        return dict.fromkeys(centres, Decimal(0))
    digits = places([month.used_quantity])
    parts = _divide(int(month.used_quantity.scaleb(digits)), centres, weights)
    return {centre: EXACT.scaleb(Decimal(parts[centre]), -digits) for centre in centres}


def _divide(amount: int, centres: Sequence[str], weights: Weights) -> dict[str, int]:
    scale = lcm(*(weight.denominator for weight in weights.values()))
    whole = [int(weights.get(centre, Fraction(0)) * scale) for centre in centres]
    return dict(zip(centres, allocate(amount, whole), strict=True))
