/* The arithmetic of _run.h for registers of RUN_WIDTH bytes. Included once for each variant; ends by forgetting it.
 *
 * A comparison is a mask, all ones or all zeros in each lane, and a choice is made with it. There are no jumps: which
 * tier a line falls in and which way it rounds are as good as random.
 */
#define RUN_LANES (RUN_WIDTH / 8)

#if RUN_WIDTH == 8
typedef int64_t RUN_NAME(whole_);
typedef uint64_t RUN_NAME(bits_);
typedef double RUN_NAME(real_);
#define RUN_MASK(condition) (-(int64_t)(condition))
#define RUN_PICK(mask, yes, no) ((mask) ? (yes) : (no))
#else
typedef int64_t RUN_NAME(whole_) __attribute__((vector_size(RUN_WIDTH)));
typedef uint64_t RUN_NAME(bits_) __attribute__((vector_size(RUN_WIDTH)));
typedef double RUN_NAME(real_) __attribute__((vector_size(RUN_WIDTH)));
#define RUN_MASK(condition) (condition)
#define RUN_PICK(mask, yes, no) (((mask) & (yes)) | (~(mask) & (no)))
#endif

#define WHOLE RUN_NAME(whole_)
#define BITS RUN_NAME(bits_)
#define REAL RUN_NAME(real_)
#if RUN_WIDTH == 8
#define RUN_TAKE(table, index) ((table)[index])
#elif RUN_WIDTH == 64
/* Registers are looked up faster than memory is gathered. */
#define RUN_TAKE(table, index) \
    __builtin_shuffle(RUN_NAME(load_)(table), RUN_NAME(load_)((table) + RUN_LANES), (BITS)(index))
#endif

RUN_TARGET static inline BITS RUN_NAME(load_)(const uint64_t *from) {
    BITS value;
    memcpy(&value, from, sizeof value);
    return value;
}

RUN_TARGET static inline WHOLE RUN_NAME(load_pieces_)(const int32_t *from) {
#if RUN_WIDTH == 8
    return *from;
#else
    typedef int32_t halves __attribute__((vector_size(RUN_WIDTH / 2)));
    halves value;
    memcpy(&value, from, sizeof value);
    return __builtin_convertvector(value, WHOLE);
#endif
}

RUN_TARGET static inline REAL RUN_NAME(real_from_bits_)(BITS bits) {
    REAL value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

RUN_TARGET static inline WHOLE RUN_NAME(nearest_)(REAL value) {
    WHOLE bits;
    value += RUN_SHIFT;
    memcpy(&bits, &value, sizeof bits);
    return bits - RUN_SHIFT_BITS;
}

RUN_TARGET static inline REAL RUN_NAME(to_real_)(WHOLE value) {
    return RUN_NAME(real_from_bits_)((BITS)(value + RUN_SHIFT_BITS)) - RUN_SHIFT;
}

RUN_TARGET static inline WHOLE RUN_NAME(count_packages_)(const run_plan *plan, WHOLE quantity) {
    WHOLE beyond = quantity - plan->package_free;
    WHOLE count = RUN_NAME(nearest_)(RUN_NAME(to_real_)(beyond) * plan->package_ratio);
    WHOLE left = beyond - count * plan->package_size;
    if (plan->package_down)
        count += RUN_MASK(left < 0);
    else
        count -= RUN_MASK(left > 0);
    return RUN_PICK(RUN_MASK(count > plan->package_least), count, plan->package_least);
}

RUN_TARGET static int RUN_NAME(rate_)(
    const run_plan *plan, const int64_t *quantity, int64_t count, int64_t *amount, run_parts parts
) {
    const run_terms *terms = &plan->terms;
    WHOLE outside = (WHOLE){0};
    int64_t j = 0;
    for (; j + RUN_LANES <= count; j += RUN_LANES) {
        WHOLE x, estimate, rest, floor, negative, above, rounded, piece = (WHOLE){0};
        memcpy(&x, quantity + j, sizeof x);
        /* The sign of either sum says that x is beyond the limit, also where the sum wraps. */
        outside |= (x + plan->limit) | (plan->limit - x);
        if (plan->package_size != 0)
            x = RUN_NAME(count_packages_)(plan, x);
        /* Beyond how many upper ends x is, is the number of its piece; then that piece's terms. */
#if RUN_WIDTH == 32
        BITS slope = (BITS){0} + terms->slope[0], constant = (BITS){0} + terms->rest[0];
        BITS ratio = (BITS){0} + terms->ratio[0], level = (BITS){0} + terms->level[0];
        for (int64_t i = 1; i < plan->pieces; i++) {
            WHOLE over = x > plan->upper[i - 1];
            slope ^= (BITS)over & plan->step.slope[i];
            constant ^= (BITS)over & plan->step.rest[i];
            ratio ^= (BITS)over & plan->step.ratio[i];
            level ^= (BITS)over & plan->step.level[i];
            piece -= over;
        }
#else
        for (int64_t i = 1; i < plan->pieces; i++)
            piece -= RUN_MASK(x > plan->upper[i - 1]);
        BITS slope = RUN_TAKE(terms->slope, piece), constant = RUN_TAKE(terms->rest, piece);
        BITS ratio = RUN_TAKE(terms->ratio, piece), level = RUN_TAKE(terms->level, piece);
#endif
        estimate = RUN_NAME(nearest_)(
            RUN_NAME(to_real_)(x) * RUN_NAME(real_from_bits_)(ratio) + RUN_NAME(real_from_bits_)(level));
        rest = (WHOLE)(slope * (BITS)x + constant - (BITS)estimate * (uint64_t)plan->divisor);
        negative = rest >> 63;
        floor = estimate + negative;
        rest += negative & plan->divisor;
        above = RUN_PICK(floor >> 63, plan->above_negative, plan->above);
        rounded = floor - RUN_MASK(rest > above);
        if (parts.floor != NULL) {
            memcpy(parts.floor + j, &floor, sizeof floor);
            memcpy(parts.rest + j, &rest, sizeof rest);
            memcpy(parts.piece + j, &piece, sizeof piece);
            memcpy(parts.counted + j, &x, sizeof x);
        }
        rounded = RUN_PICK(RUN_MASK(rounded > plan->minimum), rounded, plan->minimum);
        rounded = RUN_PICK(RUN_MASK(rounded < plan->maximum), rounded, plan->maximum);
        memcpy(amount + j, &rounded, sizeof rounded);
    }
#if RUN_WIDTH == 8
    return outside < 0;
#else
    int beyond = 0;
    for (int lane = 0; lane < RUN_LANES; lane++)
        beyond |= outside[lane] < 0;
    if (parts.floor != NULL)
        parts = (run_parts){parts.floor + j, parts.rest + j, parts.piece + j, parts.counted + j};
    return beyond | rate_portable(plan, quantity + j, count - j, amount + j, parts);
#endif
}

#ifdef RUN_TAKE
RUN_TARGET static int64_t RUN_NAME(explain_)(
    const run_tiers *tiers, run_parts parts, int64_t count, int64_t *first, run_rows rows
) {
    int64_t full[RUN_BLOCK], wrong[RUN_BLOCK];
    WHOLE any = (WHOLE){0};
    /* What is left of a line beyond its full tiers is its last row. Lanes past the count do no harm: the arrays are as
     * long as a block. */
    for (int64_t j = 0; j < count; j += RUN_LANES) {
        WHOLE piece, counted, floor, rest, units, whole, borrow, cost, tiers_full, out;
        memcpy(&piece, parts.piece + j, sizeof piece);
        memcpy(&counted, parts.counted + j, sizeof counted);
        memcpy(&floor, parts.floor + j, sizeof floor);
        memcpy(&rest, parts.rest + j, sizeof rest);
        WHOLE lower = (WHOLE)RUN_TAKE(tiers->lower, piece);
        WHOLE whole_before = (WHOLE)RUN_TAKE(tiers->whole_before, piece);
        tiers_full = (piece + RUN_MASK(piece > 0)) & tiers->stacked;
        units = counted - lower;
        whole = floor - whole_before;
        rest -= (WHOLE)RUN_TAKE(tiers->rest_before, piece);
        borrow = rest >> 63;
        rest += borrow & tiers->divisor;
        cost = whole + borrow;
        /* A difference has wrapped if its sign says so; as has a tier that is not sound. */
        out = ((counted ^ lower) & (counted ^ units)) | ((floor ^ whole_before) & (floor ^ whole)) | (whole & ~cost) |
              (tiers->sound - tiers_full);
        any |= out;
        units = RUN_PICK(RUN_MASK(units > tiers->least), units, tiers->least);
        memcpy(wrong + j, &out, sizeof out);
        memcpy(full + j, &tiers_full, sizeof tiers_full);
        memcpy(parts.counted + j, &units, sizeof units);
        memcpy(parts.floor + j, &cost, sizeof cost);
        memcpy(parts.rest + j, &rest, sizeof rest);
    }
#if RUN_WIDTH > 8
    int64_t all = 0;
    for (int lane = 0; lane < RUN_LANES; lane++)
        all |= any[lane];
    if (all < 0)
#else
    if (any < 0)
#endif
        for (int64_t i = 0; i < count; i++)
            if (wrong[i] < 0)
                return i;
    /* Numbers of the pieces, more than needed: the next line overwrites them. How many tiers are full nothing can
     * predict, so to ask would cost more. */
    for (int64_t i = 0; i < count; i++) {
        int64_t end = first[i] + full[i];
        memcpy(rows.piece + first[i], tiers->number, RUN_COPIED * sizeof *rows.piece);
        for (int64_t row = first[i] + RUN_COPIED; row < end; row++)
            rows.piece[row] = tiers->number[row - first[i]];
        rows.piece[end] = (int32_t)parts.piece[i];
        first[i + 1] = end + 1;
    }
    if (tiers->stacked)
        for (int64_t row = first[0]; row < first[count]; row += RUN_LANES) {
            WHOLE piece = RUN_NAME(load_pieces_)(rows.piece + row);
            BITS units = RUN_TAKE(tiers->units, piece), whole = RUN_TAKE(tiers->whole, piece);
            BITS rest = RUN_TAKE(tiers->rest, piece);
            memcpy(rows.units + row, &units, sizeof units);
            memcpy(rows.whole + row, &whole, sizeof whole);
            memcpy(rows.rest + row, &rest, sizeof rest);
        }
    for (int64_t i = 0; i < count; i++) {
        int64_t end = first[i + 1] - 1;
        rows.units[end] = parts.counted[i];
        rows.whole[end] = parts.floor[i];
        rows.rest[end] = parts.rest[i];
    }
    return -1;
}
#endif

#undef WHOLE
#undef BITS
#undef REAL
#undef RUN_PICK
#undef RUN_TAKE
#undef RUN_MASK
#undef RUN_LANES
#undef RUN_VARIANT
#undef RUN_WIDTH
#undef RUN_TARGET
