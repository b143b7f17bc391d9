"""Errors of rating.

InvalidReadingError    a reading does not fit its charge
InvalidUsageError      usage that a caller brings along does not fit together
LineOverflowError      an amount leaves the 64-bit range at the scale that was asked for
UnexplainedLineError   the steps of a line do not add up to its amount; a fault of the engine, never of the caller
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dutycycle.kit.errors import (
    FieldViolation,
    InvalidInputError,
    NotFoundError,
    PreconditionError,
    UnavailableError,
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


class InvalidUsageError(InvalidInputError):
    """Usage that a caller brings along does not fit together."""

    def __init__(self, violations: Sequence[FieldViolation]) -> None:
        first = violations[0]
        super().__init__(
            "INVALID_FIELD", f"{first.field}: {first.description}", {"field": first.field}, list(violations)
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


def usage_incomplete(behind: Mapping[str, int], folded: Mapping[str, int]) -> PreconditionError:
    """Refuse to rate before everything that ingest accepted is folded."""
    wanted = ", ".join(f"{source} {folded.get(source, 0)} of {number}" for source, number in sorted(behind.items()))
    return PreconditionError(
        "USAGE_INCOMPLETE",
        f"usage is not all folded yet: {wanted}; ask again in a moment",
        {source: f"{folded.get(source, 0)}/{number}" for source, number in behind.items()},
    )


def unknown_terms(customer: str) -> NotFoundError:
    """Say that a customer has no agreement to rate by."""
    return NotFoundError("AGREEMENT_UNKNOWN", f"there is no agreement with {customer!r}", {"customer": customer})


def unknown_line(customer: str, period: str, line: str) -> NotFoundError:
    """Say that a statement has no such line."""
    return NotFoundError(
        "LINE_UNKNOWN",
        f"the statement of {customer} for {period} has no line {line!r}",
        {"customer": customer, "period": period, "line": line},
    )


def unknown_placement(placement: str) -> PreconditionError:
    """Say that a segment names a placement which contracts does not list."""
    return PreconditionError(
        "PLACEMENT_UNKNOWN",
        f"usage names {placement}, which contracts does not list; folding waits",
        {"placement": placement},
    )


def amount_too_large(charge: str) -> InvalidInputError:
    """Refuse an amount that was rated exactly and that no message can carry."""
    return InvalidInputError(
        "AMOUNT_TOO_LARGE",
        f"charge {charge!r} comes to more than 9.2 × 10^18 of the currency; check quantity and price",
        {"charge": charge},
    )


def stopping() -> UnavailableError:
    """End a stream that has no end of its own before the process does."""
    return UnavailableError("SERVICE_STOPPING", "this replica of rating stops; ask again, another one answers")
