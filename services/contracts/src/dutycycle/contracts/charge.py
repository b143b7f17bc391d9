"""What a charge must be for its pipeline to make sense; refused when saved, not when billed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dutycycle.contracts.amount import check_amounts
from dutycycle.kit.errors import FieldViolation

TIERED = ("graduated", "volume")
_ID = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
_SCALES = range(-18, 19)
_PACKAGES = 10**15


@dataclass(frozen=True, slots=True)
class ChargeOutline:
    """As much of a charge as its rules need."""

    field: str
    """Path in the agreement, for messages."""
    id: str
    label: str
    measured: bool
    """Whether it counts anything."""
    needs_meter: bool
    """Whether its aggregation combines values of a meter."""
    meter: str
    baseline: Decimal | None
    on: str
    """Which part is priced: "all", "above" or "difference"."""
    model: str
    """Name of the price model, empty if there is none."""
    bounds: Sequence[Decimal | None] = ()
    """Upper bounds of the tiers, in their order."""
    amounts: Sequence[tuple[str, Decimal]] = ()
    """Every price, bound and size that is given, with its path within the charge."""
    covers: Sequence[str] = ()
    """Charges that draw a commitment down."""
    in_advance: bool = False
    has_minimum: bool = False
    minimum_packages: int = 0
    rounding_scale: int = 0
    """Digits after the point of the amount."""


def check_charge(charge: ChargeOutline) -> Iterator[FieldViolation]:
    """Give every contradiction within a charge."""
    field = charge.field
    if not _ID.fullmatch(charge.id):
        yield FieldViolation(f"{field}.id", f"{charge.id!r} is not of lower-case letters, digits and hyphens, 1 to 63")
    if not charge.label.strip():
        yield FieldViolation(f"{field}.label", "is empty; give what the customer shall read")
    if not charge.model:
        yield FieldViolation(f"{field}.price", "choose exactly one price model")
    if charge.measured and charge.needs_meter and not charge.meter:
        yield FieldViolation(f"{field}.measure.meter", "a sum needs the code of a meter")
    if charge.measured and not charge.needs_meter and charge.meter:
        yield FieldViolation(f"{field}.measure.meter", "a count of active assets takes no meter")
    yield from _check_measured(charge)
    yield from _check_tiers(charge)
    yield from check_amounts(field, charge.model, dict(charge.amounts))
    if not 0 <= charge.minimum_packages <= _PACKAGES:
        yield FieldViolation(f"{field}.price.package.minimum_packages", f"is not from 0 to {_PACKAGES:,}")
    if charge.rounding_scale not in _SCALES:
        yield FieldViolation(f"{field}.rounding.scale", f"is not from {_SCALES[0]} to {_SCALES[-1]}")


def _check_measured(charge: ChargeOutline) -> Iterator[FieldViolation]:
    field = charge.field
    fixed = charge.model in ("flat", "commitment")
    if fixed and charge.measured:
        yield FieldViolation(f"{field}.measure", f"a {charge.model} charge does not depend on a measure")
    if not fixed and charge.model and not charge.measured:
        yield FieldViolation(f"{field}.measure", f"a {charge.model} price needs a measure")
    if charge.baseline is not None and (fixed or charge.baseline < 0):
        wrong = f"a {charge.model} charge has no quantity to compare" if fixed else "is negative"
        yield FieldViolation(f"{field}.baseline", wrong)
    if charge.on in ("above", "difference") and charge.baseline is None:
        yield FieldViolation(f"{field}.baseline", f"price.on: {charge.on} needs a baseline")
    if charge.on == "difference" and charge.model != "per_unit":
        yield FieldViolation(f"{field}.price.on", "difference goes with per_unit only")
    if charge.on != "difference" and any(name.endswith(".credit_unit_amount") for name, _ in charge.amounts):
        yield FieldViolation(f"{field}.price.per_unit.credit_unit_amount", "only price.on: difference credits")
    if charge.in_advance and charge.model != "flat":
        yield FieldViolation(f"{field}.cadence", "usage is known in arrears; only flat charges fall due in advance")
    if charge.has_minimum and charge.on == "difference":
        yield FieldViolation(f"{field}.bound.minimum", "contradicts price.on: difference, which may credit")
    if charge.has_minimum and charge.model == "commitment":
        yield FieldViolation(f"{field}.bound.minimum", "a commitment is itself a minimum")


def _check_tiers(charge: ChargeOutline) -> Iterator[FieldViolation]:
    if charge.model not in TIERED:
        return
    field = f"{charge.field}.price.{charge.model}.tiers"
    if not charge.bounds:
        yield FieldViolation(field, "give at least one tier")
        return
    if any(bound is None for bound in charge.bounds[:-1]):
        yield FieldViolation(field, "only the last tier may be without up_to")
        return
    if charge.bounds[-1] is not None:
        yield FieldViolation(f"{field}[{len(charge.bounds) - 1}].up_to", "leave the last tier open: usage has no limit")
    lower = Decimal(0)
    for index, bound in enumerate(charge.bounds):
        if bound is not None and bound <= lower:
            yield FieldViolation(f"{field}[{index}].up_to", f"{bound} is not above {lower}: tiers ascend")
        lower = bound if bound is not None else lower
    if charge.model == "volume":
        for name, _ in charge.amounts:
            if name.endswith(".cap_amount"):
                yield FieldViolation(f"{charge.field}.{name}", "is for graduated prices only")


def check_covers(charges: Sequence[ChargeOutline]) -> Iterator[FieldViolation]:
    """Give the commitments of a schedule that name charges it does not have, or cannot cover."""
    coverable = {c.id for c in charges if c.measured}
    for charge in charges:
        if charge.model != "commitment":
            continue
        if not charge.covers:
            yield FieldViolation(f"{charge.field}.price.commitment.covers", "name the charges that draw it down")
        if len(set(charge.covers)) < len(charge.covers):
            yield FieldViolation(f"{charge.field}.price.commitment.covers", "names a charge twice")
        for covered in charge.covers:
            if covered not in coverable:
                yield FieldViolation(
                    f"{charge.field}.price.commitment.covers", f"{covered!r} is no usage charge of this schedule"
                )
