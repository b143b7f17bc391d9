"""Errors and reasons of the ingest service."""

from __future__ import annotations

from enum import StrEnum

from dutycycle.kit.errors import ConflictError, InvalidInputError, NotFoundError, PreconditionError


class Reason(StrEnum):
    """Why a record was refused or waits. Stable words; the message beside them says what to do."""

    NO_EVENT_ID = "NO_EVENT_ID"
    NO_ASSET_IDENTITY = "NO_ASSET_IDENTITY"
    NO_METER_VALUE = "NO_METER_VALUE"
    NEGATIVE_VALUE = "NEGATIVE_VALUE"
    TIME_OUT_OF_RANGE = "TIME_OUT_OF_RANGE"
    CONTENT_CONFLICT = "CONTENT_CONFLICT"
    UNREADABLE_ROW = "UNREADABLE_ROW"
    UNREADABLE_MESSAGE = "UNREADABLE_MESSAGE"
    UNKNOWN_ASSET = "UNKNOWN_ASSET"
    NO_PLACEMENT = "NO_PLACEMENT"
    PERIOD_ISSUED = "PERIOD_ISSUED"


def ill_formed_batch(field: str, description: str) -> InvalidInputError:
    return InvalidInputError("BATCH_INVALID", f"{field}: {description}", {"field": field})


def file_refused(file_name: str, why: str) -> InvalidInputError:
    return InvalidInputError("FILE_REFUSED", f"{file_name}: {why}", {"file_name": file_name})


def file_read_elsewhere(name: str) -> ConflictError:
    return ConflictError("FILE_READ_ELSEWHERE", f"{name} is being read by another process; ask again", {"name": name})


def file_unknown(name: str) -> NotFoundError:
    return NotFoundError("FILE_UNKNOWN", f"there is no file {name!r}", {"name": name})


def file_not_answered(name: str, error: str) -> PreconditionError:
    return PreconditionError("FILE_NOT_ANSWERED", f"{name} was refused as a whole: {error}", {"name": name})


def rejection_unknown(name: str) -> NotFoundError:
    return NotFoundError("REJECTION_UNKNOWN", f"there is no rejection {name!r}", {"name": name})
