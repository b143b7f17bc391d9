"""NATS edge of notify: what it hears from invoicing."""

from __future__ import annotations

import json

from dutycycle.notify.service.post import Post
from dutycycle.runtime.bus import Message, Subscription

SUBJECT = "dutycycle.invoicing.invoice.issued"


def subscription(post: Post) -> Subscription:
    """Return the durable consumer of issued invoices."""

    async def issued(message: Message) -> None:
        await post.announce(json.loads(message.body)["invoice"])

    return Subscription("notify-invoices", SUBJECT, issued)
