"""Charges of one schedule, and what they must be beside one another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dutycycle.charge.charge import Charge
from dutycycle.kit.errors import FieldViolation


def schedule_violations(charges: Sequence[Charge]) -> Iterator[FieldViolation]:
    """Yield what contradicts itself between charges: an id used twice, a commitment over what is not there."""
    ids = [charge.id for charge in charges]
    for index, charge in enumerate(charges):
        if charge.id in ids[:index]:
            yield FieldViolation(f"charges[{index}].id", f"{charge.id!r} is used twice")
        covers = f"charges[{index}].price.{charge.price.model.name}.covers"
        for covered in charge.covers:
            other = next((each for each in charges if each.id == covered), None)
            if other is None:
                yield FieldViolation(covers, f"names {covered!r}, which is no charge of this schedule")
            elif other.covers:
                yield FieldViolation(covers, f"names {covered!r}, which itself looks at other charges")
