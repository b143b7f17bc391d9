"""Schema changes are applied in the order of their numbers, the shared ones first."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

from dutycycle.runtime.migration import read_migrations


def test_order_is_that_of_the_numbers(tmp_path: Path) -> None:
    for name in ("0010_last", "0002_second", "0001_first"):
        (tmp_path / f"{name}.sql").write_text(f"-- {name}")
    (tmp_path / "README.md").write_text("no migration")
    read = read_migrations(tmp_path)
    assert [migration.name for migration in read] == ["0000_messages", "0001_first", "0002_second", "0010_last"]
    assert [migration.sql for migration in read[1:]] == ["-- 0001_first", "-- 0002_second", "-- 0010_last"]


@pytest.mark.parametrize("service", ["contracts", "ingest", "rating", "offers", "invoicing", "notify"])
def test_every_service_numbers_its_migrations_once_each(service: str) -> None:
    migrations = read_migrations(importlib.import_module(f"dutycycle.{service}.app").MIGRATIONS)
    numbers = [migration.name.partition("_")[0] for migration in migrations]
    assert len(numbers) > 1
    assert numbers == [f"{number:04}" for number in range(len(numbers))]
