"""Errors of charges."""

from __future__ import annotations

from collections.abc import Sequence

from dutycycle.kit.errors import FieldViolation, InvalidInputError


class InvalidChargeError(InvalidInputError):
    """A charge contradicts itself or is ill-typed."""

    def __init__(self, charge: str, violations: Sequence[FieldViolation]) -> None:
        first = violations[0]
        super().__init__(
            "CHARGE_INVALID",
            f"charge {charge!r}: {first.field} {first.description}",
            {"charge": charge},
            violations,
        )

    def within(self, field: str) -> InvalidChargeError:
        """Return the same error with the path to the charge in front of every field."""
        charge = self.metadata["charge"]
        return InvalidChargeError(
            charge, [FieldViolation(f"{field}.{v.field}", v.description) for v in self.violations]
        )
