"""What can go wrong in invoicing, beyond what every service knows."""

from __future__ import annotations

from dutycycle.kit.errors import DutycycleError, NotFoundError, PreconditionError


class DocumentError(DutycycleError):
    """A document could not be made: a fault of ours, since the invoice is already valid."""

    def __init__(self, message: str) -> None:
        super().__init__("DOCUMENT_FAILED", message)


def unknown_invoice(name: str) -> NotFoundError:
    return NotFoundError("INVOICE_UNKNOWN", f"There is no invoice {name}.", {"invoice": name})


def unknown_run(name: str) -> NotFoundError:
    return NotFoundError("BILLING_RUN_UNKNOWN", f"There is no billing run {name}.", {"billing_run": name})


def not_issued(name: str) -> PreconditionError:
    message = f"{name} is a draft: only issued invoices have documents. Approve its billing run first."
    return PreconditionError("INVOICE_NOT_ISSUED", message, {"invoice": name})
