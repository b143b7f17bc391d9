"""CSV files of usage."""

from __future__ import annotations

from pathlib import Path

import pytest
import typer

from dutycycle.cli.command.argument import read_periods
from dutycycle.cli.usage_table import read_usage
from dutycycle.kit.errors import InvalidInputError
from dutycycle.runtime.wire import timestamp_from_proto

HEADING = "occurred_at,asset,id,removes,minutes,attr.region\n"


def read(folder: Path, text: str) -> list[dict[str, object]]:
    path = folder / "usage.csv"
    path.write_text(text, encoding="utf-8")
    return [
        {
            "at": f"{timestamp_from_proto(each.occurred_time):%Y-%m-%dT%H:%MZ}",
            "asset": each.asset,
            "id": each.id,
            "removes": each.removes,
            "quantities": dict(each.quantities),
            "attributes": dict(each.attributes),
        }
        for each in read_usage(path, "America/New_York")
    ]


def test_columns_become_fields_and_empty_cells_nothing(tmp_path: Path) -> None:
    [first, second] = read(
        tmp_path, HEADING + "2024-01-03T10:00:00+01:00,N1,e1,,90.5,north\n2024-01-03 10:00,,e1,yes,,\n"
    )
    assert first == {
        "at": "2024-01-03T09:00Z",
        "asset": "N1",
        "id": "e1",
        "removes": False,
        "quantities": {"minutes": "90.5"},
        "attributes": {"region": "north"},
    }
    assert (second["at"], second["removes"]) == ("2024-01-03T15:00Z", True)  # ten o'clock in New York
    assert (second["quantities"], second["attributes"]) == ({}, {})


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("at,minutes\n", "line 1"),
        ("occurred_at,minutes,minutes\n", "line 1"),
        (HEADING + "yesterday,N1,,,1,\n", "line 2, occurred_at"),
        (HEADING + "2024-01-03T10:00:00Z,N1,,,1h,\n", "line 2, minutes"),
        (HEADING + "2024-01-03T10:00:00Z,N1,,,NaN,\n", "line 2, minutes"),
        (HEADING + "2024-01-03T10:00:00Z,N1,,maybe,1,\n", "line 2, removes"),
        (HEADING + "2024-01-03T10:00:00Z,N1\n", "line 2"),
        (HEADING + "2024-01-03T10:00:00Z,N1,,,1,north,more\n", "line 2"),
    ],
)
def test_what_cannot_be_read_is_told_by_line_and_column(tmp_path: Path, text: str, where: str) -> None:
    with pytest.raises(InvalidInputError) as caught:
        read(tmp_path, text)
    assert caught.value.metadata["where"] == f"{tmp_path / 'usage.csv'}, {where}"


def test_months_are_one_or_from_one_to_another() -> None:
    assert [month.label for month in read_periods("2013-11..2014-02")] == ["2013-11", "2013-12", "2014-01", "2014-02"]
    assert [month.label for month in read_periods("2013-11")] == ["2013-11"]
    for wrong in ("2013-11..", "2013-11..2013-10", "..2013-10", "2013"):
        with pytest.raises(typer.BadParameter):
            read_periods(wrong)
