"""Write the register and the contracts of the example from the data and the terms: `python derive.py [DIRECTORY]`.

Standard library only; the same input gives the same bytes. The output is committed, and a test runs this again.
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from datetime import date
from pathlib import Path

from contract import write_contract
from fleet import LATE_IDENTITY, TERM_START, Fleet, RegisteredType, read_carriers, read_fleet, read_register
from schedule import schedule_id
from terms import CARRIERS, COST_CENTRES, NOT_REPORTED

ASSET_COLUMNS = ("asset", "display_name", "manufacturer", "model", "year", "aliases", "placements")


def derive(directory: Path) -> None:
    """Write assets.csv, late_assets.csv and contracts/<carrier>.yaml into a directory."""
    register, names = read_register(), read_carriers()
    fleet = read_fleet(register)
    _write_assets(directory / "assets.csv", _asset_rows(fleet, register))
    _write_assets(directory / "late_assets.csv", [_late_asset_row()])
    contracts = directory / "contracts"
    contracts.mkdir(exist_ok=True)
    for carrier, terms in CARRIERS.items():
        text = write_contract(carrier, names[carrier], terms, fleet.families[carrier])
        (contracts / f"{carrier.lower()}.yaml").write_text(text, encoding="utf-8")


def _asset_rows(fleet: Fleet, register: dict[str, RegisteredType]) -> list[tuple[str, ...]]:
    """Return a row an aircraft: first those of the register by tail, then those of our own ids."""
    carriers_of: dict[str, list[str]] = defaultdict(list)
    for carrier, identity in sorted(fleet.first_days, key=lambda key: (fleet.first_days[key], key)):
        carriers_of[identity].append(carrier)
    rows, unlisted = [], defaultdict(list)
    for identity, carriers in sorted(carriers_of.items()):
        if identity in register:
            rows.append(_registered_row(identity, register[identity], _placements(fleet, identity, carriers)))
        else:
            unlisted[carriers[0]].append(identity)
    for carrier, identities in sorted(unlisted.items()):
        for number, identity in enumerate(identities, start=1):
            placements = _placements(fleet, identity, [carrier])
            rows.append(_unlisted_row(f"{carrier}-{number:04}", identity, placements))
    return rows


def _placements(fleet: Fleet, identity: str, carriers: list[str]) -> str:
    """Place an aircraft from the start of the term, and on a later carrier from its first flight for that one."""
    placements: list[str] = []
    for carrier in carriers:
        start = fleet.first_days[carrier, identity] if placements else TERM_START
        placement = _placement(carrier, fleet.schedule_of[carrier, identity], start)
        placements.append(f"{placement} {_cost_centre(fleet, carrier, identity)}".strip())
    return ";".join(placements)


def _cost_centre(fleet: Fleet, carrier: str, identity: str) -> str:
    """Return the base that bears an aircraft, in turn; empty for carriers that keep no cost centres."""
    centres = COST_CENTRES.get(carrier)
    if centres is None:
        return ""
    mine = sorted(each for flown_for, each in fleet.first_days if flown_for == carrier)
    return centres[mine.index(identity) % len(centres)]


def _placement(carrier: str, schedule: str, start: date) -> str:
    return f"{schedule_id(carrier, schedule)}@{start.isoformat()}"


def _registered_row(tail: str, registered: RegisteredType, placements: str) -> tuple[str, ...]:
    name = f"assets/{tail.lower()}"
    return (name, tail, registered.manufacturer, registered.model, registered.year, tail, placements)


def _unlisted_row(title: str, identity: str, placements: str) -> tuple[str, ...]:
    return (f"assets/{title.lower()}", title, "", "", "", identity, placements)


def _late_asset_row() -> tuple[str, ...]:
    carrier, identity = LATE_IDENTITY
    placement = _placement(carrier, NOT_REPORTED, TERM_START)
    return (f"assets/{identity.lower()}", identity, "", "", "", identity, placement)


def _write_assets(path: Path, rows: list[tuple[str, ...]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(ASSET_COLUMNS)
        writer.writerows(rows)


if __name__ == "__main__":
    derive(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
