"""What changed, in two sentences with numbers: the usage against the baseline, and the bill against the last one."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from dutycycle.invoicing.invoice import Line, LineKind, MonthUse
from dutycycle.invoicing.wording import percent, places, quantity
from dutycycle.kit.money import Money, total
from dutycycle.kit.period import BillingPeriod

DRIVERS = 3
"""Differences that are named, the largest first; the others are added up."""


def usage_sentence(month: MonthUse, units: str, asset_noun: str) -> str:
    """Say what was used against what was agreed, for usage and for assets, as far as each is measured."""
    digits = places([month.used_quantity, month.baseline_quantity])
    used, compared = [], []
    if units:
        used.append(f"{quantity(month.used_quantity, digits)} {units}")
        compared.append(_against(month.used_quantity, month.baseline_quantity, "the baseline of", units, digits))
    if month.assets_active or month.assets_baseline:
        used.append(f"{quantity(month.assets_active)} {asset_noun}")
        compared.append(_against(month.assets_active, month.assets_baseline, "the agreed", asset_noun, 0))
    comparison = " and ".join(text for text in compared if text)
    return f"You used {' with '.join(used)}{': ' if comparison else ''}{comparison}."


def bill_sentence(
    lines: Sequence[Line], before: Sequence[Line] | None, period: BillingPeriod, *, asset_noun: str, last_period: bool
) -> str:
    """Say how the bill differs from the one before and what drives that; `before` is None on the first."""
    currency = lines[0].amount.currency if lines else "USD"
    due = total([line.amount for line in lines], currency)
    now = _by_cause(lines, asset_noun, currency)
    if before is None:
        parts = _listed([(cause, amount) for cause, amount in now.items() if amount.amount], signed=False)
        return f"This is the first bill under the agreement: {parts}." if parts else "This is the first bill."
    earlier = total([line.amount for line in before], currency)
    difference = due - earlier
    month = f"{period.previous_month().start:%B}’s {earlier.text()}"
    then = _by_cause(before, asset_noun, currency)
    nothing = Money(Decimal(0), currency)
    moved = [(cause, now.get(cause, nothing) - then.get(cause, nothing)) for cause in now | then]
    parts = _listed([(cause, amount) for cause, amount in moved if amount.amount], signed=True)
    ending = f"; no further base charge, since the term ends on {_day(period)}" if last_period else ""
    if not difference.amount:
        return f"The bill is the same as {month}{': ' + parts if parts else ''}{ending}."
    direction = "higher" if difference.amount > 0 else "lower"
    return f"The bill is {_absolute(difference)} {direction} than {month}: {parts}{ending}."


def _against(used: Decimal, baseline: Decimal, name: str, units: str, digits: int) -> str:
    if not baseline:
        return ""
    difference = used - baseline
    agreed = f"{name} {quantity(baseline, digits)}"
    if not difference:
        return f"exactly {agreed}{'' if name.startswith('the base') else ' ' + units}"
    side = "above" if difference > 0 else "below"
    return f"{quantity(abs(difference), digits)} {units} ({percent(abs(difference), baseline)}) {side} {agreed}"


def _by_cause(lines: Sequence[Line], asset_noun: str, currency: str) -> dict[str, Money]:
    names = {LineKind.BASE: "base charges", LineKind.ASSETS: asset_noun, LineKind.TOP_UP: "top-ups to minimums"}
    sums: dict[str, list[Money]] = {}
    for line in lines:
        sums.setdefault(names.get(line.kind, line.units or line.label), []).append(line.amount)
    return {cause: total(amounts, currency) for cause, amounts in sums.items()}


def _listed(parts: Sequence[tuple[str, Money]], *, signed: bool) -> str:
    ordered = sorted(parts, key=lambda part: -abs(part[1].amount))
    named, rest = ordered[:DRIVERS], ordered[DRIVERS:]
    if rest:
        named.append(("other charges", total([amount for _, amount in rest], rest[0][1].currency)))
    return ", ".join(f"{cause} {_sign(amount) if signed else amount.text()}" for cause, amount in named)


def _sign(amount: Money) -> str:
    return f"+{amount.text()}" if amount.amount > 0 else amount.text()


def _absolute(amount: Money) -> str:
    return Money(abs(amount.amount), amount.currency).text()


def _day(period: BillingPeriod) -> str:
    return f"{period.end.day} {period.end:%B %Y}"
