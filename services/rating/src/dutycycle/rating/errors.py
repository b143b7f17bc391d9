"""Errors of rating.

InvalidChargeError     a charge contradicts itself or is ill-typed (one violation a field)
InvalidReadingError    a reading does not fit its charge
LineOverflowError      an amount leaves the 64-bit range at the scale that was asked for
UnexplainedLineError   the steps of a line do not add up to its amount; a fault of the engine, never of the caller
"""

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


class InvalidReadingError(InvalidInputError):
    """A reading does not fit its charge."""

    def __init__(self, charge: str, field: str, description: str) -> None:
        super().__init__(
            "READING_INVALID",
            f"reading of charge {charge!r}: {field} {description}",
            {"charge": charge},
            [FieldViolation(field, description)],
        )


class LineOverflowError(InvalidInputError):
    """An amount leaves the 64-bit range at the scale that was asked for.

    Attributes:
        line: index of the first such line in the columns, from 0.
    """

    def __init__(self, line: int) -> None:
        super().__init__(
            "LINE_OVERFLOW",
            f"line {line} is out of the 64-bit range at the scale asked for; ask for fewer digits after the point",
            {"line": str(line)},
        )
        self.line = line


class UnexplainedLineError(ArithmeticError):
    """The steps of a line do not add up to its amount."""

    def __init__(self, charge: str, explained: str, amount: str) -> None:
        super().__init__(f"steps of charge {charge!r} add up to {explained}, the core rated {amount}")
