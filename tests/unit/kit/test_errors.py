"""Errors carry what programs and people need, also out of another process."""

from __future__ import annotations

import pickle

import pytest

from dutycycle.kit import errors
from dutycycle.rating.errors import InvalidReadingError


@pytest.mark.parametrize(
    "kind",
    [
        errors.InvalidInputError,
        errors.NotFoundError,
        errors.ConflictError,
        errors.PreconditionError,
        errors.UnauthenticatedError,
        errors.ResourceExhaustedError,
        errors.UnavailableError,
    ],
)
def test_every_kind_survives_the_way_from_another_process(kind: type[errors.DutycycleError]) -> None:
    error = kind("ODD_THING", "it is odd", {"what": "thing"}, [errors.FieldViolation("a.b[2]", "must be even")])
    again = pickle.loads(pickle.dumps(error))  # noqa: S301  # our own bytes
    assert type(again) is kind
    assert str(again) == "ODD_THING: it is odd"
    assert (again.reason, again.message, again.metadata) == ("ODD_THING", "it is odd", {"what": "thing"})
    assert again.violations == (errors.FieldViolation("a.b[2]", "must be even"),)


def test_a_kind_with_arguments_of_its_own_survives_it_too() -> None:
    error = InvalidReadingError("hours", "quantity", "is negative")
    again = pickle.loads(pickle.dumps(error))  # noqa: S301  # as above
    assert type(again) is InvalidReadingError
    assert (str(again), again.violations) == (str(error), error.violations)
