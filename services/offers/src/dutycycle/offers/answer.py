"""Answers: what a customer said to an offer, once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum


class AnswerKind(Enum):
    """What was said."""

    ACCEPTED = "accepted"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Answer:
    """The one answer to an offer."""

    decision: str
    """Resource name of the decision that carried the offer."""
    customer: str
    period_start: date
    """Of the invoice that carried it."""
    subject: str
    kind: AnswerKind
    answered_by: str
    reason: str
    answered_at: datetime
    amendment: str = ""
    """Resource name of the amendment, once drafted."""


def amendment_name(decision: str) -> str:
    """Return the name of the amendment of a decision: one decision can bring no second one."""
    return f"amendments/{decision.removeprefix('decisions/')}"
