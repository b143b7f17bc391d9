"""NATS edge of notify: what it hears from invoicing and offers."""

from __future__ import annotations

import json

from dutycycle.notify.service.announcing import Announcer
from dutycycle.notify.service.post import Post
from dutycycle.runtime.bus import Message, Subscription

SUBJECT = "dutycycle.invoicing.invoice.issued"


DECIDED = "dutycycle.offers.decision.made"


def announcements(announcer: Announcer) -> Subscription:
    """Return the durable consumer of decisions about invoices."""

    async def decided(message: Message) -> None:
        await announcer.decided(json.loads(message.body)["decision"])

    return Subscription("notify-decisions", DECIDED, decided)


def subscription(post: Post) -> Subscription:
    """Return the durable consumer of issued invoices."""

    async def issued(message: Message) -> None:
        await post.announce(json.loads(message.body)["invoice"])

    return Subscription("notify-invoices", SUBJECT, issued)
