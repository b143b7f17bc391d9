"""Time is read in one place, so that a test can hold it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from dutycycle.kit import clock


def test_frozen_time_stands_still_and_then_runs_again() -> None:
    instant = datetime(2013, 12, 31, 23, 30, tzinfo=UTC)
    with clock.frozen(instant):
        assert clock.now() == instant
        assert clock.today("America/New_York") == date(2013, 12, 31)
        assert clock.today("Asia/Tokyo") == date(2014, 1, 1)
        with clock.frozen(datetime(2014, 6, 1, tzinfo=UTC)):
            assert clock.today("UTC") == date(2014, 6, 1)
        assert clock.now() == instant
    assert clock.now().tzinfo is UTC
    assert clock.now() > instant


def test_time_runs_again_after_a_failure() -> None:
    with pytest.raises(RuntimeError), clock.frozen(datetime(2013, 1, 1, tzinfo=UTC)):
        raise RuntimeError
    assert clock.now().year > 2013
