"""NATS edge: what contracts says lets waiting usage go."""

from __future__ import annotations

import structlog

from dutycycle.ingest.service.record_usage import UsageRecorder
from dutycycle.runtime.bus import Message

ASSET_REGISTERED = "dutycycle.contracts.asset.registered"
_log = structlog.get_logger()


class ContractEvents:
    """Resolves waiting usage whenever assets are registered. Doing so twice changes nothing."""

    def __init__(self, recorder: UsageRecorder) -> None:
        self._recorder = recorder

    async def asset_registered(self, message: Message) -> None:
        counts = await self._recorder.resolve_waiting()
        if counts["accepted"]:
            _log.info("usage.resolved", **counts, message_id=message.message_id)
