"""Charges as contract files hold them: written out, or as presets that are expanded before anything is sent."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dutycycle.api.contracts.v1 import charge_pb2
from dutycycle.charge.charge import Charge
from dutycycle.charge.convert import charge_from_proto
from dutycycle.charge.preset import Document, expand
from dutycycle.cli.document import message_from_document, read_document
from dutycycle.kit.errors import FieldViolation, InvalidInputError

PRESET = "preset"


def expanded_charges(entries: Any, where: str) -> Any:
    """Return the entries of `charges:` with every preset written out. Raises InvalidInputError naming the entry."""
    if not isinstance(entries, list):
        return entries  # what it should be is for the reader of messages to say
    charges: list[Any] = []
    for index, entry in enumerate(entries):
        charges += _expanded(entry, f"{where}[{index}]")
    return charges


def expanded_agreement(agreement: Any, where: str) -> Any:
    """Return an agreement with the presets of its schedules written out."""
    if not isinstance(agreement, dict) or not isinstance(agreement.get("schedules"), list):
        return agreement
    schedules = [
        {**schedule, "charges": expanded_charges(schedule["charges"], f"{where}.schedules[{index}].charges")}
        if isinstance(schedule, dict) and "charges" in schedule
        else schedule
        for index, schedule in enumerate(agreement["schedules"])
    ]
    return {**agreement, "schedules": schedules}


def read_charges(path: Path) -> list[Document]:
    """Read a file that holds one charge, one preset, or a list of either under `charges:`, and write presets out."""
    document = read_document(path)
    entries = document["charges"] if set(document) == {"charges"} else [document]
    charges: list[Document] = expanded_charges(entries, f"{path}: charges")
    return charges


def checked(document: Mapping[str, Any], where: str) -> Charge:
    """Return the charge that a document holds. Raises InvalidInputError naming every wrong field."""
    return charge_from_proto(message_from_document(charge_pb2.Charge, document, where), where)


def _expanded(entry: Any, where: str) -> list[Any]:
    if not isinstance(entry, dict) or PRESET not in entry:
        return [entry]
    parameters = {name: value for name, value in entry.items() if name != PRESET}
    try:
        return list(expand(entry[PRESET], parameters))
    except InvalidInputError as error:
        violations = [FieldViolation(f"{where}.{each.field}", each.description) for each in error.violations]
        raise InvalidInputError(error.reason, f"{where}: {error.message}", error.metadata, violations) from None
