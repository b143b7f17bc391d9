"""An agreement is checked as a whole; of its revisions one is in force on a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from google.type.date_pb2 import Date

from dutycycle.contracts.agreement import (
    AgreementRevision,
    check_agreement,
    check_revision,
    in_force,
)
from dutycycle.contracts.convert import agreement_from_proto, agreement_to_proto
from dutycycle.kit.errors import InvalidInputError
from tests.integration import lease


def wrong_fields(**changes: Any) -> set[str]:
    draft = replace(agreement_from_proto(lease.agreement("fl")), **changes)
    return {violation.field for violation in check_agreement(draft)}


def revision(number: int, effective: date) -> AgreementRevision:
    return AgreementRevision("agreements/ma", number, "customers/fl", "UTC", effective, b"", f'"{number}"')


def test_a_well_formed_agreement() -> None:
    assert wrong_fields() == set()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": "ma-fl"}, "agreement.name"),
        ({"name": "agreements/MA FL"}, "agreement.name"),
        ({"customer": "fl"}, "agreement.customer"),
        ({"zone": "New York"}, "agreement.zone"),
        ({"zone": ""}, "agreement.zone"),
        ({"currency": "usd"}, "agreement.currency"),
        ({"currency": "DOLLAR"}, "agreement.currency"),
        ({"currency": "U2D"}, "agreement.currency"),
        ({"currency": "ÄÖÜ"}, "agreement.currency"),
        ({"effective_date": date(2023, 12, 1)}, "agreement.effective_date"),
        ({"effective_date": date(2025, 1, 1)}, "agreement.effective_date"),
        ({"effective_date": date(2024, 3, 15)}, "agreement.effective_date"),
        ({"schedules": []}, "agreement.schedules"),
    ],
)
def test_wrong_terms(changes: dict[str, Any], field: str) -> None:
    assert wrong_fields(**changes) == {field}


def test_a_term_that_ends_before_it_begins() -> None:
    assert "agreement.end_date" in wrong_fields(end_date=date(2024, 1, 1))


def test_a_term_may_begin_within_a_month() -> None:
    assert wrong_fields(start_date=date(2024, 1, 15), effective_date=date(2024, 1, 15)) == set()


def test_schedules_and_charges_have_ids_of_their_own() -> None:
    message = lease.agreement("fl")
    message.schedules.add().CopyFrom(message.schedules[0])
    message.schedules.add(id="").charges.extend([message.schedules[0].charges[0]] * 2)
    fields = [violation.field for violation in check_agreement(agreement_from_proto(message))]
    assert fields == ["agreement.schedules[1].id", "agreement.schedules[2].id", "agreement.schedules[2].charges[1].id"]


@pytest.mark.parametrize("field", ["start_date", "end_date", "effective_date"])
def test_a_day_that_does_not_exist_is_named(field: str) -> None:
    message = lease.agreement("fl")
    getattr(message, field).CopyFrom(Date(year=2024, month=2, day=30))
    with pytest.raises(InvalidInputError) as refusal:
        agreement_from_proto(message)
    assert [violation.field for violation in refusal.value.violations] == [f"agreement.{field}"]


def test_what_is_stored_has_no_output_only_fields_and_is_the_same_bytes_again() -> None:
    message = lease.agreement("fl")
    plain = agreement_from_proto(message)
    message.etag, message.revision = '"7-abc"', 7
    assert agreement_from_proto(message).body == plain.body
    stored = agreement_to_proto(
        AgreementRevision(plain.name, 3, plain.customer, plain.zone, plain.effective_date, plain.body, '"3-x"')
    )
    assert (stored.revision, stored.etag) == (3, '"3-x"')
    assert agreement_from_proto(stored).body == plain.body


def test_without_effective_date_it_is_in_force_from_the_start() -> None:
    assert agreement_from_proto(lease.agreement("fl")).effective_date == date(2024, 1, 1)


def test_customer_and_zone_stay_for_ever() -> None:
    draft = agreement_from_proto(lease.agreement("fl"))
    first = AgreementRevision(draft.name, 1, draft.customer, draft.zone, draft.effective_date, draft.body, "")
    assert check_revision(draft, first) == []
    moved = replace(draft, customer="customers/ha", zone="UTC")
    assert [v.field for v in check_revision(moved, first)] == ["agreement.customer", "agreement.zone"]


REVISIONS = [
    revision(1, date(2024, 1, 1)),
    revision(2, date(2024, 6, 1)),
    revision(3, date(2024, 3, 1)),  # agreed later than 2, in force earlier
    revision(4, date(2024, 6, 1)),  # replaces 2
]


@pytest.mark.parametrize(
    ("day", "number"),
    [
        (date(2023, 12, 31), None),
        (date(2024, 1, 1), 1),
        (date(2024, 2, 29), 1),
        (date(2024, 3, 1), 3),
        (date(2024, 5, 31), 3),
        (date(2024, 6, 1), 4),
        (date(2030, 1, 1), 4),
        (None, 4),
    ],
)
def test_in_force(day: date | None, number: int | None) -> None:
    for revisions in (REVISIONS, REVISIONS[::-1]):
        found = in_force(revisions, day)
        assert (found.revision if found else None) == number


def test_nothing_is_in_force_without_revisions() -> None:
    assert in_force([], None) is None
