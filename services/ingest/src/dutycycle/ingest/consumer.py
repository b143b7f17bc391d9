"""NATS edge: what contracts says changes what is billed, and lets waiting usage go."""

from __future__ import annotations

import structlog

from dutycycle.ingest.contract_book import ContractBook
from dutycycle.ingest.service.record_usage import UsageRecorder
from dutycycle.runtime.bus import Message

AGREEMENT_REVISED = "dutycycle.contracts.agreement.revised"
ASSET_REGISTERED = "dutycycle.contracts.asset.registered"
_log = structlog.get_logger()


class ContractEvents:
    """Keeps ingest in step with contracts. Hearing a message twice changes nothing."""

    def __init__(self, recorder: UsageRecorder, contracts: ContractBook) -> None:
        self._recorder = recorder
        self._contracts = contracts

    async def agreement_revised(self, message: Message) -> None:
        """Look again which meters are billed."""
        self._contracts.forget_terms()
        _log.debug("terms.forgotten", message_id=message.message_id)

    async def asset_registered(self, message: Message) -> None:
        """Let go the usage that waited for an asset."""
        counts = await self._recorder.resolve_waiting()
        if counts["accepted"]:
            _log.info("usage.resolved", **counts, message_id=message.message_id)
