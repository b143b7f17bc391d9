# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The compiled aggregation: columns of events in, one cell for each period, asset and meter out.

Cells are dense, 64 bytes each and aligned to 64, so that an event touches one line of the cache, and the line is asked
for some rows ahead. Events are taken as they come. One that is older than the newest of its cell leaves the integral of
that cell wrong and the cell marked; before anything is read, marked cells are integrated again from their own events in
order of time, found in the batches that were added.
"""

import numpy as np

from libc.stdint cimport int8_t, int32_t, int64_t, uint8_t, uint64_t
from libc.stdlib cimport qsort


cdef extern from *:
    """
    typedef __int128 aggregate_wide;
    typedef struct {
        __int128 integral;
        int64_t sum, count, least, most, last, last_at;
    } aggregate_cell;
    #define aggregate_add_overflows(a, b, out) __builtin_add_overflow(a, b, out)
    #define aggregate_prefetch(address) __builtin_prefetch(address, 1)
    """
    ctypedef long long wide "aggregate_wide"
    ctypedef struct Cell "aggregate_cell":
        wide integral       # of the value over time, up to last_at
        int64_t sum
        int64_t count
        int64_t least
        int64_t most
        int64_t last
        int64_t last_at
    bint add_overflows "aggregate_add_overflows"(int64_t a, int64_t b, int64_t* out) noexcept nogil
    void prefetch "aggregate_prefetch"(const void* address) noexcept nogil

cdef extern from "stdint.h":
    int64_t INT64_LEAST "INT64_MIN"
    int64_t INT64_MOST "INT64_MAX"


FARTHEST = 2**60
"""Microseconds, 36,000 years: twice a value times a duration fits 128 bits."""


cdef struct Sample:
    int64_t at
    int64_t value


cdef enum:
    CELL_BYTES = 64
    BLOCK = 1024      # rows of which the cells are known before the first is added
    AHEAD = 20        # rows between asking for a cell and adding to it
    MOVES = 8         # moves a sample on average, after which a cell is sorted by halves

cdef enum Fault:
    NONE, UNKNOWN_ASSET, UNKNOWN_METER, OUTSIDE, OVERFLOW


cdef class Cells:
    """Running totals of every period, asset and meter."""

    cdef readonly Py_ssize_t periods, assets, meters
    cdef object bounds_array, memory, first_array, late_array
    cdef list batches
    cdef const int64_t[::1] bounds
    cdef int64_t[::1] first_at
    cdef uint8_t[::1] late
    cdef Cell* cells
    cdef bint any_late
    cdef str broken

    def __init__(self, bounds, Py_ssize_t assets, Py_ssize_t meters):
        edges = np.array(bounds, dtype=np.int64)
        if edges.ndim != 1 or len(edges) < 2 or np.any(edges[1:] <= edges[:-1]):
            raise ValueError("bounds must ascend: the starts of the periods, and the end of the last")
        if edges[0] < -FARTHEST or edges[-1] > FARTHEST:
            raise ValueError(f"bounds lie beyond {FARTHEST} us from 1970; is their unit the microsecond?")
        if assets < 1 or meters < 1:
            raise ValueError(f"{assets} assets and {meters} meters; there must be one of each at least")
        self.bounds = self.bounds_array = edges
        self.periods, self.assets, self.meters = len(edges) - 1, assets, meters
        cdef Py_ssize_t count = self.periods * assets * meters
        if count > 2**31 - 1:
            raise ValueError(f"{count} cells; at most 2**31 - 1, so take fewer periods at once")
        self.memory = np.zeros(count * CELL_BYTES + CELL_BYTES, dtype=np.uint8)
        cdef uint8_t[::1] raw = self.memory
        cdef uint64_t address = <uint64_t>&raw[0]
        self.cells = <Cell*>(address + (CELL_BYTES - address % CELL_BYTES) % CELL_BYTES)
        self.first_array = np.zeros(count, dtype=np.int64)
        self.first_at = self.first_array
        self.late_array = np.zeros(count, dtype=np.uint8)
        self.late = self.late_array
        self.any_late = False
        self.batches = []
        self.broken = ""

    def add(self, const int32_t[::1] asset, const int32_t[::1] meter, const int64_t[::1] at_us,
            const int64_t[::1] quantity):
        """Add a batch of events, in any order. The columns are kept, not copied: the caller must not change them."""
        cdef Py_ssize_t rows = asset.shape[0]
        cdef Py_ssize_t row = 0
        cdef Fault fault
        self._check()
        if meter.shape[0] != rows or at_us.shape[0] != rows or quantity.shape[0] != rows:
            raise ValueError("columns differ in length")
        if rows == 0:
            return
        self.batches.append((asset, meter, at_us, quantity))
        with nogil:
            fault = self._add(&asset[0], &meter[0], &at_us[0], &quantity[0], rows, &row)
        if fault != NONE:
            self.broken = self._words(fault, row, asset[row], meter[row], at_us[row])
            raise (OverflowError if fault == OVERFLOW else ValueError)(self.broken)

    def columns(self):
        """Return count, sum, least, most, last, last_at and first_at, flat over period, asset, meter; 0 if no event."""
        self._settle()
        cdef Py_ssize_t count = self.periods * self.assets * self.meters
        # Rows of the cell after the integral, which is two words wide.
        words = np.frombuffer(<uint8_t[:count * CELL_BYTES]><uint8_t*>self.cells, dtype=np.int64).reshape(count, 8)
        total, events, least, most, last, last_at = (words[:, index].copy() for index in range(2, 8))
        return events, total, least, most, last, last_at, self.first_array.copy()

    def integrals(self):
        """Return the integral of each cell from its first event to the end of its period: high and low 64 bits."""
        self._settle()
        cdef Py_ssize_t count = self.periods * self.assets * self.meters
        high_array, low_array = np.empty(count, dtype=np.int64), np.empty(count, dtype=np.uint64)
        cdef int64_t[::1] high = high_array
        cdef uint64_t[::1] low = low_array
        cdef Py_ssize_t i
        cdef wide integral
        with nogil:
            for i in range(count):
                integral = self._closed(i)
                high[i] = <int64_t>(integral >> 64)
                low[i] = <uint64_t>integral
        return high_array, low_array

    def means(self, bint whole_period):
        """Return the mean level of each cell, rounded once, half away from zero; 0 if no event.

        It is over the time since the first event, or over the whole period with a level of zero until then.
        """
        self._settle()
        cdef Py_ssize_t count = self.periods * self.assets * self.meters
        cdef Py_ssize_t in_period = self.assets * self.meters
        result = np.zeros(count, dtype=np.int64)
        cdef int64_t[::1] mean = result
        cdef Py_ssize_t i, period
        cdef int64_t since
        with nogil:
            for i in range(count):
                if self.cells[i].count:
                    period = i / in_period
                    since = self.bounds[period] if whole_period else self.first_at[i]
                    mean[i] = divide(self._closed(i), self.bounds[period + 1] - since)
        return result

    cdef wide _closed(self, Py_ssize_t cell) noexcept nogil:
        """The last value holds until the period ends."""
        cdef const Cell* it = self.cells + cell
        if it.count == 0:
            return 0
        return it.integral + <wide>it.last * (self.bounds[cell / (self.assets * self.meters) + 1] - it.last_at)

    cdef Fault _add(self, const int32_t* asset, const int32_t* meter, const int64_t* at, const int64_t* quantity,
                    Py_ssize_t rows, Py_ssize_t* failed) noexcept nogil:
        cdef int32_t[BLOCK + AHEAD] found
        cdef Py_ssize_t start = 0
        cdef Py_ssize_t size, i
        cdef Fault fault
        while start < rows:
            size = min(<Py_ssize_t>BLOCK, rows - start)
            fault = self._find(asset + start, meter + start, at + start, size, found, &i)
            if fault != NONE:
                failed[0] = start + i
                return fault
            for i in range(AHEAD):
                found[size + i] = found[size - 1]
                prefetch(self.cells + found[min(i, size - 1)])
            for i in range(size):
                prefetch(self.cells + found[i + AHEAD])
                if not self._take(found[i], at[start + i], quantity[start + i]):
                    failed[0] = start + i
                    return OVERFLOW
            start += size
        return NONE

    cdef Fault _find(self, const int32_t* asset, const int32_t* meter, const int64_t* at, Py_ssize_t rows,
                     int32_t* found, Py_ssize_t* failed) noexcept nogil:
        """Write the cell of every row of a block, or say which row has none."""
        cdef int64_t low = self.bounds[0]
        cdef int64_t high = self.bounds[1]
        cdef Py_ssize_t period = 0
        cdef Py_ssize_t i
        for i in range(rows):
            if at[i] < low or at[i] >= high:
                period = self._period(at[i])
                if period < 0:
                    failed[0] = i
                    return OUTSIDE
                low, high = self.bounds[period], self.bounds[period + 1]
            if asset[i] < 0 or asset[i] >= self.assets:
                failed[0] = i
                return UNKNOWN_ASSET
            if meter[i] < 0 or meter[i] >= self.meters:
                failed[0] = i
                return UNKNOWN_METER
            found[i] = <int32_t>((period * self.assets + asset[i]) * self.meters + meter[i])
        return NONE

    cdef Py_ssize_t _period(self, int64_t at) noexcept nogil:
        """Return the period of an instant by halving, or -1."""
        cdef Py_ssize_t low = 0
        cdef Py_ssize_t high = self.periods
        cdef Py_ssize_t middle
        if at < self.bounds[0] or at >= self.bounds[high]:
            return -1
        while high - low > 1:
            middle = (low + high) // 2
            if self.bounds[middle] <= at:
                low = middle
            else:
                high = middle
        return low

    cdef inline bint _take(self, Py_ssize_t index, int64_t at, int64_t value) noexcept nogil:
        """Add one event to its cell; return whether the sum stayed within 64 bits."""
        cdef Cell* cell = self.cells + index
        if cell.count == 0:
            cell.least = cell.most = cell.last = cell.sum = value
            cell.last_at = self.first_at[index] = at
            cell.count = 1
            return True
        if add_overflows(cell.sum, value, &cell.sum):
            return False
        cell.count += 1
        cell.least = min(cell.least, value)
        cell.most = max(cell.most, value)
        if at > cell.last_at:
            cell.integral += <wide>cell.last * (at - cell.last_at)
            cell.last_at = at
            cell.last = value
        elif at == cell.last_at:
            cell.last = max(cell.last, value)
        else:
            self.late[index] = 1
            self.any_late = True
        return True

    def _settle(self):
        """Integrate the cells again in which an event came late."""
        self._check()
        if not self.any_late:
            return
        cells = np.flatnonzero(self.late_array)
        cdef int64_t[::1] late_cell = cells
        cdef Py_ssize_t count = len(cells)
        cdef Py_ssize_t i
        starts = np.zeros(count + 1, dtype=np.int64)
        cdef int64_t[::1] start = starts
        for i in range(count):
            start[i + 1] = start[i] + self.cells[late_cell[i]].count
        place_array = np.full(len(self.late_array), -1, dtype=np.int64)
        place_array[cells] = starts[:-1]
        sample_array = np.empty((starts[-1], 2), dtype=np.int64)
        cdef int64_t[::1] place = place_array
        cdef int64_t[:, ::1] raw = sample_array
        cdef Sample* samples = <Sample*>&raw[0, 0]
        for asset, meter, at_us, quantity in self.batches:
            self._gather(asset, meter, at_us, quantity, place, samples)
        with nogil:
            for i in range(count):
                sort(samples + start[i], start[i + 1] - start[i])
                self._integrate(late_cell[i], samples + start[i], start[i + 1] - start[i])
        self.late_array[cells] = 0
        self.any_late = False

    cdef _gather(self, const int32_t[::1] asset, const int32_t[::1] meter, const int64_t[::1] at,
                 const int64_t[::1] quantity, int64_t[::1] place, Sample* samples):
        """Put the events of marked cells where these have their places."""
        cdef int32_t[BLOCK] found
        cdef Py_ssize_t rows = asset.shape[0]
        cdef Py_ssize_t start = 0
        cdef Py_ssize_t size, i
        with nogil:
            while start < rows:
                size = min(<Py_ssize_t>BLOCK, rows - start)
                self._find(&asset[start], &meter[start], &at[start], size, found, &i)
                for i in range(size):
                    if self.late[found[i]]:
                        samples[place[found[i]]] = Sample(at[start + i], quantity[start + i])
                        place[found[i]] += 1
                start += size

    cdef void _integrate(self, Py_ssize_t index, const Sample* samples, Py_ssize_t count) noexcept nogil:
        cdef Cell* cell = self.cells + index
        cdef Py_ssize_t i
        cell.integral = 0
        for i in range(1, count):
            cell.integral += <wide>samples[i - 1].value * (samples[i].at - samples[i - 1].at)
        cell.last, cell.last_at = samples[count - 1].value, samples[count - 1].at
        self.first_at[index] = samples[0].at

    def _check(self):
        if self.broken:
            raise ValueError(f"an earlier batch failed, and these totals hold a part of it: {self.broken}")

    def _words(self, Fault fault, Py_ssize_t row, int32_t asset, int32_t meter, int64_t at):
        """Say what is wrong with a row, and what to do."""
        if fault == UNKNOWN_ASSET:
            return f"row {row} names asset {asset} of {self.assets}; make room for every asset first"
        if fault == UNKNOWN_METER:
            return f"row {row} names meter {meter} of {self.meters}; make room for every meter first"
        if fault == OUTSIDE:
            first, last = self.bounds_array[0], self.bounds_array[-1]
            return f"row {row} is at {at} us, outside of [{first}, {last}); leave it out or add its period"
        return f"row {row} takes the sum of asset {asset}, meter {meter} out of 64 bits; use a coarser scale"


def sum_by_band(const int32_t[::1] period, const int8_t[::1] band, const int64_t[:, ::1] quantity,
                Py_ssize_t periods, Py_ssize_t bands):
    """Add quantities up by meter, period and band."""
    cdef Py_ssize_t rows = _checked(period, band, quantity, periods, bands)
    result = np.zeros((quantity.shape[0], periods, bands), dtype=np.int64)
    cdef int64_t[:, :, ::1] sums = result
    cdef Py_ssize_t failed = -1
    cdef Py_ssize_t meter, i
    cdef int64_t* sum
    with nogil:
        for meter in range(quantity.shape[0]):
            for i in range(rows):
                sum = &sums[meter, period[i], band[i]]
                if add_overflows(sum[0], quantity[meter, i], sum):
                    failed = i
                    break
            if failed >= 0:
                break
    if failed >= 0:
        raise OverflowError(
            f"meter {meter}, row {failed} takes the sum of its period and band out of 64 bits; use a coarser scale"
        )
    return result


def sum_by_tier(const int32_t[::1] period, const int8_t[::1] band, const int64_t[:, ::1] quantity,
                Py_ssize_t periods, Py_ssize_t bands, const int64_t[::1] uppers):
    """Add quantities up by meter, period, band and the tier that the running total of the period has reached."""
    cdef Py_ssize_t rows = _checked(period, band, quantity, periods, bands)
    cdef Py_ssize_t meters = quantity.shape[0]
    cdef Py_ssize_t tiers = uppers.shape[0] + 1
    cdef Py_ssize_t in_meter = periods * bands * tiers
    cdef Py_ssize_t failed = -1
    cdef Py_ssize_t meter, i
    # The lowest tier has no lower end and the highest no upper one.
    ends = np.empty(tiers + 1, dtype=np.int64)
    cdef int64_t[::1] end = ends
    end[0], end[tiers] = INT64_LEAST, INT64_MOST
    for i in range(1, tiers):
        end[i] = uppers[i - 1]
        if end[i] <= max(end[i - 1], <int64_t>0):
            raise ValueError("upper bounds of tiers must be above zero and ascend")
    if meters * rows == 0:
        return np.zeros((meters, periods, bands, tiers), dtype=np.int64)
    result = np.empty((meters, periods, bands, tiers), dtype=np.int64)
    cdef int64_t[::1] sums = result.reshape(-1)
    # Sums are two words wide until they are complete: only then is what leaves 64 bits an overflow.
    booked, running, reached = np.empty(2 * in_meter, np.int64), np.empty(periods, np.int64), np.empty(periods, np.intp)
    cdef int64_t[::1] words = booked
    cdef int64_t[::1] totals = running
    cdef Py_ssize_t[::1] tier_of = reached
    cdef wide* book = <wide*>&words[0]
    for meter in range(meters):
        booked[:], running[:], reached[:] = 0, 0, 0
        with nogil:
            failed = _book(&period[0], &band[0], &quantity[meter, 0], rows, bands, tiers, &end[0], &totals[0],
                           &tier_of[0], book)
        if failed >= 0:
            raise OverflowError(
                f"meter {meter}, row {failed} takes the total of its period out of 64 bits; use a coarser scale"
            )
        for i in range(in_meter):
            if book[i] > INT64_MOST or book[i] < INT64_LEAST:
                raise OverflowError(
                    f"meter {meter}, period {i // (bands * tiers)} has a sum out of 64 bits; use a coarser scale"
                )
            sums[meter * in_meter + i] = <int64_t>book[i]
    return result


cdef Py_ssize_t _book(const int32_t* period, const int8_t* band, const int64_t* quantity, Py_ssize_t rows,
                      Py_ssize_t bands, Py_ssize_t tiers, const int64_t* end, int64_t* totals, Py_ssize_t* tier_of,
                      wide* book) noexcept nogil:
    """Book the rows of one meter; return the row that took a total out of 64 bits, or -1.

    Rows come in runs of one period and band, and what a run adds to a tier is how far the total moved: the loop keeps
    the total alone, and books when the run is over or the total leaves the tier.
    """
    cdef int32_t of = period[0]
    cdef int8_t at = band[0]
    cdef Py_ssize_t tier = 0
    cdef int64_t total = 0
    cdef int64_t since = 0
    cdef wide* cells = book + (of * bands + at) * tiers
    cdef Py_ssize_t i
    for i in range(rows):
        if period[i] != of or band[i] != at:
            cells[tier] += <wide>total - since
            totals[of], tier_of[of] = total, tier
            of, at = period[i], band[i]
            total = since = totals[of]
            tier = tier_of[of]
            cells = book + (of * bands + at) * tiers
        if add_overflows(total, quantity[i], &total):
            return i
        while total > end[tier + 1]:
            cells[tier] += <wide>end[tier + 1] - since
            since = end[tier + 1]
            tier += 1
        while tier > 0 and total <= end[tier]:
            cells[tier] += <wide>end[tier] - since
            since = end[tier]
            tier -= 1
    cells[tier] += <wide>total - since
    return -1


cdef Py_ssize_t _checked(const int32_t[::1] period, const int8_t[::1] band, const int64_t[:, ::1] quantity,
                         Py_ssize_t periods, Py_ssize_t bands) except -1:
    """Return how many rows there are. Raises if columns differ or a row names a period or band that is not there."""
    cdef Py_ssize_t rows = period.shape[0]
    cdef Py_ssize_t i
    if band.shape[0] != rows or quantity.shape[1] != rows:
        raise ValueError("columns differ in length")
    for i in range(rows):
        if period[i] < 0 or period[i] >= periods or band[i] < 0 or band[i] >= bands:
            raise ValueError(f"row {i} names period {period[i]} of {periods}, band {band[i]} of {bands}")
    return rows


cdef inline int64_t divide(wide numerator, int64_t divisor) noexcept nogil:
    """Divide and round half away from zero; a mean lies between values, so it fits."""
    cdef wide twice = 2 * (-numerator if numerator < 0 else numerator)
    cdef int64_t rounded = <int64_t>((twice + divisor) / (2 * <wide>divisor))
    return -rounded if numerator < 0 else rounded


cdef void sort(Sample* samples, Py_ssize_t count) noexcept nogil:
    """Sort by time, then value: by insertion, which is fastest where few events are late, as long as few are."""
    cdef Py_ssize_t moves = 0
    cdef Py_ssize_t i, j
    cdef Sample moved
    for i in range(1, count):
        if compare(&samples[i - 1], &samples[i]) <= 0:
            continue
        if moves > MOVES * count:
            qsort(samples, count, sizeof(Sample), compare)
            return
        moved = samples[i]
        j = i
        while j > 0 and compare(&samples[j - 1], &moved) > 0:
            samples[j] = samples[j - 1]
            j -= 1
        samples[j] = moved
        moves += i - j


cdef inline int compare(const void* left, const void* right) noexcept nogil:
    cdef const Sample* first = <const Sample*>left
    cdef const Sample* second = <const Sample*>right
    if first.at != second.at:
        return -1 if first.at < second.at else 1
    return (first.value > second.value) - (first.value < second.value)
