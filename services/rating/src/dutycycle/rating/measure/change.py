"""Changes of a quantity within a period, for tiers that price each change where it happens."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from dutycycle.charge.portion import Change
from dutycycle.rating.measure.civil_day import civil_day
from dutycycle.rating.measure.event import Event

ONE_DAY = timedelta(days=1)


def changes_of_values(
    events: Iterable[Event], start: datetime, end: datetime, zone: str, duration_days: Decimal | None = None
) -> tuple[Change, ...]:
    """Return what events add, each with the part of the period that is left, its own day included.

    What was added before the period enters with its start, as one change for the whole period.

    Args:
        duration_days: days that make the whole; None: those of the period.
    """
    first, last = _days(start, end, zone)
    whole = Fraction(duration_days) if duration_days is not None else Fraction((last - first).days + 1)
    known = sorted((each for each in events if each.value is not None and each.at < end), key=_moment)
    before = sum((Fraction(each.value or 0) for each in known if each.at < start), Fraction(0))
    changes = [Change(before, Fraction((last - first).days + 1) / whole)] if before else []
    for each in known:
        if each.at >= start:
            left = (last - civil_day(each.at, zone)).days + 1
            changes.append(Change(Fraction(each.value or 0), left / whole))
    return tuple(changes)


def changes_of_ids(
    events: Iterable[Event], start: datetime, end: datetime, zone: str, duration_days: Decimal | None = None
) -> tuple[Change, ...]:
    """Return ids added and removed: one that comes counts for its days in use, one that goes for nothing.

    A day on which an id goes and comes again counts once. Ids that went before the period are passed over.
    """
    first, last = _days(start, end, zone)
    whole = Fraction(duration_days) if duration_days is not None else Fraction((last - first).days + 1)
    ordered = [each for each in sorted(events, key=_moment) if each.id and each.at < end]
    changes: list[tuple[datetime, int, Change]] = []
    for name in dict.fromkeys(each.id for each in ordered):
        counted = first - ONE_DAY
        for at, gone in _stays([each for each in ordered if each.id == name]):
            if gone is not None and gone < start:
                continue
            begins = max(first, civil_day(at, zone), counted + ONE_DAY)
            ends = last if gone is None else min(last, civil_day(gone, zone))
            share = Fraction(max(0, (ends - begins).days + 1)) / whole
            counted = max(counted, ends)
            changes.append((max(at, start), len(changes), Change(Fraction(1), share)))
            if gone is not None:
                changes.append((gone, len(changes), Change(Fraction(-1), Fraction(0))))
    return tuple(change for *_, change in sorted(changes, key=lambda each: each[:2]))


def _stays(events: Sequence[Event]) -> list[tuple[datetime, datetime | None]]:
    """Return from when to when one id was in use; None: it still is. Adding what is in use changes nothing."""
    stays: list[tuple[datetime, datetime | None]] = []
    since: datetime | None = None
    for each in events:
        if each.adds and since is None:
            since = each.at
        elif not each.adds and since is not None:
            stays.append((since, each.at))
            since = None
    return stays if since is None else [*stays, (since, None)]


def _days(start: datetime, end: datetime, zone: str) -> tuple[date, date]:
    """Return the first and the last civil day of a period."""
    return civil_day(start, zone), civil_day(end - timedelta(microseconds=1), zone)


def _moment(event: Event) -> datetime:
    return event.at
