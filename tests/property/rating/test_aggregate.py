"""The compiled aggregation and its twin agree, however events are ordered and cut into batches."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from dutycycle.rating import core
from dutycycle.rating.aggregate import Aggregate, BandColumns, EventColumns, Grid, Totals, sum_by_band, sum_by_tier

BOUNDS = (-50, 0, 700, 2**60)
GRID = Grid(np.array(BOUNDS, dtype=np.int64), 3, 2)
INSTANTS = st.integers(-50, 800) | st.integers(-50, 2**60 - 1)
VALUES = st.integers(-20, 20) | st.integers(-(2**62), 2**62) | st.sampled_from([-(2**63), 2**63 - 1])
EVENTS = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 1), INSTANTS, VALUES), max_size=80)
Rows = list[tuple[int, int, int, int]]


def columns(rows: Rows) -> EventColumns:
    asset, meter, at, value = ([row[index] for row in rows] for index in range(4))
    return EventColumns(
        np.array(asset, dtype=np.int32),
        np.array(meter, dtype=np.int32),
        np.array(at, dtype=np.int64),
        np.array(value, dtype=np.int64),
    )


def aggregated(name: str, *batches: Rows, read_between: bool = False) -> object:
    """Return all that one core says of batches, or which row was too much."""
    aggregate = Aggregate(GRID, name)
    try:
        for rows in batches:
            aggregate.add(columns(rows))
            if read_between:
                aggregate.totals()
    except OverflowError as error:
        return str(error)
    return answers(aggregate)


def answers(aggregate: Aggregate) -> object:
    totals = aggregate.totals()
    cells = [getattr(totals, name).tolist() for name in Totals.__slots__]
    return cells, aggregate.means(whole_period=True).tolist(), aggregate.means(whole_period=False).tolist()


def test_the_compiled_aggregation_is_the_one_that_is_tested() -> None:
    assert core.COMPILED


@settings(max_examples=300, deadline=None)
@given(EVENTS)
def test_the_compiled_aggregation_equals_its_twin(rows: Rows) -> None:
    assert aggregated("cython", rows) == aggregated("python", rows)


@settings(max_examples=150, deadline=None)
@given(EVENTS, st.randoms(use_true_random=False), st.integers(0, 80), st.booleans())
def test_any_order_and_any_cut_come_to_the_same(rows: Rows, random: object, cut: int, read_between: bool) -> None:
    rows = [(asset, meter, at, value // 128) for asset, meter, at, value in rows]
    shuffled = rows.copy()
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis does not export the type
    parts = shuffled[:cut], shuffled[cut:]
    assert aggregated("cython", rows) == aggregated("cython", *parts, read_between=read_between)


def test_many_late_events_of_one_cell_are_put_in_order() -> None:
    random = np.random.default_rng(3)
    rows = [(0, 0, int(at), int(value)) for at, value in random.integers(0, 700, (5_000, 2))]
    assert aggregated("cython", rows) == aggregated("python", rows)


def test_an_integral_wider_than_64_bits_is_exact() -> None:
    aggregate = Aggregate(GRID)
    aggregate.add(columns([(0, 0, 700, -(2**63))]))
    assert aggregate.totals().integral(2, 0, 0) == -(2**63) * (2**60 - 700)
    assert aggregate.means(whole_period=False)[2, 0, 0] == -(2**63)


@pytest.mark.parametrize("name", ["cython", "python"])
@pytest.mark.parametrize(
    ("row", "words"),
    [
        ((3, 0, 1, 1), "row 1 names asset 3 of 3"),
        ((0, -1, 1, 1), "row 1 names meter -1 of 2"),
        ((0, 0, -51, 1), "row 1 is at -51 us, outside of"),
        ((0, 0, 2**60, 1), f"row 1 is at {2**60} us, outside of"),
        ((0, 0, 5, 2**63 - 1), "row 1 takes the sum of asset 0, meter 0 out of 64 bits"),
    ],
)
def test_a_row_that_does_not_fit_is_named_and_nothing_is_read_after_it(
    name: str, row: tuple[int, int, int, int], words: str
) -> None:
    aggregate = Aggregate(GRID, name)
    with pytest.raises((ValueError, OverflowError), match=words):
        aggregate.add(columns([(0, 0, 1, 1), row]))
    with pytest.raises(ValueError, match="an earlier batch failed"):
        aggregate.totals()


@pytest.mark.parametrize("name", ["cython", "python"])
def test_a_grid_without_room_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="bounds must ascend"):
        Aggregate(Grid(np.array([5, 5], dtype=np.int64), 1, 1), name)
    with pytest.raises(ValueError, match="is their unit the microsecond"):
        Aggregate(Grid(np.array([-(2**63), 5], dtype=np.int64), 1, 1), name)
    with pytest.raises(ValueError, match="there must be one of each"):
        Aggregate(Grid(np.array([5, 6], dtype=np.int64), 0, 1), name)


BANDED = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2), VALUES), max_size=30)
UPPERS = st.lists(st.integers(-1, 60) | st.integers(1, 2**63 - 1), max_size=4)


def banded(rows: list[tuple[int, int, int]]) -> BandColumns:
    return BandColumns(
        np.array([row[0] for row in rows], dtype=np.int32),
        np.array([row[1] for row in rows], dtype=np.int8),
        np.array([[row[2] for row in rows], [row[2] // 4 for row in rows[::-1]]], dtype=np.int64),
    )


def answer(summed: Callable[[str], NDArray[np.int64]], name: str) -> object:
    try:
        return summed(name).tolist()
    except (OverflowError, ValueError) as error:
        return str(error)


@settings(max_examples=150, deadline=None)
@given(BANDED, st.integers(1, 3))
def test_sums_by_band_equal_their_twin(rows: list[tuple[int, int, int]], bands: int) -> None:
    def summed(name: str) -> NDArray[np.int64]:
        return sum_by_band(banded(rows), 4, bands, name)

    assert answer(summed, "cython") == answer(summed, "python")


@settings(max_examples=300, deadline=None)
@given(BANDED, st.integers(2, 3), UPPERS)
def test_sums_by_tier_equal_their_twin(rows: list[tuple[int, int, int]], bands: int, uppers: list[int]) -> None:
    bounds = np.array(sorted(uppers), dtype=np.int64)

    def summed(name: str) -> NDArray[np.int64]:
        return sum_by_tier(banded(rows), 4, bands, bounds, name)

    assert answer(summed, "cython") == answer(summed, "python")
