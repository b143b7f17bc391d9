"""Assets: identities under which usage reports them, and the schedules they are on since when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum

from dutycycle.kit.ids import resource_id

COST_CENTRE_LIMIT = 60
"""Characters of a cost centre at most: it heads a row in print."""


@dataclass(frozen=True, slots=True)
class Placement:
    """An asset on a schedule from a date, until the next placement."""

    schedule: str
    start_date: date
    cost_centre: str = ""
    """The customer's, that bears the asset; empty: not said."""


@dataclass(frozen=True, slots=True)
class Asset:
    """A financed item."""

    name: str
    display_name: str
    manufacturer: str = ""
    model: str = ""
    year: int = 0
    aliases: frozenset[str] = frozenset()
    placements: tuple[Placement, ...] = field(default=())
    """In date order."""
    revision: int = 0


class Outcome(Enum):
    REGISTERED = "registered"
    EXTENDED = "extended"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Answer:
    """What registering one asset comes to; `asset` is how it stands afterwards."""

    outcome: Outcome
    asset: Asset
    reason: str = ""


def register(wanted: Asset, known: Asset | None, owners: Mapping[str, str], schedules: frozenset[str]) -> Answer:
    """Decide what becomes of one asset.

    Aliases and placements are added to what is known, never taken away or moved: history is not overwritten.
    `owners` tells which asset holds an identity; `schedules` are those that exist.
    """
    refusal = _refusal(wanted, known, owners, schedules)
    if refusal:
        return Answer(Outcome.REFUSED, wanted, refusal)
    if known is None:
        return Answer(Outcome.REGISTERED, replace(wanted, placements=_joined((), wanted.placements)))
    placements = _joined(known.placements, wanted.placements)
    joined = replace(wanted, aliases=known.aliases | wanted.aliases, placements=placements, revision=known.revision)
    return Answer(Outcome.UNCHANGED if joined == known else Outcome.EXTENDED, joined)


def _refusal(wanted: Asset, known: Asset | None, owners: Mapping[str, str], schedules: frozenset[str]) -> str:
    if resource_id(wanted.name, "assets") is None:
        return f"{wanted.name!r} is not of the form assets/n978at"
    if "" in wanted.aliases:
        return "has an empty identity; leave it out"
    for identity in sorted(wanted.aliases):
        if owners.get(identity, wanted.name) != wanted.name:
            return f"identity {identity!r} already belongs to {owners[identity]}; an identity names one asset"
    for placement in wanted.placements:
        centre = placement.cost_centre
        if len(centre) > COST_CENTRE_LIMIT or not centre.isprintable():
            return f"cost centre {centre!r} is no line of at most {COST_CENTRE_LIMIT} characters"
        if placement.schedule not in schedules:
            return f"there is no schedule {placement.schedule!r}; apply its agreement first"
    before = {p.start_date: p for p in known.placements} if known else {}
    for placement in wanted.placements:
        placed = before.setdefault(placement.start_date, placement)
        if placed.schedule != placement.schedule:
            return f"is placed on {placed.schedule} from {placement.start_date} already; choose another date"
        if placement.cost_centre not in ("", placed.cost_centre):
            borne = f"cost centre {placed.cost_centre!r}" if placed.cost_centre else "no cost centre"
            return f"is borne by {borne} from {placement.start_date} already; place it again from a later date"
    return ""


def _joined(known: Iterable[Placement], wanted: Iterable[Placement]) -> tuple[Placement, ...]:
    """Add what is new, one placement a day, in date order."""
    by_date = {placement.start_date: placement for placement in known}
    for placement in wanted:
        by_date.setdefault(placement.start_date, placement)
    return tuple(by_date[day] for day in sorted(by_date))
