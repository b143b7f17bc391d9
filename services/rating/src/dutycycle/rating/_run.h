/* Rate a run of lines of one charge: what the core does with lines that are grouped by charge.
 *
 * A charge is prepared once: each of its pieces becomes four numbers, and a line then is
 *
 *     estimate  = nearest integer to ratio * quantity + level                    (double)
 *     remainder = slope * quantity + rest - estimate * divisor                   (64 bits, wrapping)
 *     amount    = estimate, one up or down if the remainder is past the threshold of the rounding mode
 *
 * Within `limit` the double is off by less than 5/16 (five roundings of 2^-53 each on a value below 2^49), so the true
 * remainder lies within 13/16 of a divisor from zero and one comparison on each side decides exactly. A divisor is
 * below 2^62, so the remainder fits 64 bits and wrapping costs nothing. Lines beyond `limit` are told to the caller.
 *
 * `_lanes.h` is that arithmetic written once; it is included for each width of register. Which one runs is chosen when
 * the module is loaded. Wider ones are written for x86-64 and GCC; others take single lanes.
 */
#ifndef DUTYCYCLE_RUN_H
#define DUTYCYCLE_RUN_H

#include <math.h>
#include <stdint.h>
#include <string.h>

/* Rows of the arrays of a tariff; tariff.py says what the columns mean. */
typedef struct {
    int64_t divisor, multiplier, mode, minimum, maximum, guard;
    int64_t package_size, package_free, package_least, package_down;
    int64_t piece_first, piece_count, origin, span;
} core_row;

typedef struct {
    int64_t upper, slope, whole, rest;
} core_piece;

enum core_mode { CORE_EXACT, CORE_HALF_UP, CORE_UP, CORE_DOWN, CORE_CEILING, CORE_FLOOR };

enum {
    RUN_LEAST = 16,   /* a shorter run is not worth its preparation */
    RUN_VARIANTS = 3,
    RUN_COPIED = 8,   /* numbers of tiers written at once; most lines have fewer */
    RUN_BLOCK = 128,  /* lines at a time: parts and rows of a block stay in the nearest cache */
    RUN_PIECES = 16,  /* two of the widest registers hold a table; a charge of more pieces is rated line by line */
};

/* What pieces are made of, as bits. */
typedef struct {
    uint64_t slope[RUN_PIECES], rest[RUN_PIECES], ratio[RUN_PIECES], level[RUN_PIECES];
} run_terms;

typedef struct {
    int64_t limit;  /* largest quantity, either sign, that may be rated here */
    int64_t divisor, minimum, maximum;
    int64_t above, above_negative;  /* a remainder greater than this rounds away from the floor */
    int64_t package_size, package_free, package_least, package_down;
    double package_ratio;
    int64_t pieces;
    int64_t upper[RUN_PIECES];
    run_terms terms;
    run_terms step;  /* what, by exclusive or, makes the terms of the piece of those of the piece before */
} run_plan;

/* Where the numbers before rounding go, one a line; NULL where only amounts are wanted. */
typedef struct {
    int64_t *floor, *rest, *piece, *counted;
} run_parts;

/* What the rows of a charge's lines are made of, by piece; tables have RUN_PIECES entries at least. */
typedef struct {
    uint64_t *units, *whole, *rest;                 /* the row of a full tier */
    uint64_t *lower, *whole_before, *rest_before;   /* where its units begin, and what those before it cost together */
    const int32_t *number;                          /* 1, 2, 3 and so on, RUN_COPIED more than there are pieces */
    int64_t divisor;
    int64_t least;   /* units that a row counts at least */
    int64_t stacked; /* all ones if the tiers before the last are rows too, else 0 */
    int64_t sound;   /* full tiers that fit 64 bits */
} run_tiers;

/* Columns of rows, RUN_COPIED longer than the rows are many. */
typedef struct {
    int32_t *piece;
    int64_t *units, *whole, *rest;
} run_rows;

static const double RUN_ESTIMATE_LIMIT = 562949953421312.0; /* 2^49 */
static const double RUN_QUANTITY_LIMIT = 2251799813685247.0; /* 2^51 - 1 */

/* 1.5 * 2^52: added to a double below 2^51 it leaves the nearest integer in the low bits, and the other way round. */
static const double RUN_SHIFT = 6755399441055744.0;
static const int64_t RUN_SHIFT_BITS = 0x4338000000000000;

static inline uint64_t run_bits(double value) {
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

/* Largest remainder, of 0 to divisor - 1, at which a mode still rounds down to the floor. */
static inline int64_t run_threshold(int64_t mode, int64_t divisor, int negative) {
    int up;
    switch (mode) {
    case CORE_HALF_UP:
        return negative ? divisor / 2 : (divisor - 1) / 2;
    case CORE_UP:
        up = !negative;
        break;
    case CORE_DOWN:
        up = negative;
        break;
    default:
        up = mode == CORE_CEILING;
    }
    return up ? 0 : divisor - 1;
}

/* Prepare the rating of a run; return 0 if the charge must be rated line by line. */
static int run_prepare(run_plan *plan, const core_row *row, const core_piece *pieces) {
    double limit = RUN_QUANTITY_LIMIT;
    double divisor = (double)row->divisor;
    run_terms *terms = &plan->terms;
    if (row->divisor == 0 || row->multiplier != 1 || row->piece_count > RUN_PIECES)
        return 0;
    pieces += row->piece_first;
    for (int64_t i = 0; i < row->piece_count; i++) {
        double ratio = (double)pieces[i].slope / divisor;
        double level = (double)pieces[i].whole + (double)pieces[i].rest / divisor;
        /* The whole part goes into the rest, modulo 2^64 as everything here. */
        terms->rest[i] = (uint64_t)pieces[i].rest + (uint64_t)pieces[i].whole * (uint64_t)row->divisor;
        terms->slope[i] = (uint64_t)pieces[i].slope;
        terms->ratio[i] = run_bits(ratio);
        terms->level[i] = run_bits(level);
        plan->upper[i] = pieces[i].upper;
        limit = fmin(limit, (RUN_ESTIMATE_LIMIT - 2 - fabs(level)) / fmax(fabs(ratio), 0.25));
    }
    for (int64_t i = 1; i < row->piece_count; i++) {
        plan->step.slope[i] = terms->slope[i] ^ terms->slope[i - 1];
        plan->step.rest[i] = terms->rest[i] ^ terms->rest[i - 1];
        plan->step.ratio[i] = terms->ratio[i] ^ terms->ratio[i - 1];
        plan->step.level[i] = terms->level[i] ^ terms->level[i - 1];
    }
    if (row->package_size != 0) {
        /* Packages are counted by the same means, so quantity and free units stay below 2^49 too. */
        if ((double)row->package_least > limit || (double)row->package_free > RUN_ESTIMATE_LIMIT)
            return 0;
        limit = fmin(RUN_ESTIMATE_LIMIT, (limit - 1) * (double)row->package_size);
    }
    if (limit < 0)
        return 0;
    plan->limit = (int64_t)limit;
    plan->divisor = row->divisor;
    plan->minimum = row->minimum;
    plan->maximum = row->maximum;
    plan->above = run_threshold(row->mode, row->divisor, 0);
    plan->above_negative = run_threshold(row->mode, row->divisor, 1);
    plan->package_size = row->package_size;
    plan->package_free = row->package_free;
    plan->package_least = row->package_least;
    plan->package_down = row->package_down;
    plan->package_ratio = row->package_size == 0 ? 0 : 1 / (double)row->package_size;
    plan->pieces = row->piece_count;
    return 1;
}

#define RUN_JOIN(name, variant) name##variant
#define RUN_EXPAND(name, variant) RUN_JOIN(name, variant)
#define RUN_NAME(name) RUN_EXPAND(name, RUN_VARIANT)

#define RUN_VARIANT portable
#define RUN_WIDTH 8
#define RUN_TARGET
#include "_lanes.h"

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define RUN_DISPATCHES 1

#define RUN_VARIANT avx2
#define RUN_WIDTH 32
#define RUN_TARGET __attribute__((target("avx2,fma")))
#include "_lanes.h"

#define RUN_VARIANT avx512
#define RUN_WIDTH 64
#define RUN_TARGET __attribute__((target("avx512f,avx512dq,avx512vl,avx512bw,prefer-vector-width=512")))
#include "_lanes.h"
#endif

/* Rate up to RUN_BLOCK lines of one charge; return whether one is beyond the limit, whose amount then means nothing. */
typedef int (*run_rate)(const run_plan *plan, const int64_t *quantity, int64_t count, int64_t *amount, run_parts parts);

/* Write the rows of a block whose parts are known, from first[0], and set first[1] to first[count]; the parts are used
 * up. Return the first line with a row that leaves 64 bits, or -1. Only the portable one knows more than RUN_PIECES. */
typedef int64_t (*run_explain)(
    const run_tiers *tiers, run_parts parts, int64_t count, int64_t *first, run_rows rows);

typedef struct {
    const char *name;
    run_rate rate;
    run_explain explain;
} run_variant;

/* Variants that this processor can run, the fastest last; return how many. */
static int run_variants(run_variant *found) {
    int count = 0;
    found[count++] = (run_variant){"portable", rate_portable, explain_portable};
#ifdef RUN_DISPATCHES
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
        found[count++] = (run_variant){"avx2", rate_avx2, explain_portable};
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
        __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw"))
        found[count++] = (run_variant){"avx512", rate_avx512, explain_avx512};
#endif
    return count;
}

/* Return where the run that begins at `first` ends. */
static inline int64_t run_end(const int32_t *charge, int64_t first, int64_t count) {
    int64_t last = first + 1;
    /* Lines that are not grouped end here at once. */
    while (last < count && last < first + RUN_LEAST && charge[last] == charge[first])
        last++;
    for (; last >= first + RUN_LEAST && last + 16 <= count; last += 16) {
        int32_t differs = 0;
        for (int i = 0; i < 16; i++)
            differs |= charge[last + i] ^ charge[first];
        if (differs != 0)
            break;
    }
    while (last < count && charge[last] == charge[first])
        last++;
    return last;
}

static inline int run_is_beyond(const run_plan *plan, int64_t quantity) {
    return quantity > plan->limit || quantity < -plan->limit;
}

#endif
