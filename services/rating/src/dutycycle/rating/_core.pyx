# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The compiled core: columns of scaled integers in, amounts out.

Layout and meaning of the arrays are those of tariff.py. A line is rated as

    quantity -> packages (if counted) -> piece -> whole + (rest + slope * quantity) / divisor
             -> rounded once -> times multiplier -> at least minimum, at most maximum

Lines that follow one another under one charge are a run and take the kernel of _run.h, many at a time. Others are rated
one by one: quantities within the charge's guard in 64-bit arithmetic, where a double estimates the quotient and the
remainder, exact modulo 2**64, corrects it; all others in 128-bit arithmetic. All give the same floor and remainder.
"""

import os

import numpy as np

from libc.stdint cimport int32_t, int64_t, uint64_t

from dutycycle.rating.errors import LineOverflowError


cdef extern from *:
    """
    typedef __int128 core_wide;
    #define core_mul_overflows(a, b, out) __builtin_mul_overflow(a, b, out)
    #define core_add_overflows(a, b, out) __builtin_add_overflow(a, b, out)
    #define core_sub_overflows(a, b, out) __builtin_sub_overflow(a, b, out)
    """
    ctypedef long long wide "core_wide"
    bint core_mul_overflows(int64_t a, int64_t b, int64_t* out) noexcept nogil
    bint core_add_overflows(int64_t a, int64_t b, int64_t* out) noexcept nogil
    bint core_sub_overflows(int64_t a, int64_t b, int64_t* out) noexcept nogil


cdef extern from "_run.h":
    ctypedef struct Row "core_row":
        int64_t divisor, multiplier, mode, minimum, maximum, guard
        int64_t package_size, package_free, package_least, package_down
        int64_t piece_first, piece_count, origin, span
    ctypedef struct Piece "core_piece":
        int64_t upper, slope, whole, rest
    enum Mode "core_mode":
        EXACT "CORE_EXACT"
        HALF_UP "CORE_HALF_UP"
        UP "CORE_UP"
        DOWN "CORE_DOWN"
        CEILING "CORE_CEILING"
        FLOOR "CORE_FLOOR"
    enum:
        RUN_LEAST
        RUN_BLOCK
        RUN_VARIANTS
        RUN_COPIED
        RUN_PIECES
    ctypedef struct Plan "run_plan":
        pass
    ctypedef struct Parts "run_parts":
        int64_t* floor
        int64_t* rest
        int64_t* piece
        int64_t* counted
    ctypedef bint (*Rate "run_rate")(
        const Plan* plan, const int64_t* quantity, int64_t count, int64_t* amount, Parts parts
    ) noexcept nogil
    ctypedef struct Tiers "run_tiers":
        uint64_t* units
        uint64_t* whole
        uint64_t* rest
        uint64_t* lower
        uint64_t* whole_before
        uint64_t* rest_before
        const int32_t* number
        int64_t divisor, least, stacked, sound
    ctypedef struct Rows "run_rows":
        int32_t* piece
        int64_t* units
        int64_t* whole
        int64_t* rest
    ctypedef int64_t (*Explain "run_explain")(
        const Tiers* tiers, Parts parts, int64_t count, int64_t* first, Rows rows
    ) noexcept nogil
    ctypedef struct Variant "run_variant":
        const char* name
        Rate rate
        Explain explain
    int run_variants(Variant* found) noexcept nogil
    bint run_prepare(Plan* plan, const Row* row, const Piece* pieces) noexcept nogil
    bint run_is_beyond(const Plan* plan, int64_t quantity) noexcept nogil
    int64_t run_end(const int32_t* charge, int64_t first, int64_t count) noexcept nogil

cdef enum Span:
    WHOLE, ABOVE, TIERS

cdef enum Status:
    RATED = -1

cdef extern from "stdint.h":
    int64_t INT64_LEAST "INT64_MIN"
    int64_t INT64_MOST "INT64_MAX"


cdef Variant variants[RUN_VARIANTS]
cdef int variant_count = run_variants(variants)


cdef struct Quotient:
    int64_t floor
    int64_t rest     # 0 <= rest < divisor
    bint overflow


cdef inline int64_t count_packages(const Row* row, int64_t quantity, bint* overflow) noexcept nogil:
    cdef wide beyond = <wide>quantity - row.package_free
    cdef wide count = 0
    if beyond > 0:
        count = beyond / row.package_size
        if not row.package_down and count * row.package_size != beyond:
            count += 1
    if count < row.package_least:
        count = row.package_least
    if count > INT64_MOST:
        overflow[0] = True
    return <int64_t>count


cdef inline const Piece* find_piece(const Row* row, const Piece* pieces, int64_t quantity) noexcept nogil:
    cdef const Piece* piece = pieces + row.piece_first
    cdef int64_t last = row.piece_count - 1
    cdef int64_t above = 0
    cdef int64_t i
    for i in range(last):
        above += quantity > piece[i].upper
    return piece + above


cdef inline Quotient divide_wide(const Piece* piece, int64_t divisor, int64_t quantity) noexcept nogil:
    cdef Quotient result
    cdef wide product = <wide>piece.slope * quantity + piece.rest
    cdef wide floor = product / divisor
    cdef wide rest = product - floor * divisor
    if rest < 0:
        floor -= 1
        rest += divisor
    floor += piece.whole
    result.overflow = floor > INT64_MOST or floor < INT64_LEAST
    result.floor = <int64_t>floor
    result.rest = <int64_t>rest
    return result


cdef inline Quotient divide(const Row* row, const Piece* piece, int64_t quantity) noexcept nogil:
    cdef Quotient result
    cdef int64_t divisor = row.divisor
    cdef int64_t floor, rest
    if quantity > row.guard or quantity < -row.guard:
        return divide_wide(piece, divisor, quantity)
    floor = <int64_t>((<double>piece.slope * <double>quantity + <double>piece.rest) / <double>divisor)
    # Wraps, and may: the true remainder lies within two divisors of zero, so its 64 bits are all there.
    rest = <int64_t>(
        <uint64_t>piece.slope * <uint64_t>quantity + <uint64_t>piece.rest - <uint64_t>floor * <uint64_t>divisor
    )
    while rest < 0:
        rest += divisor
        floor -= 1
    while rest >= divisor:
        rest -= divisor
        floor += 1
    result.overflow = False
    result.floor = floor + piece.whole
    result.rest = rest
    return result


cdef inline void subtract(Quotient* value, Quotient other, int64_t divisor) noexcept nogil:
    cdef wide floor = <wide>value.floor - other.floor
    value.rest -= other.rest
    if value.rest < 0:
        value.rest += divisor
        floor -= 1
    value.overflow |= other.overflow or floor > INT64_MOST or floor < INT64_LEAST
    value.floor = <int64_t>floor


cdef inline bint goes_up(int64_t mode, Quotient value, int64_t divisor) noexcept nogil:
    """Whether the rounded value is the floor's successor; the value is negative exactly if its floor is."""
    cdef int64_t twice
    if mode == HALF_UP:
        twice = 2 * value.rest
        # Without a jump: which way an amount rounds is as good as random, and half of the guesses would be wrong.
        return (twice > divisor) | ((twice == divisor) & (value.floor >= 0))
    if value.rest == 0 or mode == FLOOR:
        return False
    if mode == UP:
        return value.floor >= 0
    if mode == DOWN:
        return value.floor < 0
    return True


cdef inline bint finish(const Row* row, Quotient value, int64_t* amount) noexcept nogil:
    """Round, scale and bound; return whether the amount left 64 bits."""
    cdef int64_t rounded = value.floor
    cdef bint overflow = value.overflow
    overflow |= core_add_overflows(rounded, goes_up(row.mode, value, row.divisor), &rounded)
    if row.multiplier != 1:
        overflow |= core_mul_overflows(rounded, row.multiplier, &rounded)
    rounded = rounded if rounded > row.minimum else row.minimum
    amount[0] = rounded if rounded < row.maximum else row.maximum
    return overflow


cdef inline Quotient exact_value(const Row* row, const Piece* pieces, int64_t picked, int64_t priced) noexcept nogil:
    """Return the exact value of a line; `picked` finds the piece, `priced` is charged."""
    cdef Quotient value
    cdef bint overflow = False
    if row.package_size != 0:
        picked = count_packages(row, picked, &overflow)
        priced = picked
    value = divide(row, find_piece(row, pieces, picked), priced)
    value.overflow |= overflow
    return value


cdef Py_ssize_t rate_run(
    const Variant* kernel, const Row* row, const Piece* pieces, const int64_t* quantity, Py_ssize_t count,
    int64_t* amount
) noexcept nogil:
    """Rate lines of one charge; return the first that leaves 64 bits, or RATED."""
    cdef Plan plan
    cdef Parts nowhere = Parts(NULL, NULL, NULL, NULL)
    cdef bint planned = count >= RUN_LEAST and run_prepare(&plan, row, pieces)
    cdef Py_ssize_t first = 0
    cdef Py_ssize_t last, i
    while first < count:
        last = min(first + <Py_ssize_t>RUN_BLOCK, count)
        if not planned or kernel.rate(&plan, quantity + first, last - first, amount + first, nowhere):
            for i in range(first, last):
                if planned and not run_is_beyond(&plan, quantity[i]):
                    continue
                if row.divisor == 0:
                    return i
                if finish(row, exact_value(row, pieces, quantity[i], quantity[i]), &amount[i]):
                    return i
        first = last
    return RATED


def rate(const int64_t[:, ::1] charges, const int64_t[:, ::1] pieces, const int32_t[::1] charge,
         const int64_t[::1] quantity, out=None, variant=None):
    """Rate lines that stand alone."""
    cdef Py_ssize_t count = _matched(charges, pieces, charge, quantity.shape[0])
    result = _column_of(count, out)
    cdef int64_t[::1] amounts = result
    cdef const Variant* kernel = _kernel(variant)
    cdef Py_ssize_t failed = RATED
    cdef Py_ssize_t first = 0
    cdef Py_ssize_t last, index
    cdef const Row* rows = <const Row*>&charges[0, 0]
    cdef const Piece* cells = <const Piece*>&pieces[0, 0]
    with nogil:
        while first < count and failed == RATED:
            index = charge[first]
            if index < 0 or index >= charges.shape[0]:
                break
            last = run_end(&charge[0], first, count)
            failed = rate_run(kernel, rows + index, cells, &quantity[first], last - first, &amounts[first])
            if failed == RATED:
                first = last
    if failed != RATED:
        raise LineOverflowError(first + failed)
    if first < count:
        raise _unknown_charge(first, charge[first], charges.shape[0])
    return result


def evaluate(const int64_t[:, ::1] charges, const int64_t[:, ::1] pieces, const int32_t[::1] charge,
             const int64_t[::1] quantity, const int64_t[::1] picked):
    """Return what lines come to before rounding, exactly: floor and rest, in parts of each charge's divisor."""
    cdef Py_ssize_t count = _checked(charges, pieces, charge, quantity.shape[0])
    floors, rests = np.empty(count, dtype=np.int64), np.empty(count, dtype=np.int64)
    cdef int64_t[::1] floor = floors
    cdef int64_t[::1] rest = rests
    cdef Py_ssize_t i
    cdef Quotient value
    cdef const Row* row
    if picked.shape[0] != count:
        raise ValueError("columns differ in length")
    for i in range(count):
        row = <const Row*>&charges[charge[i], 0]
        if row.divisor == 0:
            raise LineOverflowError(i)
        value = exact_value(row, <const Piece*>&pieces[0, 0], picked[i], quantity[i])
        if value.overflow:
            raise LineOverflowError(i)
        floor[i], rest[i] = value.floor, value.rest
    return floors, rests


cdef void prepare_tiers(Tiers* tiers, const Row* row, const Piece* pieces) noexcept nogil:
    """Work out what is the same for all lines of a charge."""
    cdef Quotient before = Quotient(0, 0, False)
    cdef Quotient reached, tier
    cdef int64_t lower, units, i
    tiers.divisor = row.divisor
    tiers.least = INT64_LEAST if row.span == WHOLE else 0
    tiers.stacked = -(row.span == TIERS)
    tiers.sound = 0
    pieces += row.piece_first
    for i in range(row.piece_count):
        lower = pieces[i - 1].upper if tiers.stacked and i > 0 else row.origin
        tiers.lower[i] = <uint64_t>lower
        tiers.whole_before[i] = <uint64_t>before.floor
        tiers.rest_before[i] = <uint64_t>before.rest
        if not tiers.stacked or i == 0 or i == row.piece_count - 1:
            continue
        reached = divide_wide(pieces + i, row.divisor, pieces[i].upper)
        tier = reached
        subtract(&tier, before, row.divisor)
        tier.overflow |= core_sub_overflows(pieces[i].upper, lower, &units)
        tiers.units[i] = <uint64_t>units
        tiers.whole[i] = <uint64_t>tier.floor
        tiers.rest[i] = <uint64_t>tier.rest
        if not tier.overflow and tiers.sound == i - 1:
            tiers.sound = i
        before = reached


cdef inline bint part_line(
    const Row* row, const Piece* pieces, int64_t quantity, int64_t* amount, Parts parts, Py_ssize_t i
) noexcept nogil:
    """Rate one line and keep its parts; return whether it left 64 bits."""
    cdef bint overflow = row.divisor == 0
    cdef Quotient value
    cdef const Piece* piece
    if overflow:
        return True
    if row.package_size != 0:
        quantity = count_packages(row, quantity, &overflow)
    piece = find_piece(row, pieces, quantity)
    value = divide(row, piece, quantity)
    value.overflow |= overflow
    parts.counted[i] = quantity
    parts.piece[i] = piece - (pieces + row.piece_first)
    parts.floor[i] = value.floor
    parts.rest[i] = value.rest
    return finish(row, value, amount)


cdef Py_ssize_t explain_run(
    const Variant* kernel, const Row* row, const Piece* pieces, Tiers* tiers, const int64_t* quantity,
    Py_ssize_t count, int64_t* amount, Parts parts, int64_t* first, Rows rows
) noexcept nogil:
    """Rate and explain lines of one charge; return the first that leaves 64 bits, or RATED."""
    cdef Plan plan
    cdef bint planned = count >= RUN_LEAST and run_prepare(&plan, row, pieces)
    cdef Py_ssize_t start = 0
    cdef Py_ssize_t lines, rated, failed, i
    if row.divisor == 0:
        return 0
    prepare_tiers(tiers, row, pieces)
    while start < count:
        lines = rated = min(<Py_ssize_t>RUN_BLOCK, count - start)
        if not planned or kernel.rate(&plan, quantity + start, lines, amount + start, parts):
            for i in range(lines):
                if planned and not run_is_beyond(&plan, quantity[start + i]):
                    continue
                if part_line(row, pieces, quantity[start + i], &amount[start + i], parts, i):
                    rated = i
                    break
        failed = (kernel if planned else variants).explain(tiers, parts, rated, first + start, rows)
        if failed != RATED or rated < lines:
            return start + (rated if failed == RATED else failed)
        start += lines
    return RATED


def explain(const int64_t[:, ::1] charges, const int64_t[:, ::1] pieces, const int32_t[::1] charge,
            const int64_t[::1] quantity, variant=None):
    """Rate lines that stand alone, with the rows of their arithmetic."""
    cdef Py_ssize_t count = _matched(charges, pieces, charge, quantity.shape[0])
    cdef const Row* row
    cdef const Row* row_of = <const Row*>&charges[0, 0]
    cdef const Piece* cells = <const Piece*>&pieces[0, 0]
    cdef Py_ssize_t capacity = 0
    cdef Py_ssize_t most = RUN_PIECES
    cdef Py_ssize_t start = 0
    cdef Py_ssize_t failed = RATED
    cdef Py_ssize_t end
    while start < count:
        if charge[start] < 0 or charge[start] >= charges.shape[0]:
            raise _unknown_charge(start, charge[start], charges.shape[0])
        end = run_end(&charge[0], start, count)
        row = row_of + charge[start]
        capacity += (end - start) * (row.piece_count if row.span == TIERS else 1)
        most = max(most, row.piece_count)
        start = end
    amounts, firsts = np.empty(count, dtype=np.int64), np.zeros(count + 1, dtype=np.int64)
    numbers = np.empty(capacity + RUN_COPIED, dtype=np.int32)
    values = np.empty((3, capacity + RUN_COPIED), dtype=np.int64)
    cdef int64_t[::1] amount = amounts
    cdef int64_t[::1] first = firsts
    cdef int32_t[::1] piece = numbers
    cdef int64_t[:, ::1] value = values
    cdef Rows rows = Rows(&piece[0], &value[0, 0], &value[1, 0], &value[2, 0])
    cdef int64_t[:, ::1] part = np.zeros((4, RUN_BLOCK), dtype=np.int64)
    cdef Parts parts = Parts(&part[0, 0], &part[1, 0], &part[2, 0], &part[3, 0])
    cdef uint64_t[:, ::1] table = np.zeros((6, most), dtype=np.uint64)
    cdef const int32_t[::1] number = np.arange(1, most + RUN_COPIED + 1, dtype=np.int32)
    cdef Tiers tiers
    tiers.units, tiers.whole, tiers.rest = &table[0, 0], &table[1, 0], &table[2, 0]
    tiers.lower, tiers.whole_before, tiers.rest_before = &table[3, 0], &table[4, 0], &table[5, 0]
    tiers.number = &number[0]
    cdef const Variant* kernel = _kernel(variant)
    start = 0
    with nogil:
        while start < count and failed == RATED:
            end = run_end(&charge[0], start, count)
            failed = explain_run(
                kernel, row_of + charge[start], cells, &tiers, &quantity[start], end - start,
                &amount[start], parts, &first[start], rows,
            )
            if failed == RATED:
                start = end
    if failed != RATED:
        raise LineOverflowError(start + failed)
    return amounts, firsts, numbers[:first[count]], *values[:, :first[count]]


cdef Py_ssize_t _checked(
    const int64_t[:, ::1] charges, const int64_t[:, ::1] pieces, const int32_t[::1] charge, Py_ssize_t quantities
) except -1:
    """Return how many lines there are. Raises if columns differ or a line names a charge that is not there."""
    cdef Py_ssize_t count = _matched(charges, pieces, charge, quantities)
    cdef Py_ssize_t i
    for i in range(count):
        if charge[i] < 0 or charge[i] >= charges.shape[0]:
            raise _unknown_charge(i, charge[i], charges.shape[0])
    return count


cdef Py_ssize_t _matched(
    const int64_t[:, ::1] charges, const int64_t[:, ::1] pieces, const int32_t[::1] charge, Py_ssize_t quantities
) except -1:
    """Return how many lines there are. Raises if columns differ."""
    if quantities != charge.shape[0]:
        raise ValueError("columns differ in length")
    if (
        <size_t>charges.shape[1] * 8 != sizeof(Row) or <size_t>pieces.shape[1] * 8 != sizeof(Piece)
        or charges.shape[0] == 0
    ):
        raise ValueError("the tariff is empty or of another layout")
    return charge.shape[0]


def _unknown_charge(line, charge, charges):
    return IndexError(f"line {line} names charge {charge} of {charges}")


def _column_of(Py_ssize_t count, out):
    if out is None:
        return np.empty(count, dtype=np.int64)
    if out.shape != (count,):
        raise ValueError("columns differ in length")
    return out


VARIANTS = tuple([variants[i].name.decode() for i in range(variant_count)])
VARIANT = VARIANTS[0] if os.environ.get("DUTYCYCLE_RATING_SIMD") == "off" else VARIANTS[variant_count - 1]


cdef const Variant* _kernel(variant) except NULL:
    return &variants[<int>VARIANTS.index(VARIANT if variant is None else variant)]
