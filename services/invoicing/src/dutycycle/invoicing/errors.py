"""What can go wrong in invoicing, beyond what every service knows."""

from __future__ import annotations

from dutycycle.kit.errors import DutycycleError, NotFoundError, PreconditionError
from dutycycle.kit.money import Money


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


def run_not_drafted(name: str, state: str) -> PreconditionError:
    message = f"{name} is {state}: only a run whose drafts are ready can be approved."
    return PreconditionError("BILLING_RUN_NOT_DRAFTED", message, {"billing_run": name, "state": state})


def usage_incomplete(behind: str, seconds: int) -> PreconditionError:
    message = f"Rating has not folded all accepted usage within {seconds} s ({behind}). Start the run again later."
    return PreconditionError("USAGE_INCOMPLETE", message, {"behind": behind, "seconds": str(seconds)})


def no_agreement(customer: str, period: str) -> PreconditionError:
    message = f"{customer} has no agreement in force in {period}."
    return PreconditionError("NO_AGREEMENT_IN_FORCE", message, {"customer": customer, "period": period})


def unknown_customer(name: str) -> NotFoundError:
    return NotFoundError("CUSTOMER_UNKNOWN", f"There is no customer {name}.", {"customer": name})


def lines_do_not_add_up(agreement: str, period: str, added: Money, stated: Money) -> DutycycleError:
    message = (
        f"The lines of {agreement} for {period} add up to {added.text()}, not to {stated.text()}: nothing is billed."
    )
    metadata = {"agreement": agreement, "period": period, "added": added.text(), "stated": stated.text()}
    return DutycycleError("LINES_DO_NOT_ADD_UP", message, metadata)
