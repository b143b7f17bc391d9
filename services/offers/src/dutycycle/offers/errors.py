"""Errors of the offers service, each with its stable reason."""

from __future__ import annotations

from dutycycle.kit.errors import FieldViolation, InvalidInputError, NotFoundError, PreconditionError
from dutycycle.kit.period import BillingPeriod


def no_agreement(customer: str, period: BillingPeriod) -> NotFoundError:
    return NotFoundError(
        "AGREEMENT_UNKNOWN",
        f"{customer} has no agreement in force on {period.start}: apply one first",
        {"customer": customer, "period_start": period.start.isoformat()},
    )


def no_decision(name: str) -> NotFoundError:
    return NotFoundError("DECISION_UNKNOWN", f"there is no decision {name!r}", {"name": name})


def link_forged() -> InvalidInputError:
    return InvalidInputError(
        "LINK_FORGED",
        "this link was not made by us, or was cut off: open the link of the invoice or its e-mail again",
        {},
        [FieldViolation("token", "is not signed")],
    )


def nothing_to_accept(decision: str, why: str) -> PreconditionError:
    return PreconditionError("OFFER_CLOSED", f"this offer can no longer be answered: {why}", {"decision": decision})


def answered_already(decision: str, kind: str) -> PreconditionError:
    return PreconditionError("OFFER_ANSWERED", f"this offer was {kind} already", {"decision": decision, "answer": kind})


def not_comparable(agreement: str, rated: int, asked: int) -> PreconditionError:
    return PreconditionError(
        "HISTORY_INCOMPLETE",
        f"rating gave {rated} of {asked} periods of {agreement}: terms cannot be compared",
        {"agreement": agreement, "rated": str(rated), "asked": str(asked)},
    )
