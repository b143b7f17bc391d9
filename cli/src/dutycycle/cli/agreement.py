"""Apply contract files and register assets."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from dutycycle.api.contracts.v1 import contracts_pb2 as pb
from dutycycle.cli.charge import expanded_agreement
from dutycycle.cli.client import Client
from dutycycle.cli.document import message_from_document, read_document
from dutycycle.kit.errors import InvalidInputError
from dutycycle.kit.ids import request_id
from dutycycle.runtime.wire import date_to_proto

_ASSETS_A_CALL = 1_000
_TOP_LEVEL = ("customer", "agreement", "catalogue")


async def apply_file(client: Client, path: Path) -> list[str]:
    """Apply what a file holds; return a line for each thing, saying whether it changed."""
    document = read_document(path)
    unknown = sorted(set(document) - set(_TOP_LEVEL))
    if unknown:
        raise InvalidInputError(
            "DOCUMENT_WRONG", f"{path}: {', '.join(unknown)}: the top level holds {', '.join(_TOP_LEVEL)}"
        )
    lines = []
    if "customer" in document:
        customer = message_from_document(pb.Customer, document["customer"], f"{path}: customer")
        await client.contracts.ApplyCustomer(pb.ApplyCustomerRequest(customer=customer, request_id=request_id()))
        lines.append(f"{customer.name} applied")
    if "agreement" in document:
        agreement = _read_agreement(document["agreement"], f"{path}: agreement")
        answer = await client.contracts.ApplyAgreement(
            pb.ApplyAgreementRequest(agreement=agreement, request_id=request_id())
        )
        state = f"now revision {answer.agreement.revision}" if answer.changed else "unchanged"
        lines.append(f"{agreement.name} {state}")
    if "catalogue" in document:
        catalogue = message_from_document(pb.Catalogue, document["catalogue"], f"{path}: catalogue")
        await client.contracts.ApplyCatalogue(pb.ApplyCatalogueRequest(catalogue=catalogue, request_id=request_id()))
        lines.append(f"catalogue applied: {len(catalogue.programs)} programs, {len(catalogue.products)} products")
    return lines


def _read_agreement(document: Any, where: str) -> pb.Agreement:
    """Read an agreement; presets among its charges are written out, for contracts knows only charges."""
    return message_from_document(pb.Agreement, expanded_agreement(document, where), where)


async def register_file(client: Client, path: Path) -> tuple[Counter[str], list[str]]:
    """Register the assets of a CSV file; return how many came to what, and a line for each refusal.

    Columns: asset, display_name, manufacturer, model, year, aliases (between semicolons), placements
    ("schedule@date" between semicolons, each with its cost centre after a space where it has one).
    """
    outcomes: Counter[str] = Counter()
    refusals = []
    assets = list(_read_assets(path))
    for first in range(0, len(assets), _ASSETS_A_CALL):
        request = pb.RegisterAssetsRequest(assets=assets[first : first + _ASSETS_A_CALL], request_id=request_id())
        answer = await client.contracts.RegisterAssets(request)
        for each in answer.answers:
            outcome = pb.AssetOutcome.Name(each.outcome).removeprefix("ASSET_OUTCOME_").lower()
            outcomes[outcome] += 1
            if each.reason:
                refusals.append(f"{each.name}: {each.reason}")
    return outcomes, refusals


def _read_assets(path: Path) -> Iterator[pb.Asset]:
    with path.open(encoding="utf-8", newline="") as file:
        for line, row in enumerate(csv.DictReader(file), start=2):
            try:
                yield pb.Asset(
                    name=row["asset"],
                    display_name=row["display_name"],
                    manufacturer=row["manufacturer"],
                    model=row["model"],
                    year=int(row["year"] or 0),
                    aliases=[alias for alias in row["aliases"].split(";") if alias],
                    placements=[_placement(text) for text in row["placements"].split(";") if text],
                )
            except (KeyError, ValueError) as error:
                raise InvalidInputError("ASSETS_UNREADABLE", f"{path}, line {line}: {error!r}") from None


def _placement(text: str) -> pb.Placement:
    schedule, _, rest = text.partition("@")
    day, _, cost_centre = rest.partition(" ")
    return pb.Placement(
        schedule=schedule, start_date=date_to_proto(date.fromisoformat(day)), cost_centre=cost_centre.strip()
    )
