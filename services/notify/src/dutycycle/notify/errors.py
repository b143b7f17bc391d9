"""What can go wrong in notify, beyond what every service knows."""

from __future__ import annotations

from dutycycle.kit.errors import NotFoundError, PreconditionError


def unknown_delivery(name: str) -> NotFoundError:
    return NotFoundError("DELIVERY_UNKNOWN", f"There is no delivery {name}.", {"delivery": name})


def no_agreement(customer: str) -> NotFoundError:
    return NotFoundError(
        "AGREEMENT_UNKNOWN", f"{customer} has no agreement: nobody to write for.", {"customer": customer}
    )


def not_suppressed(recipient: str) -> NotFoundError:
    return NotFoundError("SUPPRESSION_UNKNOWN", f"Messages to {recipient} are not held back.", {"recipient": recipient})


def not_issued(invoice: str) -> PreconditionError:
    return PreconditionError(
        "INVOICE_NOT_ISSUED", f"{invoice} is a draft: it has no message yet.", {"invoice": invoice}
    )


def not_retryable(name: str, state: str) -> PreconditionError:
    message = f"{name} is {state}: only a delivery to a mailbox that is not yet delivered can be tried again."
    return PreconditionError("DELIVERY_NOT_RETRYABLE", message, {"delivery": name, "state": state})
