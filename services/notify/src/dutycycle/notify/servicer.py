"""gRPC edge of notify."""

from __future__ import annotations

from typing import Any

import grpc.aio

from dutycycle.api.notify.v1 import notify_pb2 as pb
from dutycycle.api.notify.v1.notify_pb2_grpc import NotifyServiceServicer
from dutycycle.notify.convert import STATES, delivery_to_proto
from dutycycle.notify.service.post import Post
from dutycycle.runtime.page import decode_token, encode_token, page_size

Context = grpc.aio.ServicerContext[Any, Any]


class NotifyServicer(NotifyServiceServicer):
    def __init__(self, post: Post) -> None:
        self._post = post

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
