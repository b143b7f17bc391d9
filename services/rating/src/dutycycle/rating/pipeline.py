"""The rating pipeline: one readable tuple of stages, and the core that settles the amount.

Every stage reads a draft and adds its steps. The amount itself comes from the core, which rates all drafts of a call
as columns; the last stage refuses a line whose steps do not add up to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import structlog

from dutycycle.kit.quantity import EXACT, from_scaled, to_scaled
from dutycycle.rating import core, oracle
from dutycycle.rating.charge import Charge, RoundTo, charge_text, rate_text
from dutycycle.rating.columns import Columns
from dutycycle.rating.draft import Draft
from dutycycle.rating.errors import LineOverflowError
from dutycycle.rating.fraction import finite_scale, places, to_decimal
from dutycycle.rating.line import RatedLine
from dutycycle.rating.price import PerUnit
from dutycycle.rating.reading import Reading
from dutycycle.rating.stage.baseline import baseline, falls_due
from dutycycle.rating.stage.bound import bound
from dutycycle.rating.stage.measure import measure
from dutycycle.rating.stage.price import price
from dutycycle.rating.stage.quantify import quantify
from dutycycle.rating.stage.rounding import round_amount

Stage = Callable[[Draft], None]

PIPELINE: tuple[Stage, ...] = (measure, quantify, baseline, price, bound, round_amount)
"""What happens to a reading, in order. The core rates between the first two and the others: it needs the billed
quantity and gives the amount that the last stage checks."""
BEFORE_CORE = PIPELINE[:2]
AFTER_CORE = PIPELINE[2:]

LARGEST_SCALE = 18
"""Digits after the point with which quantities and amounts enter and leave the core at most."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Request:
    """One line to rate."""

    charge: Charge
    reading: Reading
    currency: str


def rate_line(charge: Charge, reading: Reading, currency: str, core_name: str = core.CORE_NAME) -> RatedLine:
    """Rate one line. Raises InvalidReadingError."""
    return rate_lines([Request(charge, reading, currency)], core_name)[0]


def rate_lines(requests: Sequence[Request], core_name: str = core.CORE_NAME) -> list[RatedLine]:
    """Rate lines in one pass through the core; the answer is in the order of the requests."""
    drafts = [_draft(request) for request in requests]
    for draft in drafts:
        for stage in BEFORE_CORE:
            stage(draft)
    due = [draft for draft in drafts if falls_due(draft.charge, draft.reading.position)]
    plain = [draft for draft in due if _stands_alone(draft.reading)]
    continued = [draft for draft in due if draft.reading.prior_quantity is not None]
    prorated = [draft for draft in due if draft.reading.priced_quantity is not None]
    for group in (plain, continued, prorated):
        if group:
            _settle(group, core_name)
    for draft in drafts:
        for stage in AFTER_CORE:
            stage(draft)
    return [_line(draft) for draft in drafts]


def _draft(request: Request) -> Draft:
    request.reading.check(request.charge)
    return Draft(request.charge, request.reading, request.currency, request.charge.words(request.currency))


def _stands_alone(reading: Reading) -> bool:
    return reading.prior_quantity is None and reading.priced_quantity is None


def _settle(drafts: Sequence[Draft], core_name: str) -> None:
    """Let the core set the amounts; where a value leaves 64 bits, the exact path rates line by line."""
    try:
        amounts = _rate_columns(drafts, core_name)
    except LineOverflowError as overflow:
        log.info("rating.wide_line", charge=drafts[overflow.line].charge.id)
        amounts = [_rate_wide(draft) for draft in drafts]
    for draft, amount in zip(drafts, amounts, strict=True):
        draft.amount = amount


def _rate_columns(drafts: Sequence[Draft], core_name: str) -> list[Decimal]:
    """Rate drafts as columns. Raises LineOverflowError where a quantity or an amount leaves 64 bits."""
    tariff: dict[tuple[Charge, RoundTo], int] = {}
    index = [tariff.setdefault((draft.charge, draft.charge.round_to(draft.currency)), len(tariff)) for draft in drafts]
    charges, rounding = [charge for charge, _ in tariff], [rule for _, rule in tariff]
    quantity_scale = max(map(_quantity_scale, drafts))
    scale = max(_amount_scale(charge, rule, quantity_scale) for charge, rule in tariff)
    columns = Columns(
        np.array(index, dtype=np.int32),
        _column((draft.used for draft in drafts), quantity_scale),
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
        oracle.fraction(draft.used),
        None if reading.priced_quantity is None else oracle.fraction(reading.priced_quantity),
        None if reading.prior_quantity is None else oracle.fraction(reading.prior_quantity),
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
    minimum = [] if charge.bound.minimum is None else [oracle.fraction(charge.bound.minimum)]
    levels = [curve.base, *minimum, *(piece.intercept for piece in curve.pieces)]
    slopes = [finite_scale(piece.slope) for piece in curve.pieces]
    grain = 0 if curve.packages is not None else quantity_scale
    needed = [finite_scale(level) for level in levels] + [None if s is None else s + grain for s in slopes]
    return min(LARGEST_SCALE, max(LARGEST_SCALE if scale is None else scale for scale in needed))


def _column(values: Iterable[Decimal], scale: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    scaled = [to_scaled(value, scale) for value in values]
    for line, value in enumerate(scaled):
        if not -(2**63) <= value < 2**63:
            raise LineOverflowError(line)
    return np.array(scaled, dtype=np.int64)


def _optional_column(values: Sequence[Decimal | None], scale: int) -> np.ndarray[tuple[int], np.dtype[np.int64]] | None:
    known = [value for value in values if value is not None]
    return _column(known, scale) if known else None


def _line(draft: Draft) -> RatedLine:
    charge, agreed = draft.charge, draft.charge.baseline
    measured = charge.measure is not None
    model = charge.price.model
    return RatedLine(
        charge=charge.id,
        label=charge.label,
        kind=charge.kind,
        currency=draft.currency,
        amount=draft.amount,
        exact=draft.exact,
        rounded=charge.round_to(draft.currency).direction is not None,
        steps=tuple(draft.steps),
        charge_text=charge_text(charge, draft.currency),
        rate_text=rate_text(charge, draft.currency),
        units=draft.words.units if measured else "",
        baseline_quantity=agreed.quantity if agreed is not None else None,
        used_quantity=draft.used if measured else None,
        adjustment_quantity=EXACT.subtract(draft.used, agreed.quantity) if agreed is not None else None,
        billable_quantity=draft.portion.quantity if draft.portion is not None and measured else None,
        unit_amount=model.price_of(_billed(draft)) if isinstance(model, PerUnit) else None,
    )


def _billed(draft: Draft) -> Decimal:
    return draft.portion.quantity if draft.portion is not None else Decimal(0)
