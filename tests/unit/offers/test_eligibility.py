"""Conditions of the catalogue admit whom they say; what cannot be decided admits nobody and says why."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dutycycle.offers.assessment import assess
from dutycycle.offers.eligibility import facts, obstacle_of
from dutycycle.offers.policy import Policy
from tests.unit.offers.lessee import Lessee, months, terms

LESSEE = Lessee(terms(), [Decimal(value) for value in (100, 95, 90, 85, 80, 75, 70, 65, 60, 55, 50, 45)])
ASSESSED = assess("customers/xx", months(LESSEE), LESSEE.agreed, Policy())


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("", ""),
        ("utilisation_3 < 60 && months_below >= 3", ""),
        ("'declining' in segments", ""),
        ("risk > 20 || months_to_expiry > 100", ""),
        ("utilisation_3 > 60", "its condition does not hold"),
        ("'growing' in segments", "its condition does not hold"),
        ("seasonality > 50", "cannot be decided"),  # not known below two years
        ("utilisation_3 <", "cannot be decided"),
        ("utilisation_3", "is not a question"),
        ("no_such_fact == 1", "cannot be decided"),
    ],
)
def test_conditions(condition: str, said: str) -> None:
    found = obstacle_of(condition, ASSESSED)
    assert said in found
    assert bool(found) == bool(said)


def test_unknown_facts_are_left_out() -> None:
    assert "seasonality" not in facts(ASSESSED)
    assert "year_change" not in facts(ASSESSED)
