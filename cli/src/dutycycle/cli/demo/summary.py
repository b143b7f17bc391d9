"""What the demo did, as figures."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from dutycycle.api.invoicing.v1 import invoicing_pb2
from dutycycle.api.offers.v1 import offers_pb2
from dutycycle.cli.demo.feed import Tally
from dutycycle.kit.money import minor_digits, total
from dutycycle.runtime.wire import money_from_proto

_TREATMENTS = {
    "program": offers_pb2.TREATMENT_PROGRAM,
    "product": offers_pb2.TREATMENT_PRODUCT,
    "best_plan": offers_pb2.TREATMENT_BEST_PLAN,
}


def summarize(
    tally: Tally,
    assets: int,
    invoices: Sequence[invoicing_pb2.Invoice],
    emails_delivered: int,
    seconds: dict[str, float],
) -> dict[str, Any]:
    """Return the summary; amounts are decimal strings by currency, times are seconds by stage."""
    treatments = Counter(invoice.decision.treatment for invoice in invoices)
    currencies = sorted({invoice.total.currency_code for invoice in invoices})
    invoiced = {
        currency: total([money_from_proto(i.total) for i in invoices if i.total.currency_code == currency], currency)
        for currency in currencies
    }
    return {
        "received": tally.received,
        "accepted": tally.accepted,
        "waiting": tally.waiting,
        "duplicate": tally.duplicate,
        "rejected": dict(sorted(tally.rejected.items())),
        "customers": len({invoice.customer.name for invoice in invoices}),
        "assets": assets,
        "billing_periods": len({(i.period.start_date.year, i.period.start_date.month) for i in invoices}),
        "invoices": len(invoices),
        "lines": sum(len(invoice.lines) for invoice in invoices),
        "invoiced_total": {
            currency: f"{money.amount:.{minor_digits(currency)}f}" for currency, money in invoiced.items()
        },
        "offers": {name: treatments[value] for name, value in _TREATMENTS.items()},
        "emails_delivered": emails_delivered,
        "seconds": {stage: round(value, 1) for stage, value in seconds.items()},
    }


def write_summary(summary: dict[str, Any], path: Path) -> None:
    path.write_text(json.dumps(summary, indent=2) + "\n", encoding="utf-8")
