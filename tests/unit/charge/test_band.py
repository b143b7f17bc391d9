"""Bands of time in words."""

from __future__ import annotations

import pytest

from dutycycle.charge.band import bands_text
from dutycycle.charge.measure import Band, TimeOfUse


@pytest.mark.parametrize(
    ("band", "text"),
    [
        (Band("a"), "a is every day"),
        (Band("a", (1, 2, 3, 4, 5), 8, 20), "a is Mon to Fri from 8 to 20"),
        (Band("a", (6, 7, 8)), "a is Sat and Sun and holidays"),
        (Band("a", (8,), 22), "a is holidays from 22 to 24"),
        (Band("a", (), 22, 6), "a is every day from 22 to 6"),
        (Band("a", (1, 3), 0, 6, (6, 7, 8)), "a is Mon and Wed from 0 to 6 in Jun to Aug"),
    ],
)
def test_a_band_is_days_hours_and_months(band: Band, text: str) -> None:
    assert bands_text(TimeOfUse((band,), "b")) == f"{text}; b is all other time"
