"""gRPC edge of contracts."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import grpc.aio

from dutycycle.api.contracts.v1 import contracts_pb2 as pb
from dutycycle.api.contracts.v1.contracts_pb2_grpc import ContractsServiceServicer
from dutycycle.contracts import catalogue, errors
from dutycycle.contracts.convert import (
    STATES,
    agreement_from_proto,
    agreement_to_proto,
    amendment_from_proto,
    amendment_to_proto,
    answer_to_proto,
    asset_from_proto,
    asset_to_proto,
)
from dutycycle.contracts.service.amending import AmendmentService
from dutycycle.contracts.service.keeping import ContractsService
from dutycycle.kit.ids import resource_id
from dutycycle.runtime.page import decode_token, encode_token, page_size
from dutycycle.runtime.wire import date_from_proto, invalid

Context = grpc.aio.ServicerContext[Any, Any]
_ASSETS_A_CALL = 1_000


class ContractsServicer(ContractsServiceServicer):
    def __init__(self, service: ContractsService, amendments: AmendmentService) -> None:
        self._service = service
        self._amendments = amendments

    async def ApplyCustomer(self, request: pb.ApplyCustomerRequest, context: Context) -> pb.ApplyCustomerResponse:
        customer = request.customer
        if resource_id(customer.name, "customers") is None:
            raise invalid("customer.name", f"{customer.name!r} is not of the form customers/fl")
        if not customer.usage_source:
            raise invalid("customer.usage_source", "name the system of record of the customer's usage")
        await self._service.apply_customer(customer.name, customer.SerializeToString(deterministic=True))
        return pb.ApplyCustomerResponse(customer=customer)

    async def GetCustomer(self, request: pb.GetCustomerRequest, context: Context) -> pb.GetCustomerResponse:
        body = await self._service.get_customer(request.name)
        return pb.GetCustomerResponse(customer=pb.Customer.FromString(body))

    async def ListCustomers(self, request: pb.ListCustomersRequest, context: Context) -> pb.ListCustomersResponse:
        limit = page_size(request.page_size, 100, 1_000)
        [after] = decode_token(request.page_token, [""])
        bodies = await self._service.list_customers(after, limit + 1)
        customers = [pb.Customer.FromString(body) for body in bodies[:limit]]
        token = encode_token([customers[-1].name]) if len(bodies) > limit else ""
        return pb.ListCustomersResponse(customers=customers, next_page_token=token)

    async def ApplyAgreement(self, request: pb.ApplyAgreementRequest, context: Context) -> pb.ApplyAgreementResponse:
        draft = agreement_from_proto(request.agreement)
        revision, changed = await self._service.apply_agreement(
            draft, request.agreement.etag, validate_only=request.validate_only
        )
        return pb.ApplyAgreementResponse(agreement=agreement_to_proto(revision), changed=changed)

    async def GetAgreement(self, request: pb.GetAgreementRequest, context: Context) -> pb.GetAgreementResponse:
        day = date_from_proto(request.as_of_date, "as_of_date") if request.HasField("as_of_date") else None
        revision = await self._service.get_agreement(request.name, day)
        return pb.GetAgreementResponse(agreement=agreement_to_proto(revision))

    async def ListAgreements(self, request: pb.ListAgreementsRequest, context: Context) -> pb.ListAgreementsResponse:
        limit = page_size(request.page_size, 100, 1_000)
        name, number = decode_token(request.page_token, ["", 0])
        revisions = await self._service.list_agreements(request.customer, (name, number), limit + 1)
        last = revisions[limit - 1] if len(revisions) > limit else None
        return pb.ListAgreementsResponse(
            agreements=[agreement_to_proto(revision) for revision in revisions[:limit]],
            next_page_token=encode_token([last.name, last.revision]) if last else "",
        )

    async def RegisterAssets(self, request: pb.RegisterAssetsRequest, context: Context) -> pb.RegisterAssetsResponse:
        if len(request.assets) > _ASSETS_A_CALL:
            raise invalid("assets", f"at most {_ASSETS_A_CALL:,} a call; send the rest in another")
        wanted = [asset_from_proto(asset, f"assets[{index}]") for index, asset in enumerate(request.assets)]
        answers, revision = await self._service.register_assets(wanted)
        return pb.RegisterAssetsResponse(
            answers=[answer_to_proto(answer) for answer in answers], registry_revision=revision
        )

    async def ListAssets(self, request: pb.ListAssetsRequest, context: Context) -> pb.ListAssetsResponse:
        limit = page_size(request.page_size, 1_000, 5_000)
        revision, name = decode_token(request.page_token, [0, ""])
        page = await self._service.list_assets(request.after_revision, (revision, name), limit + 1)
        last = page.assets[limit - 1] if len(page.assets) > limit else None
        return pb.ListAssetsResponse(
            assets=[asset_to_proto(asset, page.places) for asset in page.assets[:limit]],
            next_page_token=encode_token([last.revision, last.name]) if last else "",
            registry_revision=page.registry_revision,
        )

    async def ApplyCatalogue(self, request: pb.ApplyCatalogueRequest, context: Context) -> pb.ApplyCatalogueResponse:
        found = catalogue.violations(request.catalogue)
        if found:
            raise errors.ill_formed_catalogue(found)
        await self._service.apply_catalogue(request.catalogue.SerializeToString(deterministic=True))
        return pb.ApplyCatalogueResponse(catalogue=request.catalogue)

    async def GetCatalogue(self, request: pb.GetCatalogueRequest, context: Context) -> pb.GetCatalogueResponse:
        return pb.GetCatalogueResponse(catalogue=pb.Catalogue.FromString(await self._service.get_catalogue()))

    async def DraftAmendment(self, request: pb.DraftAmendmentRequest, context: Context) -> pb.DraftAmendmentResponse:
        drafted = await self._amendments.draft(amendment_from_proto(request.amendment))
        return pb.DraftAmendmentResponse(amendment=amendment_to_proto(drafted))

    async def GetAmendment(self, request: pb.GetAmendmentRequest, context: Context) -> pb.GetAmendmentResponse:
        return pb.GetAmendmentResponse(amendment=amendment_to_proto(await self._amendments.get(request.name)))

    async def ListAmendments(self, request: pb.ListAmendmentsRequest, context: Context) -> pb.ListAmendmentsResponse:
        limit = page_size(request.page_size, 100, 1_000)
        at, name = decode_token(request.page_token, ["", ""])
        state = next((state for state, value in STATES.items() if value == request.state), None)
        after = (datetime.fromisoformat(at), name) if at else None
        found = await self._amendments.page(request.customer, state, after, limit + 1)
        last = found[limit - 1] if len(found) > limit else None
        return pb.ListAmendmentsResponse(
            amendments=[amendment_to_proto(each) for each in found[:limit]],
            next_page_token=encode_token([last.created_at.isoformat(), last.name]) if last else "",
        )

    async def ApproveAmendment(
        self, request: pb.ApproveAmendmentRequest, context: Context
    ) -> pb.ApproveAmendmentResponse:
        day = date_from_proto(request.effective_date, "effective_date") if request.HasField("effective_date") else None
        approver = _somebody(request.approver)
        approved, revision = await self._amendments.approve(request.name, approver, day)
        return pb.ApproveAmendmentResponse(
            amendment=amendment_to_proto(approved), agreement=agreement_to_proto(revision)
        )

    async def RejectAmendment(self, request: pb.RejectAmendmentRequest, context: Context) -> pb.RejectAmendmentResponse:
        if not request.reason.strip():
            raise invalid("reason", "say why: the customer is told")
        rejected = await self._amendments.reject(request.name, _somebody(request.approver), request.reason)
        return pb.RejectAmendmentResponse(amendment=amendment_to_proto(rejected))


def _somebody(approver: str) -> str:
    if not approver.strip():
        raise invalid("approver", "say who decides: a name that can be asked")
    return approver
