"""Short ways to rate one line in a test."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from dutycycle.charge.adjust import Bound, RoundTo
from dutycycle.charge.baseline import Baseline
from dutycycle.charge.charge import Charge, Price, PriceOn
from dutycycle.charge.measure import Aggregation, Measure, Quantify
from dutycycle.charge.price import Commitment, Flat, PriceModel, Tier, TierTable
from dutycycle.rating.line import RatedLine
from dutycycle.rating.pipeline import rate_line
from dutycycle.rating.reading import Reading

CYCLES = Measure(Aggregation.SUM, "cycles")
AIR_MINUTES = Measure(Aggregation.SUM, "air_minutes")
HOURS = Quantify(Decimal(60), Decimal("0.1"), unit="flight hour", units="flight hours")


def charge(
    model: PriceModel,
    on: PriceOn = PriceOn.ALL,
    *,
    baseline: str | None = None,
    minimum: str | None = None,
    **fields: Any,
) -> Charge:
    """Make a charge on cycles, or without a measure where the price has none."""
    measure = None if isinstance(model, Flat | Commitment) else CYCLES
    return Charge(
        **{"id": "charge", "label": "Cycles", "measure": measure, "quantify": Quantify(unit="cycle", units="cycles")}
        | fields,
        price=Price(model, on),
        baseline=None if baseline is None else Baseline(Decimal(baseline)),
        bound=Bound(None if minimum is None else Decimal(minimum)),
    )


def rate(subject: Charge, quantity: str = "1", **reading: Any) -> RatedLine:
    """Rate a quantity in dollars."""
    return rate_line(subject, Reading(Decimal(quantity), **reading), "USD")


def amount(subject: Charge, quantity: str = "1", **reading: Any) -> Decimal:
    """Return what a quantity comes to."""
    return rate(subject, quantity, **reading).amount


def table(*tiers: tuple[str | None, str, str], at_zero: bool = False, base: str = "0") -> TierTable:
    """Make a tier table of (up to, unit amount, flat amount)."""
    made = tuple(
        Tier(None if up_to is None else Decimal(up_to), Decimal(unit), Decimal(flat)) for up_to, unit, flat in tiers
    )
    return TierTable(made, at_zero, Decimal(base))


def texts(line: RatedLine, stage: str) -> list[str]:
    """Return the words of the steps of one stage."""
    return [step.text for step in line.steps if step.stage == stage]


UNROUNDED = RoundTo(0, None)
