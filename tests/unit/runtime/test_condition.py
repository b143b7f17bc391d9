"""Conditions: what can be asked is answered, what cannot is told before a customer meets it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dutycycle.offers.assessment import assess
from dutycycle.offers.eligibility import facts
from dutycycle.offers.policy import Policy
from dutycycle.runtime.condition import FACTS, ask, fault
from tests.unit.offers.lessee import Lessee, months, terms


@pytest.mark.parametrize(
    "condition",
    [
        "",
        "utilisation_6 < 80 && months_to_expiry > 3",
        "'declining' in segments",
        "segments.exists(s, s == 'idle' || s == 'declining')",
        "size(segments) > 0",
        "!('idle' in segments) && (risk >= 25 || shock > 150.0)",
    ],
)
def test_sound_conditions_have_no_fault(condition: str) -> None:
    assert fault(condition) == ""


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("utilisation_6 <", "cannot be decided"),
        ("utilisation_6", "is not a question"),
        ("segments > 3", "cannot be decided"),
        ("no_such_fact > 3", "cannot be decided"),
        ("months > 3 || no_such_fact > 3", "'no_such_fact', which is no fact"),
    ],
)
def test_faults_are_told(condition: str, said: str) -> None:
    assert said in fault(condition)


def test_what_is_not_known_of_a_customer_cannot_be_decided() -> None:
    assert ask("months > 3", {"months": 4})
    with pytest.raises(ValueError, match="cannot be decided"):
        ask("risk > 3", {"months": 4})


def test_the_facts_are_those_that_offers_has() -> None:
    lessee = Lessee(terms(), [Decimal(100 + month) for month in range(12)])
    known = facts(assess("customers/xx", months(lessee), lessee.agreed, Policy()))
    assert known.keys() <= FACTS.keys()
    for name, value in known.items():
        assert isinstance(value, list) is isinstance(FACTS[name], list)
