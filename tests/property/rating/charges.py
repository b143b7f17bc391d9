"""Random charges and readings that fit them: columnar ones, which are one curve, and any at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from hypothesis import strategies as st

from dutycycle.charge.adjust import (
    Adjust,
    Bound,
    BoundOrder,
    DayCount,
    Discount,
    DiscountOrder,
    Escalator,
    IndexValue,
    ProratedPart,
    Proration,
    RampStep,
    Reconcile,
    ReconcileSides,
    RoundingAt,
    RoundTo,
    Settle,
)
from dutycycle.charge.baseline import AssetBaseline, Baseline, BaselinePer, Carry, Ratchet, ToleranceRule
from dutycycle.charge.charge import Charge, Price, PriceOn
from dutycycle.charge.errors import InvalidChargeError
from dutycycle.charge.measure import Aggregation, Measure, Quantify, Scope, Select
from dutycycle.charge.portion import Change, Entry
from dutycycle.charge.price import (
    BlockRule,
    Blocks,
    BlockTier,
    Capacity,
    CapacityLimit,
    CapacityTier,
    Cell,
    CellMatch,
    Commitment,
    Committed,
    Flat,
    FlatStep,
    Graduated,
    Matrix,
    MatrixTiers,
    Package,
    PassThrough,
    Percentage,
    PerUnit,
    Prepaid,
    PriceModel,
    SeasonalAmount,
    Tier,
    TierBounds,
    TierTable,
    Volume,
)
from dutycycle.charge.price.matrix import SHARED
from dutycycle.kit.period import BillingPeriod
from dutycycle.kit.quantity import Rounding
from dutycycle.rating.reading import LinePosition, Reading, Span, Stretch

METER = Measure(Aggregation.SUM, "units")
BY_ATTRIBUTE = replace(METER, each="kind")
ROUNDINGS = st.builds(RoundTo, st.integers(-2, 6), st.sampled_from([None, *Rounding]))
KINDS = ("a", "b", "c")


def decimals(least: int, most: int, places: int) -> st.SearchStrategy[Decimal]:
    """Decimals between two whole numbers, of up to `places` digits after the point."""
    return st.integers(0, places).flatmap(
        lambda scale: st.integers(least * 10**scale, most * 10**scale).map(lambda units: Decimal(units).scaleb(-scale))
    )


PRICES = decimals(-10, 5_000, 9)
AMOUNTS = decimals(-100, 10_000, 4)
POSITIVE = decimals(0, 10_000, 3).filter(bool)
NOT_NEGATIVE = decimals(0, 5_000, 3)


@st.composite
def tier_tables(draw: st.DrawFn, *, capped: bool) -> TierTable:
    """Tables of one to five tiers, the last bounded or not, bounds belonging to either side, given as ends or sizes."""
    ends = sorted(draw(st.sets(POSITIVE, min_size=1, max_size=5)))
    bounds: tuple[Decimal | None, ...] = (*ends, None) if draw(st.booleans()) else tuple(ends)
    caps = st.none() | decimals(0, 5_000, 3) if capped else st.none()
    tiers = tuple(Tier(bound, draw(PRICES), draw(AMOUNTS | st.just(Decimal(0))), draw(caps)) for bound in bounds)
    side = draw(st.sampled_from(TierBounds)) if not capped else TierBounds.UPPER_INCLUSIVE
    return TierTable(tiers, draw(st.booleans()), draw(AMOUNTS | st.just(Decimal(0))), side)


def models() -> st.SearchStrategy[PriceModel]:
    """Every price model that is a curve."""
    return st.one_of(
        st.builds(Flat, AMOUNTS),
        st.builds(PerUnit, PRICES, per=st.just(Decimal(1)) | POSITIVE),
        st.builds(Graduated, tier_tables(capped=True) | tier_tables(capped=False)),
        st.builds(Volume, tier_tables(capped=False)),
        st.builds(
            Package, POSITIVE, AMOUNTS, decimals(0, 500, 2), st.integers(0, 3),
            mode=st.sampled_from([Rounding.UP, Rounding.DOWN]),
        ),
        st.builds(PassThrough, decimals(0, 5, 5)),
        committed(),
    )  # fmt: skip


def committed() -> st.SearchStrategy[Committed]:
    """Commitments with a price of their own for what goes beyond, in units or money, or with nothing agreed."""
    factor, up = decimals(0, 4, 2), st.booleans()
    price = decimals(0, 100, 4)
    return (
        st.builds(Committed, price, NOT_NEGATIVE, st.none(), factor, up)
        | st.builds(Committed, price, st.none(), NOT_NEGATIVE, factor, up)
        | st.builds(Committed, price)
    )


@st.composite
def charges(draw: st.DrawFn) -> Charge:
    """Charges that are one curve over the quantity: every such model, side, bound and rounding."""
    model = draw(models())
    rounding = draw(ROUNDINGS)
    if isinstance(model, Flat):
        return Charge("charge", "Charge", Price(model), bound=draw(bounds()), rounding=rounding)
    sides = [PriceOn.ALL, PriceOn.ABOVE, PriceOn.WITHIN, PriceOn.AT_LEAST]
    sides += [PriceOn.DIFFERENCE, PriceOn.BELOW] if isinstance(model, PerUnit) else []
    if isinstance(model, Package):
        sides = [PriceOn.ALL, PriceOn.ABOVE]
    on = draw(st.sampled_from(sides))
    if isinstance(model, PerUnit) and on is PriceOn.DIFFERENCE:
        model = replace(model, credit_unit_amount=draw(st.none() | PRICES))
    baseline = None if on is PriceOn.ALL else Baseline(draw(decimals(0, 2_000, 3)))
    return Charge("charge", "Charge", Price(model, on), METER, baseline=baseline, bound=draw(bounds()),
                  rounding=rounding)  # fmt: skip


def bounds() -> st.SearchStrategy[Bound]:
    """A minimum, a maximum, both or neither; a minimum above the maximum gives way."""
    limit = st.none() | decimals(0, 1_000, 3)
    return st.builds(Bound, limit, limit, st.sampled_from(BoundOrder))


QUANTITIES = decimals(-3_000, 30_000, 6) | decimals(-(10**14), 10**14, 4)


# Any charge at all.


@st.composite
def any_charges(draw: st.DrawFn) -> Charge:
    """Charges of every model with baselines, adjustments and settlements as they may be combined."""
    charge = draw(charges() | apart() | special())
    parts = [_with_baseline, _with_adjust, _with_rounding, _with_settle, _with_quantify]
    for add in parts:
        if draw(st.booleans()):
            charge = _if_valid(draw, charge, add)
    return charge


def _if_valid(draw: st.DrawFn, charge: Charge, add: object) -> Charge:
    """Add a part if the charge stays valid: what may stand together is for validity to say."""
    try:
        changed: Charge = add(draw, charge)  # type: ignore[operator]  # one of the functions below
    except InvalidChargeError:
        return charge
    return changed


@st.composite
def apart(draw: st.DrawFn) -> Charge:
    """Charges whose entries are priced one by one, or by the cells of a matrix."""
    pointwise = st.one_of(
        st.builds(PerUnit, PRICES), st.builds(Graduated, tier_tables(capped=True)),
        st.builds(Volume, tier_tables(capped=False)), blocks(),
    )  # fmt: skip
    if draw(st.booleans()):
        model = draw(pointwise)
        on = draw(st.sampled_from([PriceOn.ALL, PriceOn.ABOVE, PriceOn.WITHIN]))
        baseline = None if on is PriceOn.ALL else Baseline(draw(decimals(0, 500, 2)))
        return Charge(
            "charge", "Charge", Price(model, on), METER, baseline=baseline, select=Select(Scope.ASSET),
            rounding=draw(ROUNDINGS),
        )  # fmt: skip
    tiers = draw(st.sampled_from(MatrixTiers))
    inner = st.builds(Graduated, tier_tables(capped=False)) if tiers in SHARED else pointwise
    cells = tuple(Cell((CellMatch("kind", (kind,)),), draw(inner)) for kind in KINDS[:2])
    matrix = Matrix(cells, draw(inner), tiers, draw(AMOUNTS))
    return Charge("charge", "Charge", Price(matrix), BY_ATTRIBUTE, rounding=draw(ROUNDINGS))


def blocks() -> st.SearchStrategy[Blocks]:
    tier = st.builds(BlockTier, POSITIVE, st.integers(1, 20), AMOUNTS)
    return st.builds(Blocks, st.lists(tier, min_size=1, max_size=3).map(tuple), st.sampled_from(BlockRule))


SPECIAL = ("percentage", "capacity", "prepaid", "blocks", "commitment", "drawdown", "changes", "flat")


@st.composite
def special(draw: st.DrawFn) -> Charge:
    """Charges of the models that are no curve over one quantity."""
    kind = draw(
        st.sampled_from(["percentage", "capacity", "prepaid", "blocks", "commitment", "drawdown", "changes", "flat"])
    )
    rounding = draw(ROUNDINGS)
    if kind in ("percentage", "capacity"):
        model: PriceModel = draw(percentages()) if kind == "percentage" else draw(capacities())
        return Charge("charge", "Charge", Price(model), BY_ATTRIBUTE, rounding=rounding)
    if kind in ("commitment", "drawdown"):
        money = draw(decimals(0, 100_000, 4))
        model = Commitment(money, ("usage",))
        if kind == "drawdown":
            model = Committed(amount=money, overage_factor=draw(decimals(0, 3, 2)), covers=("usage",))
        return Charge("charge", "Charge", Price(model), rounding=rounding)
    if kind == "flat":
        steps = tuple(
            FlatStep(number, draw(AMOUNTS)) for number in sorted(draw(st.sets(st.integers(1, 9), max_size=3)))
        )
        seasons = tuple(SeasonalAmount(month, draw(AMOUNTS)) for month in draw(st.sets(st.integers(1, 12), max_size=3)))
        flat = Flat(draw(AMOUNTS), steps, seasons, bool(seasons) and draw(st.booleans()))
        return Charge("charge", "Charge", Price(flat), rounding=rounding)
    if kind == "changes":
        table = replace(draw(tier_tables(capped=False)), prorate_changes=True, bounds=TierBounds.UPPER_INCLUSIVE)
        return Charge("charge", "Charge", Price(Graduated(table)), METER, rounding=rounding)
    model = draw(blocks())
    if kind == "prepaid":
        model = Prepaid(draw(POSITIVE), draw(NOT_NEGATIVE), draw(st.integers(0, 3)))
    return Charge("charge", "Charge", Price(model), METER, rounding=rounding)


def percentages() -> st.SearchStrategy[Percentage]:
    limit = st.none() | decimals(0, 50, 2)
    return st.builds(
        Percentage,
        decimals(0, 20, 3),
        decimals(0, 5, 2),
        st.integers(0, 3),
        st.none() | decimals(0, 500, 2),
        limit,
        limit,
    )


@st.composite
def capacities(draw: st.DrawFn) -> Capacity:
    tiers = tuple(
        CapacityTier(tuple(CapacityLimit(kind, draw(st.none() | decimals(0, 900, 1))) for kind in KINDS), draw(AMOUNTS))
        for _ in range(draw(st.integers(1, 3)))
    )
    return Capacity(tiers, draw(AMOUNTS))


def _with_baseline(draw: st.DrawFn, charge: Charge) -> Charge:
    """Change the baseline: tolerance, carry, window, ratchet, per asset, or money."""
    agreed = charge.baseline
    if agreed is None:
        money = Baseline(amount=draw(decimals(0, 5_000, 2)), carry=draw(st.none() | carries()))
        on = PriceOn.ABOVE if money.carry is not None else draw(st.sampled_from([PriceOn.ABOVE, PriceOn.DIFFERENCE]))
        return replace(charge, baseline=money, price=replace(charge.price, on=on))
    change = draw(st.sampled_from(["tolerance", "carry", "window", "ratchet", "asset"]))
    if change == "tolerance":
        rule = draw(st.sampled_from(ToleranceRule))
        return replace(charge, baseline=replace(agreed, tolerance=draw(decimals(0, 1, 2)), tolerance_rule=rule))
    if change == "carry":
        return replace(charge, baseline=replace(agreed, carry=draw(carries())))
    if change == "window":
        return _with_window(draw, charge)
    if change == "ratchet":
        ratchet = Ratchet(draw(st.none() | decimals(0, 1, 2)), draw(st.integers(0, 3)))
        return replace(charge, baseline=replace(agreed, ratchet=ratchet))
    each_one = charge.select.scope is not Scope.GROUP and not (charge.measure and charge.measure.each)
    named = draw(st.lists(st.sampled_from(KINDS), unique=True)) if each_one else []
    own = tuple(AssetBaseline(asset, draw(decimals(0, 5_000, 2))) for asset in named)
    per = draw(st.sampled_from([BaselinePer.ASSET, BaselinePer.ASSET_PRORATED])) if each_one else BaselinePer.ASSET
    changed = replace(charge, baseline=replace(agreed, per=per, assets=own))
    return _if_valid(draw, changed, _with_window)


def _with_window(draw: st.DrawFn, charge: Charge) -> Charge:
    agreed = charge.baseline
    assert agreed is not None, "a window is of a baseline"
    return replace(charge, baseline=replace(agreed, window_periods=draw(st.sampled_from([0, 2, 3, 4]))))


def carries() -> st.SearchStrategy[Carry]:
    return st.builds(Carry, st.integers(1, 4), st.none() | decimals(0, 1_500, 2))


def _with_adjust(draw: st.DrawFn, charge: Charge) -> Charge:
    percent, money = st.builds(Discount, decimals(0, 100, 2)), st.builds(Discount, st.none(), decimals(0, 300, 2))
    discounts = tuple(draw(st.lists(percent | money, max_size=3)))
    ramp = tuple(RampStep(n, draw(decimals(0, 2, 2))) for n in sorted(draw(st.sets(st.integers(1, 6), max_size=2))))
    proration = draw(st.none() | prorations())
    return replace(
        charge,
        adjust=Adjust(discounts, draw(st.sampled_from(DiscountOrder)), draw(st.none() | escalators()), ramp, proration),
    )


def prorations() -> st.SearchStrategy[Proration]:
    parts = st.sets(st.sampled_from(ProratedPart)).map(
        lambda chosen: tuple(sorted(chosen, key=lambda part: part.value))
    )
    return st.builds(
        Proration, st.sampled_from(DayCount), st.just(0), st.none() | st.builds(RoundTo, st.integers(0, 9)), parts,
        st.sampled_from([0, 0, 365]),
    )  # fmt: skip


def escalators() -> st.SearchStrategy[Escalator]:
    limits = st.none() | decimals(0, 9, 1)
    index = st.just((IndexValue(date(2024, 1, 1), Decimal("101.5")), IndexValue(date(2024, 3, 1), Decimal("99.25"))))
    fixed = st.builds(
        Escalator,
        decimals(0, 12, 2),
        st.integers(1, 3),
        st.none() | st.sampled_from([Decimal("0.01"), Decimal("0.0001")]),
    )
    linked = st.builds(
        Escalator, every_periods=st.integers(1, 2), index=index, base_index=st.just(Decimal(100)),
        floor_percent=limits, cap_percent=limits,
    )  # fmt: skip
    return fixed | linked


def _with_rounding(draw: st.DrawFn, charge: Charge) -> Charge:
    at = draw(st.sampled_from([RoundingAt.LINE, RoundingAt.STAGE, RoundingAt.STEP, RoundingAt.DISCOUNT]))
    return replace(charge, rounding=RoundTo(draw(st.integers(0, 4)), draw(st.sampled_from(Rounding)), at))


def _with_settle(draw: st.DrawFn, charge: Charge) -> Charge:
    reconcile = Reconcile(draw(st.integers(2, 4)), draw(st.sampled_from(ReconcileSides)), draw(st.booleans()))
    return replace(charge, settle=Settle(reconcile))


def _with_quantify(draw: st.DrawFn, charge: Charge) -> Charge:
    if charge.measure is None or charge.measure.each:
        return charge
    divisor = draw(st.sampled_from([Decimal(1), Decimal(60), Decimal("0.7")]))
    increment = draw(st.sampled_from([Decimal("0.1"), Decimal(1)]))
    factor = draw(st.sampled_from([Decimal(1), Decimal("1.5")]))
    rule = Quantify(divisor, increment, draw(st.sampled_from(Rounding)), multiply_by=factor)
    rolling = draw(st.integers(0, 3))
    return replace(charge, quantify=rule, measure=replace(charge.measure, rolling_periods=rolling))


@st.composite
def readings(draw: st.DrawFn, charge: Charge) -> Reading:
    """Readings of a charge: of the first or a later period, plain, continued or prorated where that has a meaning."""
    number = draw(st.integers(1, 5))
    history = tuple(draw(_one_reading(charge, earlier)) for earlier in range(1, number))
    last = draw(_one_reading(charge, number))
    return replace(last, **draw(_split(charge, last)), history=history)


@st.composite
def _one_reading(draw: st.DrawFn, charge: Charge, number: int) -> Reading:
    keys = draw(st.lists(st.sampled_from(KINDS), max_size=5))
    entries = tuple(
        Entry(key, Fraction(draw(decimals(0, 900, 2))), {"kind": key}, draw(st.none() | st.just(Fraction(50))))
        for key in (dict.fromkeys(keys) if charge.price.model.name == "capacity" else keys)
    )
    day = date(2024, number, 1)
    span = Span(day, date(2024, number + 1, 1))
    part = Span(date(2024, number, draw(st.integers(1, 28))), span.end)
    model, fractions = charge.price.model, st.fractions(0, 1, max_denominator=31)
    changes = None
    if isinstance(model, Graduated) and model.table.prorate_changes:
        changes = tuple(Change(Fraction(draw(decimals(-40, 90, 1))), draw(fractions)) for _ in keys)
    assets = draw(st.integers(1, 9))
    named = {*(f"other {each}" for each in range(assets)), *draw(st.sets(st.sampled_from(KINDS)))}
    in_service = {asset: draw(fractions) for asset in sorted(named)} if charge.baseline is not None else {}
    return Reading(
        draw(QUANTITIES),
        covered={name: draw(AMOUNTS) for name in charge.covers},
        entries=entries,
        changes=changes,
        assets=len(in_service) or assets,
        in_service=in_service,
        stretches=(Stretch(part, span),) if draw(st.booleans()) else (),
        number=number,
        period=BillingPeriod.month(2024, number),
        creditable=draw(st.none() | decimals(0, 50, 2)),
    )


@st.composite
def _split(draw: st.DrawFn, charge: Charge, reading: Reading) -> dict[str, object]:
    """Draw the place of a line within its period."""
    model = charge.price.model
    position = {"position": draw(st.sampled_from(LinePosition))}
    if isinstance(model, Commitment):
        return position | {"already_billed": draw(decimals(0, 500, 2))}
    whole = charge.select.scope is Scope.SCHEDULE and not (charge.measure and charge.measure.each)
    settled = charge.settle.reconcile is not None or (charge.baseline is not None and charge.baseline.window > 1)
    plain = whole and not settled and reading.changes is None and not isinstance(model, Prepaid | Flat)
    if plain and isinstance(model, Volume) and charge.price.on is PriceOn.ALL and draw(st.booleans()):
        return position | {"priced_quantity": draw(QUANTITIES)}
    by_step = charge.rounding is not None and charge.rounding.at is RoundingAt.STEP
    continues = charge.price.on is not PriceOn.DIFFERENCE and charge.bound.minimum is None and not by_step
    if plain and continues and draw(st.booleans()):
        return position | {"prior_quantity": draw(decimals(0, 30_000, 4))}
    if settled:
        return {}
    return position | {"already_billed": draw(decimals(0, 500, 2)) if not charge.covers else Decimal(0)}
