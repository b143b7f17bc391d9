"""From drafts to columns and back: where the core sets the amounts."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import numpy as np
import structlog
from numpy.typing import NDArray

from dutycycle.kit.quantity import from_scaled, to_scaled
from dutycycle.rating import core, oracle
from dutycycle.rating.charge import Charge, RoundTo
from dutycycle.rating.columns import Columns
from dutycycle.rating.draft import Draft
from dutycycle.rating.errors import LineOverflowError
from dutycycle.rating.fraction import finite_scale, places, to_decimal

LARGEST_SCALE = 18
"""Digits after the point with which quantities and amounts enter and leave the core at most."""

log = structlog.get_logger()


def settle(drafts: Sequence[Draft], core_name: str) -> None:
    """Let the core set the amounts, all drafts as columns.

    Where a value leaves 64 bits, lines go through the core one by one, each at the scale that it needs alone, and only
    those that still do not fit are rated in integers of any width.
    """
    try:
        amounts = _rate_columns(drafts, core_name)
    except LineOverflowError:
        amounts = [_rate_alone(draft, core_name) for draft in drafts]
    for draft, amount in zip(drafts, amounts, strict=True):
        draft.amount = amount


def _rate_alone(draft: Draft, core_name: str) -> Decimal:
    try:
        return _rate_columns([draft], core_name)[0]
    except LineOverflowError:
        log.info("rating.wide_line", charge=draft.charge.id)
        return _rate_wide(draft)


def _rate_columns(drafts: Sequence[Draft], core_name: str) -> list[Decimal]:
    """Rate drafts as columns. Raises LineOverflowError where a quantity or an amount leaves 64 bits."""
    tariff: dict[tuple[Charge, RoundTo], int] = {}
    index = [tariff.setdefault((draft.charge, draft.charge.round_to(draft.currency)), len(tariff)) for draft in drafts]
    charges, rounding = [charge for charge, _ in tariff], [rule for _, rule in tariff]
    quantity_scale = max(map(_quantity_scale, drafts))
    scale = max(_amount_scale(charge, rule, quantity_scale) for charge, rule in tariff)
    columns = Columns(
        np.array(index, dtype=np.int32),
        _column([draft.used for draft in drafts], quantity_scale),
        _optional_column([draft.reading.priced_quantity for draft in drafts], quantity_scale),
        _optional_column([draft.reading.prior_quantity for draft in drafts], quantity_scale),
    )
    rated = core.rate(charges, rounding, columns, quantity_scale, scale, core_name)
    return [from_scaled(amount, scale) for amount in rated.tolist()]


def _rate_wide(draft: Draft) -> Decimal:
    """Rate one line in integers of any width."""
    reading, rule = draft.reading, draft.charge.round_to(draft.currency)
    exact = oracle.exact_amount(
        draft.charge,
        Fraction(draft.used),
        None if reading.priced_quantity is None else Fraction(reading.priced_quantity),
        None if reading.prior_quantity is None else Fraction(reading.prior_quantity),
    )
    return to_decimal(oracle.rounded(exact, rule))


def _quantity_scale(draft: Draft) -> int:
    """Return the digits after the point that this line's quantities and package sizes need."""
    packages = draft.charge.curve().packages
    reading = draft.reading
    values = (draft.used, reading.prior_quantity, reading.priced_quantity)
    sizes = (packages.size, packages.free) if packages is not None else ()
    return max(places(value) for value in (*values, *sizes) if value is not None)


def _amount_scale(charge: Charge, rule: RoundTo, quantity_scale: int) -> int:
    """Return the digits after the point that amounts of a charge can have; LARGEST_SCALE where they never end."""
    if rule.direction is not None:
        return max(rule.scale, 0)
    curve = charge.curve()
    bounds = (charge.bound.minimum, getattr(charge.bound, "maximum", None))
    limits = [Fraction(bound) for bound in bounds if bound is not None]
    levels = [curve.base, *limits, *(piece.intercept for piece in curve.pieces)]
    slopes = [finite_scale(piece.slope) for piece in curve.pieces]
    grain = 0 if curve.packages is not None else quantity_scale
    needed = [finite_scale(level) for level in levels] + [None if s is None else s + grain for s in slopes]
    return min(LARGEST_SCALE, max(LARGEST_SCALE if scale is None else scale for scale in needed))


def _column(values: Sequence[Decimal], scale: int) -> NDArray[np.int64]:
    scaled = [to_scaled(value, scale) for value in values]
    for line, value in enumerate(scaled):
        if not -(2**63) <= value < 2**63:
            raise LineOverflowError(line)
    return np.array(scaled, dtype=np.int64)


def _optional_column(values: Sequence[Decimal | None], scale: int) -> NDArray[np.int64] | None:
    known = [value for value in values if value is not None]
    return _column(known, scale) if known else None
