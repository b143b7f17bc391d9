"""Agreements: revisions in force from a date, and what they must be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from dutycycle.charge.charge import Charge
from dutycycle.charge.schedule import schedule_violations
from dutycycle.kit.errors import FieldViolation
from dutycycle.kit.ids import resource_id
from dutycycle.kit.period import is_zone

_CURRENCY = re.compile("[A-Z]{3}")


@dataclass(frozen=True, slots=True)
class ScheduleOutline:
    """As much of a schedule as its rules need."""

    field: str
    id: str
    charges: Sequence[Charge]
    """Those that are valid."""
    violations: Sequence[FieldViolation] = ()
    """What is wrong with the others."""


@dataclass(frozen=True, slots=True)
class AgreementDraft:
    """An agreement as handed in; `body` is the whole of it, without output-only fields."""

    name: str
    customer: str
    zone: str
    currency: str
    start_date: date
    end_date: date
    effective_date: date
    schedules: Sequence[ScheduleOutline]
    body: bytes


@dataclass(frozen=True, slots=True)
class AgreementRevision:
    """A stored revision."""

    name: str
    revision: int
    customer: str
    zone: str
    effective_date: date
    body: bytes
    etag: str


@dataclass(frozen=True, slots=True)
class SchedulePlace:
    """Whose a schedule is, and in which zone its days begin."""

    customer: str
    zone: str


def check_agreement(draft: AgreementDraft) -> list[FieldViolation]:
    """Return every wrong field; none if the agreement can be stored."""
    return [*_check_terms(draft), *_check_schedules(draft.schedules)]


def _check_terms(draft: AgreementDraft) -> Iterator[FieldViolation]:
    if resource_id(draft.name, "agreements") is None:
        yield FieldViolation("agreement.name", f"{draft.name!r} is not of the form agreements/ma-fl-2013")
    if resource_id(draft.customer, "customers") is None:
        yield FieldViolation("agreement.customer", f"{draft.customer!r} is not of the form customers/fl")
    if not is_zone(draft.zone):
        yield FieldViolation("agreement.zone", f"{draft.zone!r} is no IANA time zone")
    if not _CURRENCY.fullmatch(draft.currency):
        yield FieldViolation("agreement.currency", f"{draft.currency!r} is no ISO 4217 code")
    if draft.end_date <= draft.start_date:
        yield FieldViolation("agreement.end_date", "the day after the last must be after the first")
    if not draft.start_date <= draft.effective_date < draft.end_date:
        yield FieldViolation("agreement.effective_date", f"{draft.effective_date} is outside the term")
    if draft.effective_date.day != 1 and draft.effective_date != draft.start_date:
        yield FieldViolation(
            "agreement.effective_date", "terms change with a billing period: give the first of a month"
        )
    if not draft.schedules:
        yield FieldViolation("agreement.schedules", "give at least one schedule")


def _check_schedules(schedules: Sequence[ScheduleOutline]) -> Iterator[FieldViolation]:
    seen: set[str] = set()
    for schedule in schedules:
        if not schedule.id or schedule.id in seen:
            yield FieldViolation(f"{schedule.field}.id", f"{schedule.id!r} is empty or used twice")
        seen.add(schedule.id)
        yield from schedule.violations
        for violation in () if schedule.violations else schedule_violations(schedule.charges):
            yield FieldViolation(f"{schedule.field}.{violation.field}", violation.description)


def check_revision(draft: AgreementDraft, first: AgreementRevision) -> list[FieldViolation]:
    """Return what a later revision changes that must stay as it was."""
    violations = []
    if draft.customer != first.customer:
        violations.append(FieldViolation("agreement.customer", f"was {first.customer}; make another agreement"))
    if draft.zone != first.zone:
        violations.append(FieldViolation("agreement.zone", f"was {first.zone}; usage is aggregated in its days"))
    return violations


def in_force(revisions: Sequence[AgreementRevision], day: date | None) -> AgreementRevision | None:
    """Return the revision in force on a day: the newest of those effective by then; without a day, the newest."""
    effective = [r for r in revisions if day is None or r.effective_date <= day]
    return max(effective, key=lambda r: (r.effective_date, r.revision), default=None)
