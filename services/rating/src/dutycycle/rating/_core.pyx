# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The compiled core: columns of scaled integers in, amounts out.

Layout and meaning of the arrays are those of tariff.py. A line is rated as

    quantity -> packages (if counted) -> piece -> whole + (rest + slope * quantity) / divisor
             -> rounded once -> times multiplier -> at least minimum

Quantities within the charge's guard take 64-bit arithmetic: a double estimates the quotient, and the remainder, exact
modulo 2**64, corrects it. All others take 128-bit arithmetic. Both give the same floor and remainder.
"""

import numpy as np

from libc.stdint cimport int32_t, int64_t, uint64_t

from dutycycle.rating.errors import LineOverflowError


cdef extern from *:
    """
    typedef __int128 core_wide;
    #define core_mul_overflows(a, b, out) __builtin_mul_overflow(a, b, out)
    #define core_add_overflows(a, b, out) __builtin_add_overflow(a, b, out)
    """
    ctypedef long long wide "core_wide"
    bint core_mul_overflows(int64_t a, int64_t b, int64_t* out) noexcept nogil
    bint core_add_overflows(int64_t a, int64_t b, int64_t* out) noexcept nogil


cdef struct Row:
    int64_t divisor, multiplier, mode, minimum, guard
    int64_t package_size, package_free, package_least, package_down
    int64_t piece_first, piece_count, base_whole, base_rest

cdef struct Piece:
    int64_t upper, slope, whole, rest

cdef enum Mode:
    EXACT, HALF_UP, UP, DOWN, CEILING, FLOOR

cdef enum Status:
    RATED = -1

cdef extern from "stdint.h":
    int64_t INT64_LEAST "INT64_MIN"
    int64_t INT64_MOST "INT64_MAX"


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


cdef inline Quotient divide(
    const Row* row, const Piece* piece, double inverse, int64_t quantity
) noexcept nogil:
    cdef Quotient result
    cdef int64_t divisor = row.divisor
    cdef int64_t floor, rest
    if quantity > row.guard or quantity < -row.guard:
        return divide_wide(piece, divisor, quantity)
    floor = <int64_t>((<double>piece.slope * <double>quantity + <double>piece.rest) * inverse)
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


cdef inline void add_fraction(Quotient* value, int64_t whole, int64_t rest, int64_t divisor) noexcept nogil:
    value.rest += rest
    if value.rest >= divisor:
        value.rest -= divisor
        value.overflow |= core_add_overflows(value.floor, 1, &value.floor)
    value.overflow |= core_add_overflows(value.floor, whole, &value.floor)


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
    amount[0] = rounded if rounded > row.minimum else row.minimum
    return overflow


cdef inline Quotient _evaluate(
    const Row* row, const Piece* pieces, double inverse, int64_t picked, int64_t priced
) noexcept nogil:
    """Return the exact value of a line; `picked` finds the piece, `priced` is charged."""
    cdef Quotient value
    cdef bint overflow = False
    if row.package_size != 0:
        picked = count_packages(row, picked, &overflow)
        priced = picked
    value = divide(row, find_piece(row, pieces, picked), inverse, priced)
    value.overflow |= overflow
    return value


def rate(const int64_t[:, ::1] charges, const int64_t[:, ::1] pieces, const int32_t[::1] charge,
         const int64_t[::1] quantity):
    """Rate lines that stand alone."""
    result = np.empty(charge.shape[0], dtype=np.int64)
    inverses = _inverses(charges)
    cdef int64_t[::1] amounts = result
    cdef const double[::1] inverse = inverses
    cdef Py_ssize_t failed = RATED
    cdef Py_ssize_t i
    cdef int64_t index
    cdef Py_ssize_t count = _checked(charges, pieces, charge, quantity.shape[0])
    cdef const Row* row
    cdef const Row* rows = <const Row*>&charges[0, 0]
    cdef const Piece* cells = <const Piece*>&pieces[0, 0]
    with nogil:
        for i in range(count):
            index = charge[i]
            row = rows + index
            if row.divisor == 0:
                failed = i
                break
            if finish(row, _evaluate(row, cells, inverse[index], quantity[i], quantity[i]), &amounts[i]):
                failed = i
                break
    if failed != RATED:
        raise LineOverflowError(failed)
    return result


def rate_split(const int64_t[:, ::1] charges, const int64_t[:, ::1] pieces, const int32_t[::1] charge,
               const int64_t[::1] quantity, const int64_t[::1] priced, const int64_t[::1] prior):
    """Rate lines that are split from a period or prorated."""
    result = np.empty(charge.shape[0], dtype=np.int64)
    inverses = _inverses(charges)
    cdef int64_t[::1] amounts = result
    cdef const double[::1] inverse = inverses
    cdef Py_ssize_t count = _checked(charges, pieces, charge, quantity.shape[0])
    cdef Py_ssize_t i
    cdef Py_ssize_t failed = RATED
    if (priced is not None and priced.shape[0] != count) or (prior is not None and prior.shape[0] != count):
        raise ValueError("columns differ in length")
    for i in range(count):
        if not rate_split_line(
            <const Row*>&charges[charge[i], 0], <const Piece*>&pieces[0, 0], inverse[charge[i]], quantity[i],
            quantity[i] if priced is None else priced[i], prior is not None,
            0 if prior is None else prior[i], &amounts[i],
        ):
            failed = i
            break
    if failed != RATED:
        raise LineOverflowError(failed)
    return result


cdef bint rate_split_line(
    const Row* row, const Piece* pieces, double inverse, int64_t quantity, int64_t priced, bint continued,
    int64_t prior, int64_t* amount
) noexcept nogil:
    """Rate one line, and return whether it stayed within 64 bits."""
    cdef Quotient value
    cdef int64_t whole
    if row.divisor == 0:
        return False
    if not continued:
        return not finish(row, _evaluate(row, pieces, inverse, quantity, priced), amount)
    if core_add_overflows(prior, quantity, &whole):
        return False
    value = _evaluate(row, pieces, inverse, whole, whole)
    subtract(&value, _evaluate(row, pieces, inverse, prior, prior), row.divisor)
    add_fraction(&value, row.base_whole, row.base_rest, row.divisor)
    return not finish(row, value, amount)


def evaluate(const int64_t[:, ::1] charges, const int64_t[:, ::1] pieces, const int32_t[::1] charge,
             const int64_t[::1] quantity, const int64_t[::1] picked):
    """Return what lines come to before rounding, exactly: floor and rest, in parts of each charge's divisor."""
    floors = np.empty(charge.shape[0], dtype=np.int64)
    rests = np.empty(charge.shape[0], dtype=np.int64)
    inverses = _inverses(charges)
    cdef int64_t[::1] floor = floors
    cdef int64_t[::1] rest = rests
    cdef const double[::1] inverse = inverses
    cdef Py_ssize_t count = _checked(charges, pieces, charge, quantity.shape[0])
    cdef Py_ssize_t i
    cdef Quotient value
    cdef const Row* row
    if picked.shape[0] != count:
        raise ValueError("columns differ in length")
    for i in range(count):
        row = <const Row*>&charges[charge[i], 0]
        if row.divisor == 0:
            raise LineOverflowError(i)
        value = _evaluate(row, <const Piece*>&pieces[0, 0], inverse[charge[i]], picked[i], quantity[i])
        if value.overflow:
            raise LineOverflowError(i)
        floor[i] = value.floor
        rest[i] = value.rest
    return floors, rests


cdef Py_ssize_t _checked(
    const int64_t[:, ::1] charges, const int64_t[:, ::1] pieces, const int32_t[::1] charge, Py_ssize_t quantities
) except -1:
    """Return how many lines there are. Raises if columns differ or a line names a charge that is not there."""
    cdef Py_ssize_t count = charge.shape[0]
    cdef Py_ssize_t rows = charges.shape[0]
    cdef Py_ssize_t i
    if quantities != count:
        raise ValueError("columns differ in length")
    if <size_t>charges.shape[1] * 8 != sizeof(Row) or <size_t>pieces.shape[1] * 8 != sizeof(Piece) or rows == 0:
        raise ValueError("the tariff is empty or of another layout")
    for i in range(count):
        if charge[i] < 0 or charge[i] >= rows:
            raise IndexError(f"line {i} names charge {charge[i]} of {rows}")
    return count


def _inverses(const int64_t[:, ::1] charges):
    divisors = np.asarray(charges)[:, 0].astype(np.float64)
    return np.divide(1.0, divisors, out=np.zeros_like(divisors), where=divisors != 0)
