"""gRPC edge of offers."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import grpc.aio

from dutycycle.api.contracts.v1 import contracts_pb2
from dutycycle.api.offers.v1 import offers_pb2 as pb
from dutycycle.api.offers.v1.offers_pb2_grpc import OffersServiceServicer
from dutycycle.api.rating.v1.rating_pb2 import BillingPeriod as BillingPeriodProto
from dutycycle.kit import ids
from dutycycle.kit.period import BillingPeriod
from dutycycle.offers.answer import AnswerKind
from dutycycle.offers.convert_result import (
    ANSWERS,
    TREATMENTS,
    answer_to_proto,
    assessment_to_proto,
    asset_to_proto,
    candidate_to_proto,
    effect_to_proto,
    group_to_proto,
    offer_from_bytes,
    offered_candidate,
    saving_to_proto,
)
from dutycycle.offers.decision import Standing
from dutycycle.offers.link import Link, LinkSigner, Purpose
from dutycycle.offers.offer import Offer
from dutycycle.offers.peer import Peers
from dutycycle.offers.product import RecordCounts
from dutycycle.offers.program import earliest_date
from dutycycle.offers.service.answering import AnsweringService, OpenedOffer
from dutycycle.offers.service.deciding import DecidingService
from dutycycle.offers.service.measuring import MeasuringService
from dutycycle.runtime.page import decode_token, encode_token, page_size
from dutycycle.runtime.tenancy import tenant
from dutycycle.runtime.wire import date_from_proto, date_to_proto, invalid, period_from_proto, timestamp_to_proto

Context = grpc.aio.ServicerContext[Any, Any]


class OffersServicer(OffersServiceServicer):
    def __init__(
        self,
        deciding: DecidingService,
        answering: AnsweringService,
        measuring: MeasuringService,
        peers: Peers,
        signer: LinkSigner,
    ) -> None:
        self._deciding = deciding
        self._answering = answering
        self._measuring = measuring
        self._peers = peers
        self._signer = signer

    async def AssessCustomer(self, request: pb.AssessCustomerRequest, context: Context) -> pb.AssessCustomerResponse:
        assessed = await self._deciding.assess_customer(_customer(request.customer), _month(request.period))
        response = pb.AssessCustomerResponse(assessment=assessment_to_proto(assessed))
        if request.include_assets:
            fleet = await self._deciding.assess_fleet(request.customer, _month(request.period))
            response.assets.extend(asset_to_proto(asset, risk) for asset, risk in fleet.assets)
            response.asset_groups.extend(group_to_proto(group) for group in fleet.groups)
        return response

    async def DecideTreatment(self, request: pb.DecideTreatmentRequest, context: Context) -> pb.DecideTreatmentResponse:
        customer, period, records = _customer(request.customer), _month(request.period), _records(request)
        body = await self._deciding.decide_treatment(customer, period, records, in_dispute=request.in_dispute)
        return pb.DecideTreatmentResponse(decision=self._with_links(pb.Decision.FromString(body)))

    async def GetDecision(self, request: pb.GetDecisionRequest, context: Context) -> pb.GetDecisionResponse:
        body = await self._deciding.get_decision(request.name)
        return pb.GetDecisionResponse(decision=self._with_links(pb.Decision.FromString(body)))

    async def ListDecisions(self, request: pb.ListDecisionsRequest, context: Context) -> pb.ListDecisionsResponse:
        limit = page_size(request.page_size, 100, 1_000)
        day, customer = decode_token(request.page_token, [date.min.isoformat(), ""])
        after = (date.fromisoformat(day), customer)
        period = period_from_proto(request.period) if request.HasField("period") else None
        stored = await self._deciding.list_decisions(request.customer, period, after, limit + 1)
        last = stored[limit - 1] if len(stored) > limit else None
        return pb.ListDecisionsResponse(
            decisions=[pb.Decision.FromString(each.body) for each in stored[:limit]],
            next_page_token=encode_token([last.period_start.isoformat(), last.customer]) if last else "",
        )

    async def SetPreference(self, request: pb.SetPreferenceRequest, context: Context) -> pb.SetPreferenceResponse:
        customer = _customer(request.customer)
        allowed = await self._deciding.set_preference(
            customer,
            _origin(request.origin),
            _request_id(request.request_id),
            offers_allowed=request.offers_allowed,
        )
        return pb.SetPreferenceResponse(offers_allowed=allowed)

    async def GetPreference(self, request: pb.GetPreferenceRequest, context: Context) -> pb.GetPreferenceResponse:
        wish = await self._deciding.get_preference(_customer(request.customer))
        if wish is None:
            return pb.GetPreferenceResponse(offers_allowed=True)
        return pb.GetPreferenceResponse(
            offers_allowed=wish.offers_allowed, origin=wish.origin, set_time=timestamp_to_proto(wish.set_at)
        )

    async def SetStanding(self, request: pb.SetStandingRequest, context: Context) -> pb.SetStandingResponse:
        said = Standing(in_dispute=request.in_dispute, in_arrears=request.in_arrears, in_hardship=request.in_hardship)
        counting = await self._deciding.set_standing(
            _customer(request.customer), said, _origin(request.origin), _request_id(request.request_id)
        )
        return pb.SetStandingResponse(obstacle=counting.obstacle)

    async def PreviewDecision(self, request: pb.PreviewDecisionRequest, context: Context) -> pb.PreviewDecisionResponse:
        wanted = request.decide
        body = await self._deciding.preview_decision(
            _customer(wanted.customer),
            _month(wanted.period),
            _records(wanted),
            in_dispute=wanted.in_dispute,
            figures_only=request.figures_only,
        )
        return pb.PreviewDecisionResponse(decision=pb.Decision.FromString(body))

    async def AssessPortfolio(self, request: pb.AssessPortfolioRequest, context: Context) -> pb.AssessPortfolioResponse:
        found = await self._measuring.assess_portfolio(_month(request.period))
        return pb.AssessPortfolioResponse(
            customers=[
                pb.CustomerStanding(
                    assessment=assessment_to_proto(each.assessment),
                    best=candidate_to_proto(each.best) if each.best else None,
                    last_treatment=TREATMENTS[each.last_treatment] if each.last_treatment else None,
                    last_answer=ANSWERS[each.last_answer] if each.last_answer else None,
                )
                for each in found.customers
            ],
            skipped=found.skipped,
            programs_rated=found.programs_rated,
        )

    async def OpenOffer(self, request: pb.OpenOfferRequest, context: Context) -> pb.OpenOfferResponse:
        opened = await self._answering.open_offer(request.token, request.decision)
        decision = self._with_links(pb.Decision.FromString(opened.body))
        customer = await self._peers.customer(decision.customer)
        state, text = await self._state(opened)
        response = pb.OpenOfferResponse(
            decision=decision,
            candidate=offered_candidate(decision),
            state=state,
            state_text=text,
            answer=answer_to_proto(opened.answer) if opened.answer else None,
            customer_display_name=customer.display_name,
        )
        if opened.offer is not None:
            response.effective_date.CopyFrom(date_to_proto(earliest_date(opened.offer.period_start)))
            response.present_terms.CopyFrom(await self._compared_terms(opened.offer))
        return response

    async def _compared_terms(self, offer: Offer) -> contracts_pb2.Agreement:
        """Return the terms that the offer was compared with: those in force in the period of its invoice."""
        agreement = contracts_pb2.Agreement.FromString(offer.terms)
        return await self._peers.agreement(agreement.name, offer.period_start)

    async def _state(self, opened: OpenedOffer) -> tuple[pb.OfferState, str]:
        answer = opened.answer
        if answer is None:
            return (pb.OFFER_STATE_EXPIRED, opened.closed) if opened.closed else (pb.OFFER_STATE_OPEN, "")
        said = f"{answer.kind.value} by {answer.answered_by} on {answer.answered_at:%d %B %Y}"
        if answer.kind is AnswerKind.DECLINED:
            return pb.OFFER_STATE_DECLINED, said
        if not answer.amendment:
            return pb.OFFER_STATE_ACCEPTED, f"{said}; the amendment is being drafted"
        amendment = await self._peers.amendment(answer.amendment)
        if amendment.state == contracts_pb2.AMENDMENT_STATE_APPROVED:
            day = date_from_proto(amendment.effective_date)
            return pb.OFFER_STATE_AMENDED, f"{said}; in force from {day:%d %B %Y}"
        if amendment.state == contracts_pb2.AMENDMENT_STATE_REJECTED:
            return pb.OFFER_STATE_REJECTED, f"{said}; the lessor did not approve it: {amendment.reason}"
        return pb.OFFER_STATE_ACCEPTED, f"{said}; it waits for the lessor's approval"

    async def AcceptOffer(self, request: pb.AcceptOfferRequest, context: Context) -> pb.AcceptOfferResponse:
        who = request.accepted_by.strip()
        if not who:
            raise invalid("accepted_by", "say who accepts: type your name")
        answer = await self._answering.answer(request.token, request.decision, AnswerKind.ACCEPTED, who)
        return pb.AcceptOfferResponse(answer=answer_to_proto(answer))

    async def DeclineOffer(self, request: pb.DeclineOfferRequest, context: Context) -> pb.DeclineOfferResponse:
        answer = await self._answering.answer(
            request.token, request.decision, AnswerKind.DECLINED, request.declined_by.strip(), request.reason.strip()
        )
        return pb.DeclineOfferResponse(answer=answer_to_proto(answer))

    async def StopOffers(self, request: pb.StopOffersRequest, context: Context) -> pb.StopOffersResponse:
        customer = await self._answering.stop_offers(request.token, request.origin or "the link of a message")
        return pb.StopOffersResponse(customer=customer)

    async def ListAnswers(self, request: pb.ListAnswersRequest, context: Context) -> pb.ListAnswersResponse:
        limit = page_size(request.page_size, 100, 1_000)
        at, name = decode_token(request.page_token, ["", ""])
        after = (datetime.fromisoformat(at), name) if at else None
        found = await self._answering.list_answers(request.customer, after, limit + 1)
        last = found[limit - 1] if len(found) > limit else None
        return pb.ListAnswersResponse(
            answers=[answer_to_proto(each) for each in found[:limit]],
            next_page_token=encode_token([last.answered_at.isoformat(), last.decision]) if last else "",
        )

    async def MeasureEffect(self, request: pb.MeasureEffectRequest, context: Context) -> pb.MeasureEffectResponse:
        first, last = _month(request.from_period, "from_period"), _month(request.to_period, "to_period")
        if last < first:
            raise invalid("to_period", "must not be before from_period")
        effects, savings = await self._measuring.measure_effect(first, last)
        return pb.MeasureEffectResponse(
            subjects=[effect_to_proto(each) for each in effects],
            savings=[saving_to_proto(each) for each in savings],
        )

    def _with_links(self, decision: pb.Decision) -> pb.Decision:
        """Add the signed links; they are made anew each time, and are the same each time."""
        lessor = tenant()
        decision.stop_token = self._signer.sign(Link(lessor, Purpose.STOP, decision.customer))
        offer = offer_from_bytes(decision.SerializeToString())
        if offer is not None:
            decision.offer_token = self._signer.sign(Link(lessor, Purpose.OFFER, decision.name, offer.expire_time))
        return decision


def _origin(origin: str) -> str:
    if not origin:
        raise invalid("origin", "say where that came from: it must be provable")
    return origin


def _request_id(request_id: str) -> str:
    if request_id and not ids.is_request_id(request_id):
        raise invalid("request_id", "must be a UUID")
    return request_id or ids.request_id()


def _customer(name: str) -> str:
    if ids.resource_id(name, "customers") is None:
        raise invalid("customer", f"{name!r} is not of the form customers/fl")
    return name


def _month(message: BillingPeriodProto, field: str = "period") -> BillingPeriod:
    period = period_from_proto(message, field)
    if period != BillingPeriod.month(period.start.year, period.start.month):
        raise invalid(field, "must be a calendar month")
    return period


def _records(request: pb.DecideTreatmentRequest) -> RecordCounts:
    records = RecordCounts(
        request.records_received, request.records_rejected, request.records_waiting, request.records_estimated
    )
    counts = (records.received, records.rejected, records.waiting, records.estimated)
    if min(counts) < 0 or max(records.unusable, records.estimated) > records.received:
        raise invalid("records_received", "counts are not negative, and the other counts are part of received")
    return records
