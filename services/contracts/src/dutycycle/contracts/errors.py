"""Errors of the contracts service, each with its stable reason."""

from __future__ import annotations

from collections.abc import Sequence

from dutycycle.contracts.amendment import State
from dutycycle.kit.errors import ConflictError, FieldViolation, InvalidInputError, NotFoundError, PreconditionError


def unknown(kind: str, name: str) -> NotFoundError:
    return NotFoundError(f"{kind.upper()}_UNKNOWN", f"there is no {kind} {name!r}", {"name": name})


def source_fixed(name: str, source: str) -> PreconditionError:
    return PreconditionError(
        "USAGE_SOURCE_FIXED",
        f"usage of {name} comes as {source}, and what is stored is known by that; make another customer",
        {"name": name, "usage_source": source},
    )


def stale(name: str, given: str, stored: str) -> ConflictError:
    return ConflictError(
        "ETAG_STALE",
        f"{name} was changed since it was read: etag {given} is not {stored}; read it again",
        {"name": name, "given": given, "stored": stored},
    )


def already_decided(name: str, state: State) -> PreconditionError:
    return PreconditionError(
        "AMENDMENT_DECIDED",
        f"{name} is {state.value} already; draft another amendment to change it",
        {"name": name, "state": state.value},
    )


def overtaken(name: str, agreement: str, revision: int) -> PreconditionError:
    return PreconditionError(
        "AMENDMENT_OVERTAKEN",
        f"{agreement} was revised since {name} was drafted, its revision is now {revision}: "
        "what the customer accepted no longer compares with its terms; reject it, and the next invoice offers anew",
        {"name": name, "agreement": agreement, "revision": str(revision)},
    )


def ill_formed(name: str, violations: Sequence[FieldViolation]) -> InvalidInputError:
    return InvalidInputError("AGREEMENT_INVALID", _told(name, violations), {"name": name}, violations)


def ill_formed_amendment(name: str, violations: Sequence[FieldViolation]) -> InvalidInputError:
    return InvalidInputError("AMENDMENT_INVALID", _told(name, violations), {"name": name}, violations)


def ill_formed_catalogue(violations: Sequence[FieldViolation]) -> InvalidInputError:
    return InvalidInputError("CATALOGUE_INVALID", _told("catalogue", violations), {}, violations)


def _told(name: str, violations: Sequence[FieldViolation]) -> str:
    first, others = violations[0], len(violations) - 1
    return f"{name}: {first.field}: {first.description}" + (f" (and {others} more)" if others else "")
