"""Bands of time in words: "peak is Mon to Fri from 8 to 20"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from dutycycle.charge.measure import HOLIDAY, Band, TimeOfUse

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MIDNIGHT = 24


def bands_text(rule: TimeOfUse) -> str:
    """Say when each band is, and which one is all other time."""
    return "; ".join(_band_text(band) for band in rule.bands) + f"; {rule.otherwise} is all other time"


def _band_text(band: Band) -> str:
    days = [_range([day for day in band.weekdays if day != HOLIDAY], _DAYS)]
    days += ["holidays"] if HOLIDAY in band.weekdays else []
    parts = [" and ".join(filter(None, days)) or "every day"]
    if band.from_hour or band.to_hour:
        parts.append(f"from {band.from_hour} to {band.to_hour or _MIDNIGHT}")
    if band.months:
        parts.append(f"in {_range(band.months, _MONTHS)}")
    return f"{band.name} is {' '.join(parts)}"


def _range(numbers: Sequence[int], names: Sequence[str]) -> str:
    """Name numbers from 1: "Mon to Fri" of a run of three or more, else each one."""
    given = sorted(set(numbers))
    if not given:
        return ""
    chosen = [names[number - 1] for number in given]
    run = len(given) > 2 and all(after == before + 1 for before, after in pairwise(given))
    return f"{chosen[0]} to {chosen[-1]}" if run else " and ".join(chosen)
