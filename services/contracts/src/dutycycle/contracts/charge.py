"""What a charge must be for its pipeline to make sense; refused when saved, not when billed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dutycycle.kit.errors import FieldViolation

TIERED = ("graduated", "volume")


@dataclass(frozen=True, slots=True)
class ChargeOutline:
    """As much of a charge as its rules need."""

    field: str
    """Path in the agreement, for messages."""
    id: str
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
    """Every price and size, with its field."""
    covers: Sequence[str] = ()
    """Charges that draw a commitment down."""
    in_advance: bool = False
    has_minimum: bool = False


def check_charge(charge: ChargeOutline) -> Iterator[FieldViolation]:
    """Give every contradiction within a charge."""
    field = charge.field
    if not charge.id:
        yield FieldViolation(f"{field}.id", "give the charge an id")
    if not charge.model:
        yield FieldViolation(f"{field}.price", "choose exactly one price model")
    if charge.measured and charge.needs_meter and not charge.meter:
        yield FieldViolation(f"{field}.measure.meter", "a sum needs the code of a meter")
    if charge.measured and not charge.needs_meter and charge.meter:
        yield FieldViolation(f"{field}.measure.meter", "a count of active assets takes no meter")
    yield from _check_measured(charge)
    yield from _check_tiers(charge)
    for name, amount in charge.amounts:
        if amount < 0:
            yield FieldViolation(f"{field}.{name}", f"{amount} is negative; credits come from price.on: difference")


def _check_measured(charge: ChargeOutline) -> Iterator[FieldViolation]:
    field = charge.field
    fixed = charge.model in ("flat", "commitment")
    if fixed and charge.measured:
        yield FieldViolation(f"{field}.measure", f"a {charge.model} charge does not depend on a measure")
    if not fixed and charge.model and not charge.measured:
        yield FieldViolation(f"{field}.measure", f"a {charge.model} price needs a measure")
    if charge.on in ("above", "difference") and charge.baseline is None:
        yield FieldViolation(f"{field}.baseline", f"price.on: {charge.on} needs a baseline")
    if charge.on == "difference" and charge.model != "per_unit":
        yield FieldViolation(f"{field}.price.on", "difference goes with per_unit only")
    if charge.in_advance and charge.measured:
        yield FieldViolation(f"{field}.cadence", "usage is known in arrears; only flat charges fall due in advance")
    if charge.has_minimum and charge.on == "difference":
        yield FieldViolation(f"{field}.bound.minimum", "contradicts price.on: difference, which may credit")


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


def check_covers(charges: Sequence[ChargeOutline]) -> Iterator[FieldViolation]:
    """Give the commitments of a schedule that name charges it does not have, or cannot cover."""
    coverable = {c.id for c in charges if c.measured}
    for charge in charges:
        if charge.model != "commitment":
            continue
        if not charge.covers:
            yield FieldViolation(f"{charge.field}.price.commitment.covers", "name the charges that draw it down")
        for covered in charge.covers:
            if covered not in coverable:
                yield FieldViolation(
                    f"{charge.field}.price.commitment.covers", f"{covered!r} is no usage charge of this schedule"
                )
