"""Errors of the contracts service, each with its stable reason."""

from __future__ import annotations

from collections.abc import Sequence

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


def ill_formed(name: str, violations: Sequence[FieldViolation]) -> InvalidInputError:
    first = violations[0]
    return InvalidInputError(
        "AGREEMENT_INVALID",
        f"{name}: {first.field}: {first.description}"
        + (f" (and {len(violations) - 1} more)" if len(violations) > 1 else ""),
        {"name": name},
        violations,
    )
