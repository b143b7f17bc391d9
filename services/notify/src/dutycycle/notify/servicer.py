"""gRPC edge of notify."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import grpc.aio

from dutycycle.api.notify.v1 import notify_pb2 as pb
from dutycycle.api.notify.v1.notify_pb2_grpc import NotifyServiceServicer
from dutycycle.kit import ids
from dutycycle.notify import message
from dutycycle.notify.convert import (
    STATES,
    alert_settings_from_proto,
    alert_settings_to_proto,
    alert_to_proto,
    delivery_to_proto,
    suppression_to_proto,
)
from dutycycle.notify.service.alerting import Watchman
from dutycycle.notify.service.announcing import Announcer
from dutycycle.notify.service.post import Post
from dutycycle.runtime.page import decode_token, encode_token, page_size
from dutycycle.runtime.wire import invalid

Context = grpc.aio.ServicerContext[Any, Any]


class NotifyServicer(NotifyServiceServicer):
    def __init__(self, post: Post, announcer: Announcer, watchman: Watchman) -> None:
        self._post = post
        self._announcer = announcer
        self._watchman = watchman

    async def ListDeliveries(self, request: pb.ListDeliveriesRequest, context: Context) -> pb.ListDeliveriesResponse:
        limit = page_size(request.page_size, 100, 1_000)
        [after] = decode_token(request.page_token, [0])
        found, total = await self._post.list_deliveries(STATES.get(request.state), after, limit + 1)
        token = encode_token([found[limit - 1].sequence]) if len(found) > limit else ""
        deliveries = [delivery_to_proto(delivery) for delivery in found[:limit]]
        return pb.ListDeliveriesResponse(deliveries=deliveries, next_page_token=token, total=total)

    async def GetDelivery(self, request: pb.GetDeliveryRequest, context: Context) -> pb.GetDeliveryResponse:
        return pb.GetDeliveryResponse(delivery=delivery_to_proto(await self._post.get_delivery(request.name)))

    async def RetryDelivery(self, request: pb.RetryDeliveryRequest, context: Context) -> pb.RetryDeliveryResponse:
        return pb.RetryDeliveryResponse(delivery=delivery_to_proto(await self._post.retry(request.name)))

    async def PreviewMessage(self, request: pb.PreviewMessageRequest, context: Context) -> pb.PreviewMessageResponse:
        bill, recipient, mail = await self._post.preview(request.invoice, request.recipient)
        files: list[str] = []
        return pb.PreviewMessageResponse(
            subject=message.subject(bill),
            text=message.text(bill, recipient, files),
            html=message.html(bill, recipient, files),
            message=mail,
        )

    async def SendSignIn(self, request: pb.SendSignInRequest, context: Context) -> pb.SendSignInResponse:
        if "@" not in request.recipient:
            raise invalid("recipient", f"{request.recipient!r} is no mailbox")
        if not request.url.startswith(("https://", "http://")):
            raise invalid("url", "give the whole link")
        sent = await self._announcer.send_sign_in(
            request.customer, request.recipient, request.url, request.valid_minutes or 15
        )
        return pb.SendSignInResponse(delivery=sent.name)

    async def ListSuppressions(
        self, request: pb.ListSuppressionsRequest, context: Context
    ) -> pb.ListSuppressionsResponse:
        limit = page_size(request.page_size, 100, 1_000)
        [after] = decode_token(request.page_token, [""])
        found = await self._post.list_suppressions(after, limit + 1)
        token = encode_token([found[limit - 1].recipient]) if len(found) > limit else ""
        return pb.ListSuppressionsResponse(
            suppressions=[suppression_to_proto(each) for each in found[:limit]], next_page_token=token
        )

    async def LiftSuppression(self, request: pb.LiftSuppressionRequest, context: Context) -> pb.LiftSuppressionResponse:
        if not request.reason:
            raise invalid("reason", "say why the mailbox may be used again")
        await self._post.lift(request.recipient, request.reason)
        return pb.LiftSuppressionResponse()

    async def GetAlertSettings(
        self, request: pb.GetAlertSettingsRequest, context: Context
    ) -> pb.GetAlertSettingsResponse:
        settings = await self._watchman.settings(request.customer)
        return pb.GetAlertSettingsResponse(settings=alert_settings_to_proto(settings))

    async def SetAlertSettings(
        self, request: pb.SetAlertSettingsRequest, context: Context
    ) -> pb.SetAlertSettingsResponse:
        if request.request_id and not ids.is_request_id(request.request_id):
            raise invalid("request_id", "must be a UUID")
        alert_settings_from_proto(request.settings)
        stored = await self._watchman.set_settings(
            request.settings.customer,
            request.settings.SerializeToString(deterministic=True),
            request.request_id or ids.request_id(),
        )
        return pb.SetAlertSettingsResponse(settings=alert_settings_to_proto(stored))

    async def ListAlerts(self, request: pb.ListAlertsRequest, context: Context) -> pb.ListAlertsResponse:
        limit = page_size(request.page_size, 100, 1_000)
        at, name = decode_token(request.page_token, ["", ""])
        after = (datetime.fromisoformat(at), name) if at else None
        found = await self._watchman.page(request.customer, after, limit + 1)
        token = encode_token([found[limit - 1][2].isoformat(), found[limit - 1][1]]) if len(found) > limit else ""
        return pb.ListAlertsResponse(alerts=[alert_to_proto(*each) for each in found[:limit]], next_page_token=token)
