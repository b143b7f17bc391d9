"""How likely an asset is to fall idle next month: points from its own months, each with the fact that made them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dutycycle.offers.risk import Factor, Risk

_MOST = 100


@dataclass(frozen=True, slots=True)
class Asset:
    """An asset of a customer with what is known of it."""

    name: str
    display_name: str
    schedule: str
    last_active: date
    known: AssetMonths


@dataclass(frozen=True, slots=True)
class AssetMonths:
    """What is known of an asset at the end of a month."""

    records: Sequence[int]
    """Usage records of each month since it was first placed or seen, oldest first; the last is the month that ends."""
    days_silent: int
    """Days from its last record to the end of the month."""


def score_asset(known: AssetMonths) -> Risk:
    """Add the points up: long silence, little use of late, months without any.

    The weights are those that were best (F1) on the first five months of the aircraft year; a fall against the asset's
    own months added nothing to them.
    """
    found = [factor for factor in (_silence(known), _thin(known), _gaps(known)) if factor.points > 0]
    found.sort(key=lambda factor: (-factor.points, factor.name))
    return Risk(min(_MOST, sum(factor.points for factor in found)), tuple(found))


def _silence(known: AssetMonths) -> Factor:
    days = known.days_silent
    return Factor("silent", min(50, max(0, days - 3)), f"no record for {days} days")


def _thin(known: AssetMonths) -> Factor:
    """Count an asset that hardly works: it is the first to be left standing."""
    mean_of_three = sum(known.records[-3:]) // len(known.records[-3:])
    return Factor("little used", max(0, 20 - 4 * mean_of_three), f"{mean_of_three} records a month lately")


def _gaps(known: AssetMonths) -> Factor:
    """Count months without a record since the first: what stood still before stands still again."""
    empty = sum(1 for count in known.records if count == 0)
    share = 100 * empty // len(known.records)
    return Factor("idle before", share // 10, f"{empty} of {len(known.records)} months without a record")
