"""Amendments: drafted once, approved or rejected once, and in force from a period that is not billed yet."""

from __future__ import annotations

import asyncio

import grpc
from google.type.date_pb2 import Date

from dutycycle.api.contracts.v1 import contracts_pb2 as pb
from dutycycle.cli.client import Client
from tests.integration import lease
from tests.integration.conftest import House
from tests.integration.test_agreements import in_force, refused, revisions


async def set_up(client: Client, code: str) -> pb.Agreement:
    await client.contracts.ApplyCustomer(pb.ApplyCustomerRequest(customer=lease.customer(code)))
    applied = await client.contracts.ApplyAgreement(pb.ApplyAgreementRequest(agreement=lease.agreement(code)))
    return applied.agreement


def amendment(code: str, present: pb.Agreement, *, automatic: bool = False) -> pb.Amendment:
    """A cheaper hour, from the first of June on."""
    terms = lease.agreement(code, rate="8.00")
    kind = pb.AMENDMENT_APPROVAL_AUTOMATIC if automatic else pb.AMENDMENT_APPROVAL_LESSOR
    return pb.Amendment(
        name=f"amendments/{code}-2024-04",
        agreement=present.name,
        customer=present.customer,
        origin=f"decisions/{code}-2024-04",
        program="cheaper-hours",
        display_name="Cheaper hours",
        terms=terms,
        base_etag=present.etag,
        earliest_date=Date(year=2024, month=6, day=1),
        accepted_by="A. Clerk",
        approval=kind,
    )


async def draft(client: Client, wanted: pb.Amendment) -> pb.Amendment:
    return (await client.contracts.DraftAmendment(pb.DraftAmendmentRequest(amendment=wanted))).amendment


def approval(name: str, month: int = 0) -> pb.ApproveAmendmentRequest:
    day = Date(year=2024, month=month, day=1) if month else None
    return pb.ApproveAmendmentRequest(name=name, approver="C. Approver", effective_date=day)


def test_draft_and_approve_once(house: House) -> None:
    async def story(client: Client) -> None:
        present = await set_up(client, "amd")
        wanted = amendment("amd", present)
        drafts = await asyncio.gather(*(draft(client, wanted) for _ in range(8)))
        assert all(each == drafts[0] for each in drafts), "one amendment, however often it is drafted"
        assert drafts[0].state == pb.AMENDMENT_STATE_DRAFT
        assert await revisions(client, "amd") == [1], "a draft changes nothing"

        answers = await asyncio.gather(
            *(client.contracts.ApproveAmendment(approval(wanted.name, month=7)) for _ in range(8))
        )
        assert all(each == answers[0] for each in answers), "approved once, whatever is clicked"
        assert await revisions(client, "amd") == [1, 2]
        agreement = answers[0].agreement
        assert (agreement.program, agreement.amendment) == ("Cheaper hours", wanted.name)
        assert agreement.effective_date == Date(year=2024, month=7, day=1)
        assert answers[0].amendment.decided_by == "C. Approver"
        assert (await in_force(client, "amd", 2024, 6, 30), await in_force(client, "amd", 2024, 7, 1)) == (1, 2)
        code, error = await refused(
            client.contracts.RejectAmendment(pb.RejectAmendmentRequest(name=wanted.name, approver="D", reason="no"))
        )
        assert (code, error.reason) == (grpc.StatusCode.FAILED_PRECONDITION, "AMENDMENT_DECIDED")

    house.ask(story)


def test_reject_once(house: House) -> None:
    async def story(client: Client) -> None:
        present = await set_up(client, "amr")
        name = (await draft(client, amendment("amr", present))).name
        request = pb.RejectAmendmentRequest(name=name, approver="C. Approver", reason="the fleet is sold")
        rejected = (await client.contracts.RejectAmendment(request)).amendment
        assert (rejected.state, rejected.reason) == (pb.AMENDMENT_STATE_REJECTED, "the fleet is sold")
        assert (await client.contracts.RejectAmendment(request)).amendment == rejected
        code, error = await refused(client.contracts.ApproveAmendment(approval(name)))
        assert (code, error.reason) == (grpc.StatusCode.FAILED_PRECONDITION, "AMENDMENT_DECIDED")
        assert await revisions(client, "amr") == [1]
        states = pb.ListAmendmentsRequest(customer="customers/amr", state=pb.AMENDMENT_STATE_REJECTED)
        assert [each.name for each in (await client.contracts.ListAmendments(states)).amendments] == [name]
        states.state = pb.AMENDMENT_STATE_DRAFT
        assert not (await client.contracts.ListAmendments(states)).amendments

    house.ask(story)


def test_automatic(house: House) -> None:
    async def story(client: Client) -> None:
        present = await set_up(client, "ama")
        wanted = amendment("ama", present, automatic=True)
        wanted.terms.end_date.CopyFrom(Date(year=2099, month=1, day=1))
        drafted = await draft(client, wanted)
        assert drafted.state == pb.AMENDMENT_STATE_APPROVED
        assert drafted.effective_date.day == 1
        assert await draft(client, wanted) == drafted
        assert await revisions(client, "ama") == [1, 2]

    house.ask(story)


def test_terms_that_were_revised_meanwhile_are_not_overwritten(house: House) -> None:
    async def story(client: Client) -> None:
        present = await set_up(client, "amo")
        name = (await draft(client, amendment("amo", present))).name
        other = lease.agreement("amo", rate="12.00")
        other.effective_date.CopyFrom(Date(year=2024, month=5, day=1))
        await client.contracts.ApplyAgreement(pb.ApplyAgreementRequest(agreement=other))
        code, error = await refused(client.contracts.ApproveAmendment(approval(name, month=7)))
        assert (code, error.reason) == (grpc.StatusCode.FAILED_PRECONDITION, "AMENDMENT_OVERTAKEN")
        assert await revisions(client, "amo") == [1, 2]

    house.ask(story)


def test_what_is_wrong_is_named(house: House) -> None:
    async def story(client: Client) -> None:
        present = await set_up(client, "amw")
        wrong = amendment("amw", present)
        wrong.terms.schedules[0].charges[1].price.per_unit.unit_amount.value = "-"
        wrong.base_etag = ""
        code, error = await refused(draft(client, wrong))
        fields = {violation.field for violation in error.violations}
        assert code is grpc.StatusCode.INVALID_ARGUMENT
        assert {"amendment.base_etag"} < fields
        assert any(field.startswith("amendment.terms.schedules[0].charges[1].price") for field in fields)

        name = (await draft(client, amendment("amw", present))).name
        code, error = await refused(client.contracts.ApproveAmendment(approval(name, month=5)))
        assert (code, error.violations[0].field) == (grpc.StatusCode.INVALID_ARGUMENT, "effective_date")
        code, error = await refused(client.contracts.ApproveAmendment(pb.ApproveAmendmentRequest(name=name)))
        assert error.violations[0].field == "approver"
        assert await revisions(client, "amw") == [1]

    house.ask(story)
