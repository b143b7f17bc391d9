"""A billing run: one period billed for all customers, and how far it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from dutycycle.kit.period import BillingPeriod


class RunState(Enum):
    """States of a run."""

    WAITING_FOR_USAGE = "WAITING_FOR_USAGE"
    CALCULATING = "CALCULATING"
    DRAFTED = "DRAFTED"
    ISSUING = "ISSUING"
    ISSUED = "ISSUED"
    FAILED = "FAILED"


AT_WORK = (RunState.WAITING_FOR_USAGE, RunState.CALCULATING, RunState.ISSUING)
"""States in which the service works on a run; after a crash it goes on with these by itself."""


@dataclass(frozen=True, slots=True)
class BillingRun:
    """A run as stored. `issue_date` is what the approver asked for; None means the day of issue."""

    name: str
    period: BillingPeriod
    state: RunState
    invoices_total: int
    invoices_done: int
    progress_text: str
    error: str
    issue_date: date | None
    request_id: str
    update_time: datetime

    @property
    def at_work(self) -> bool:
        return self.state in AT_WORK


def run_name(period: BillingPeriod) -> str:
    return f"billingRuns/{period.label}"
