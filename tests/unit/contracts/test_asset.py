"""Registering adds to what is known of an asset and never takes away; a clash is refused with the reason."""

from __future__ import annotations

from datetime import date

import pytest

from dutycycle.contracts.asset import Asset, Outcome, Placement, register

JANUARY, MARCH, MAY = date(2024, 1, 1), date(2024, 3, 1), date(2024, 5, 1)
SCHEDULES = frozenset({"fl-fleet", "ha-fleet"})


def asset(
    *placements: Placement, aliases: tuple[str, ...] = ("N1",), name: str = "assets/n1", model: str = ""
) -> Asset:
    return Asset(name, "N1", model=model, aliases=frozenset(aliases), placements=placements, revision=7)


FL, HA = Placement("fl-fleet", JANUARY), Placement("ha-fleet", MARCH)
KNOWN = asset(FL, aliases=("N1", "717-1"))
OWNERS = {"N1": "assets/n1", "717-1": "assets/n1", "N2": "assets/n2"}


def test_new() -> None:
    answer = register(asset(HA, FL, FL), None, {}, SCHEDULES)
    assert answer.outcome is Outcome.REGISTERED
    assert answer.asset.placements == (FL, HA), "in date order, each once"
    assert answer.reason == ""


def test_known_and_already_so() -> None:
    answer = register(KNOWN, KNOWN, OWNERS, SCHEDULES)
    assert (answer.outcome, answer.asset) == (Outcome.UNCHANGED, KNOWN)


def test_less_takes_nothing_away() -> None:
    answer = register(asset(), KNOWN, OWNERS, SCHEDULES)
    assert (answer.outcome, answer.asset) == (Outcome.UNCHANGED, KNOWN)


def test_more_is_added() -> None:
    answer = register(asset(HA, aliases=("N3",)), KNOWN, OWNERS, SCHEDULES)
    assert answer.outcome is Outcome.EXTENDED
    assert answer.asset.aliases == {"N1", "717-1", "N3"}
    assert answer.asset.placements == (FL, HA)


def test_an_earlier_placement_found_later_goes_in_front() -> None:
    known = asset(HA)
    assert register(asset(FL), known, OWNERS, SCHEDULES).asset.placements == (FL, HA)


def test_a_cost_centre_is_kept_and_another_starts_with_another_placement() -> None:
    known = asset(Placement("fl-fleet", JANUARY, "4110"))
    unsaid = register(asset(FL), known, OWNERS, SCHEDULES)
    assert (unsaid.outcome, unsaid.asset.placements) == (Outcome.UNCHANGED, known.placements)
    other = Placement("fl-fleet", MARCH, "4120")
    moved = register(asset(other), known, OWNERS, SCHEDULES)
    assert (moved.outcome, moved.asset.placements) == (Outcome.EXTENDED, (*known.placements, other))
    twice = register(asset(Placement("fl-fleet", JANUARY, "4110"), FL), None, {}, SCHEDULES)
    assert twice.asset.placements == known.placements


def test_a_description_is_replaced() -> None:
    answer = register(asset(FL, model="717-200"), KNOWN, OWNERS, SCHEDULES)
    assert (answer.outcome, answer.asset.model) == (Outcome.EXTENDED, "717-200")


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (asset(name="n1"), "not of the form"),
        (asset(name="assets/N 1"), "not of the form"),
        (asset(FL, aliases=("N1", "N2")), "'N2' already belongs to assets/n2"),
        (asset(FL, aliases=("",)), "empty identity"),
        (asset(Placement("fl-fleet", JANUARY, "4120")), "is borne by no cost centre from 2024-01-01 already"),
        (asset(Placement("fl-fleet", MARCH, "4" * 61)), "is no line of at most 60 characters"),
        (asset(Placement("fl-fleet", MARCH, "4110\nAtlanta")), "is no line of at most 60 characters"),
        (asset(Placement("nowhere", MARCH)), "there is no schedule 'nowhere'"),
        (asset(Placement("ha-fleet", JANUARY)), "is placed on fl-fleet from 2024-01-01 already"),
        (asset(Placement("ha-fleet", MAY), Placement("fl-fleet", MAY)), "from 2024-05-01 already"),
    ],
)
def test_refused(wanted: Asset, words: str) -> None:
    answer = register(wanted, KNOWN, OWNERS, SCHEDULES)
    assert answer.outcome is Outcome.REFUSED
    assert words in answer.reason


def test_two_places_on_one_day_are_refused_of_a_new_asset_too() -> None:
    wanted = asset(Placement("ha-fleet", MAY), Placement("fl-fleet", MAY))
    assert register(wanted, None, {}, SCHEDULES).outcome is Outcome.REFUSED
