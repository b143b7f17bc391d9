"""What can go wrong in notify, beyond what every service knows."""

from __future__ import annotations

from dutycycle.kit.errors import NotFoundError, PreconditionError


def unknown_delivery(name: str) -> NotFoundError:
    return NotFoundError("DELIVERY_UNKNOWN", f"There is no delivery {name}.", {"delivery": name})


def not_retryable(name: str, state: str) -> PreconditionError:
    message = f"{name} is {state}: only a delivery to a mailbox that is not yet delivered can be tried again."
    return PreconditionError("DELIVERY_NOT_RETRYABLE", message, {"delivery": name, "state": state})
