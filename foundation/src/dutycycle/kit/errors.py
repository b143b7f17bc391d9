"""Typed errors that services raise and one interceptor turns into `google.rpc.Status`.

DutycycleError
├── InvalidInputError        the request is wrong whatever the state (field violations)
├── NotFoundError            the thing named does not exist for this tenant
├── ConflictError            someone else changed it first (stale etag, reused request id)
├── PreconditionError        right request, wrong moment (usage incomplete, period issued)
├── UnauthenticatedError     no credential, or one that is not known
├── ResourceExhaustedError   more than the limit that the message names
└── UnavailableError         a dependency is away; try again
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FieldViolation:
    """One wrong field of a request."""

    field: str
    """Path as in the proto: "agreement.schedules[2].charges[0].price"."""
    description: str
    """What is wrong and what to do."""


class DutycycleError(Exception):
    """Say what went wrong, where, and what to do.

    Attributes:
        reason: stable UPPER_SNAKE word of at most 63 characters, for programs.
        message: one sentence for people.
        metadata: every dynamic value of the message, by name.
        violations: the wrong fields, if fields are wrong.
    """

    def __init__(
        self,
        reason: str,
        message: str,
        metadata: Mapping[str, str] | None = None,
        violations: Sequence[FieldViolation] = (),
    ) -> None:
        super().__init__(f"{reason}: {message}")
        self.reason = reason
        self.message = message
        self.metadata = dict(metadata or {})
        self.violations = tuple(violations)

    def __reduce__(self) -> tuple[Callable[..., DutycycleError], tuple[object, ...]]:
        """Say how to make the error again in another process, whatever arguments its own class takes."""
        return _again, (type(self), self.reason, self.message, self.metadata, self.violations)


def _again(
    kind: type[DutycycleError],
    reason: str,
    message: str,
    metadata: Mapping[str, str],
    violations: Sequence[FieldViolation],
) -> DutycycleError:
    error = kind.__new__(kind)
    DutycycleError.__init__(error, reason, message, metadata, violations)
    return error


class InvalidInputError(DutycycleError):
    """The request is wrong whatever the state of the system."""


class NotFoundError(DutycycleError):
    """The thing named does not exist for this tenant."""


class ConflictError(DutycycleError):
    """Someone else changed it first."""


class PreconditionError(DutycycleError):
    """The request is right, the moment is not."""


class UnauthenticatedError(DutycycleError):
    """There is no credential, or it is not known."""


class ResourceExhaustedError(DutycycleError):
    """More than the limit that the message names."""


class UnavailableError(DutycycleError):
    """A dependency is away; the same call may succeed later."""
