"""Assets of one model on one schedule: how far they fill their part of the baseline, and where they are heading."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dutycycle.kit.quantity import EXACT, round_to_scale
from dutycycle.offers.asset_risk import Asset
from dutycycle.offers.history import History, Use, UseKind, used_percent
from dutycycle.offers.terms import ChargeKind, ChargeTerms, Terms
from dutycycle.offers.trend import slope_percent


@dataclass(frozen=True, slots=True, order=True)
class GroupKey:
    """What assets of a group have in common."""

    schedule: str
    manufacturer: str
    """Empty: not registered."""
    model: str
    """Empty: not registered."""


@dataclass(frozen=True, slots=True)
class GroupMonth:
    """One month of a group."""

    assets: int
    """On the schedule that month, used or not."""
    idle: int
    """Those of them without a record."""
    measured: Decimal
    """Usage in the meter of the schedule's charge, or records where it has none: only good for shares."""


NO_ASSETS = GroupMonth(0, 0, Decimal(0))


@dataclass(frozen=True, slots=True)
class GroupMonths:
    """A group over the months; as many as the history has."""

    key: GroupKey
    months: Sequence[GroupMonth]


@dataclass(frozen=True, slots=True)
class Fleet:
    """Everything on lease by a customer over the same months."""

    months: History
    assets: Sequence[Asset]
    """Those that had usage."""
    groups: Sequence[GroupMonths]


@dataclass(frozen=True, slots=True)
class GroupUse:
    """The signals of one group. Percentages have one place."""

    key: GroupKey
    units: str
    """Unit of the baseline, plural; empty where nothing is agreed for usage."""
    assets: int
    """In the last month."""
    assets_idle: int
    """In the last month."""
    share_percent: Decimal
    """Of its schedule's usage over the months; of its pool's, where schedules are agreed together."""
    utilisation_3_percent: Decimal | None
    """None where nothing is agreed."""
    utilisation_6_percent: Decimal | None
    utilisation_12_percent: Decimal | None
    trend_percent_per_month: Decimal


@dataclass(frozen=True, slots=True)
class _Part:
    """A group's part of one month's use of the baseline, and all of what it is a part of."""

    baseline: Decimal
    used: Decimal
    measured: Decimal
    measured_together: Decimal


def measuring_charge(terms: Terms, schedule: str) -> ChargeTerms | None:
    """Return the charge whose baseline a schedule's usage is compared with, of its own or of its pool."""
    agreed = (charge for charge in terms.charges if charge.kind is ChargeKind.USAGE and charge.baseline is not None)
    return next((charge for charge in agreed if charge.covers(schedule)), None)


def group_uses(fleet: Fleet, terms: Terms) -> Iterator[GroupUse]:
    """Assess each group, in the order of its schedule and model.

    Its baseline is the schedule's, in proportion to the assets that were on it each month; its use is the schedule's as
    billed, in proportion to what its assets measured. So the groups of a schedule add up to the schedule.
    """
    for group in sorted(fleet.groups, key=lambda each: each.key):
        charge = measuring_charge(terms, group.key.schedule)
        peers = [each for each in fleet.groups if _together(each.key.schedule, group.key.schedule, charge, terms)]
        parts = [_part(month.uses, charge, group, peers, place) for place, month in enumerate(fleet.months)]
        last = group.months[-1]
        yield GroupUse(
            key=group.key,
            units=charge.units if charge else "",
            assets=last.assets,
            assets_idle=last.idle,
            share_percent=used_percent(
                sum((part.measured for part in parts), Decimal(0)),
                sum((part.measured_together for part in parts), Decimal(0)),
            )
            or Decimal(0),
            utilisation_3_percent=_utilisation(parts[-3:]),
            utilisation_6_percent=_utilisation(parts[-6:]),
            utilisation_12_percent=_utilisation(parts),
            trend_percent_per_month=round_to_scale(slope_percent([part.measured for part in parts]), 1),
        )


def _together(schedule: str, other: str, charge: ChargeTerms | None, terms: Terms) -> bool:
    """Tell whether two schedules share a baseline; without one a schedule stands alone."""
    return schedule == other if charge is None else measuring_charge(terms, schedule) == charge


def _part(
    uses: Sequence[Use], charge: ChargeTerms | None, group: GroupMonths, peers: Sequence[GroupMonths], place: int
) -> _Part:
    own = group.months[place]
    assets = sum(peer.months[place].assets for peer in peers)
    measured = sum((peer.months[place].measured for peer in peers), Decimal(0))
    use = next((u for u in uses if charge and u.kind is UseKind.USAGE and (u.schedule, u.charge) == charge.key), None)
    if use is None or use.baseline is None:
        return _Part(Decimal(0), Decimal(0), own.measured, measured)
    return _Part(
        baseline=EXACT.divide(use.baseline * own.assets, Decimal(assets)) if assets else Decimal(0),
        used=EXACT.divide(use.used * own.measured, measured) if measured else Decimal(0),
        measured=own.measured,
        measured_together=measured,
    )


def _utilisation(parts: Sequence[_Part]) -> Decimal | None:
    used = sum((part.used for part in parts), Decimal(0))
    return used_percent(used, sum((part.baseline for part in parts), Decimal(0)))
