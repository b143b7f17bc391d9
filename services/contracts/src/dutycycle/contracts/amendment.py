"""Amendments: a change of terms that a customer accepted and the lessor has to approve."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from dutycycle.contracts.agreement import AgreementDraft, AgreementRevision, check_agreement
from dutycycle.kit.errors import FieldViolation
from dutycycle.kit.ids import resource_id

AUTOMATIC = "approved automatically, as the program says"
"""Stands in place of a person where a program's amendments wait for nobody."""


class State(Enum):
    """Where an amendment stands."""

    DRAFT = "draft"
    APPROVED = "approved"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class AmendmentDraft:
    """An amendment as handed in; `body` is the whole of it, without output-only fields."""

    name: str
    agreement: str
    customer: str
    base_etag: str
    """Etag of the revision that the new terms were compared with."""
    earliest_date: date
    """First day on which the terms can be in force."""
    automatic: bool
    """Whether it waits for nobody."""
    terms: AgreementDraft
    body: bytes


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the lessor said, once."""

    decided_by: str
    decided_at: datetime
    effective_date: date | None
    """First day of the new terms; None if they were rejected."""
    reason: str = ""

    @property
    def state(self) -> State:
        return State.REJECTED if self.effective_date is None else State.APPROVED


@dataclass(frozen=True, slots=True)
class Amendment:
    """A stored amendment."""

    draft: AmendmentDraft
    created_at: datetime
    verdict: Verdict | None = None

    @property
    def name(self) -> str:
        return self.draft.name

    @property
    def state(self) -> State:
        return self.verdict.state if self.verdict else State.DRAFT


def check_amendment(draft: AmendmentDraft) -> list[FieldViolation]:
    """Return every wrong field; none if the amendment can be stored."""
    return [*_check_fields(draft), *_check_terms(draft.terms)]


def _check_fields(draft: AmendmentDraft) -> Iterator[FieldViolation]:
    if resource_id(draft.name, "amendments") is None:
        yield FieldViolation("amendment.name", f"{draft.name!r} is not of the form amendments/fl-2013-06")
    if draft.terms.name != draft.agreement:
        yield FieldViolation(
            "amendment.terms.name", f"{draft.terms.name!r} is not {draft.agreement!r}, which it changes"
        )
    if draft.terms.customer != draft.customer:
        yield FieldViolation("amendment.terms.customer", f"{draft.terms.customer!r} is not {draft.customer!r}")
    if draft.earliest_date.day != 1:
        yield FieldViolation("amendment.earliest_date", "terms change with a billing period: give the first of a month")
    if not draft.base_etag:
        yield FieldViolation("amendment.base_etag", "give the etag of the revision that was compared with")


def _check_terms(terms: AgreementDraft) -> Iterator[FieldViolation]:
    for violation in check_agreement(terms):
        yield FieldViolation(violation.field.replace("agreement", "amendment.terms", 1), violation.description)


def first_day(amendment: Amendment, wanted: date | None, today: date) -> date:
    """Return the first day of the new terms: as wanted, else the first of the next month that is not billed yet."""
    if wanted is not None:
        return wanted
    next_month = date(today.year + today.month // 12, today.month % 12 + 1, 1)
    return max(amendment.draft.earliest_date, next_month)


def day_violations(amendment: Amendment, day: date) -> list[FieldViolation]:
    """Return why terms cannot begin on a day; none if they can."""
    draft = amendment.draft
    if day.day != 1:
        return [FieldViolation("effective_date", "terms change with a billing period: give the first of a month")]
    if day < draft.earliest_date:
        return [FieldViolation("effective_date", f"the period before {draft.earliest_date} is billed already")]
    if day >= draft.terms.end_date:
        return [FieldViolation("effective_date", f"the term ends on {draft.terms.end_date}")]
    return []


def is_overtaken(amendment: Amendment, newest: AgreementRevision) -> bool:
    """Whether the agreement was revised since the amendment was compared with it."""
    return amendment.draft.base_etag != newest.etag
