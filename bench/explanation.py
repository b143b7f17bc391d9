"""Lines with their arithmetic, in columns, against their amounts alone.

The lines of R1, in parts as a billing run takes them, so that what is made of a part is still in the cache when it is
passed on. Every explanation is added up again, exactly, and must come to the amount.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bench.rating_graduated import Workload, make_workload
from bench.timing import Row, row, take_turns
from dutycycle.rating import core
from dutycycle.rating.columns import Columns
from dutycycle.rating.explanation import Explanation
from dutycycle.rating.tariff import COLUMNS, Tariff

LINES = 2_000_000
PART = 8_192
ROUNDS = 7


def run() -> list[Row]:
    """Measure both; one row, whose ratio is of times and better where it is small."""
    workload = make_workload(LINES)
    tariff, parts = workload.tariff(), _parts(workload)
    amounts = np.zeros(PART, dtype=np.int64)

    def rate() -> None:
        for part in parts:
            core.rate_compiled(tariff, part, amounts[: len(part.charge)])

    def explain() -> int:
        return sum(len(core.explain_compiled(tariff, part).piece) for part in parts)

    timed = take_turns({"amounts": rate, "explained": explain}, ROUNDS)
    alone, explained = (1e9 * timed[name].seconds / LINES for name in ("amounts", "explained"))
    equal = all(
        np.array_equal(added_up(tariff, part, core.explain_compiled(tariff, part)), core.rate_compiled(tariff, part))
        for part in parts
    )
    unit = f"ns/line with {timed['explained'].result / LINES:.1f} rows"
    return [row("rating.explanation.vs_amounts", unit, explained, "amounts alone, ns/line", alone, equal=equal)]


def _parts(workload: Workload) -> list[Columns]:
    columns = workload.columns
    return [
        Columns(columns.charge[first : first + PART], columns.quantity[first : first + PART])
        for first in range(0, LINES, PART)
    ]


def added_up(tariff: Tariff, columns: Columns, explanation: Explanation) -> NDArray[np.int64]:
    """Add the rows of each line up, round and bound: what the amounts must be. No line of the workload is negative."""
    divisor, minimum = (tariff.charges[columns.charge, COLUMNS.index(name)] for name in ("divisor", "minimum"))
    starts = explanation.first[:-1]
    carried, rest = np.divmod(np.add.reduceat(explanation.rest, starts), divisor)
    cents = np.add.reduceat(explanation.whole, starts) + carried + (2 * rest >= divisor) * (divisor > 1)
    bounded: NDArray[np.int64] = np.maximum(cents, minimum)
    return bounded


if __name__ == "__main__":
    for each in run():
        print(each)
