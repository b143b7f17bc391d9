"""Random charges and readings that fit them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import strategies as st

from dutycycle.kit.quantity import Rounding
from dutycycle.rating.charge import (
    Aggregation,
    Baseline,
    Bound,
    Charge,
    Measure,
    Price,
    PriceOn,
    RoundTo,
)
from dutycycle.rating.price import Commitment, Flat, Graduated, Package, PerUnit, PriceModel, Tier, TierTable, Volume
from dutycycle.rating.reading import Reading

METER = Measure(Aggregation.SUM, "units")
ROUNDINGS = st.builds(RoundTo, st.integers(-2, 6), st.sampled_from([None, *Rounding]))


def decimals(least: int, most: int, places: int) -> st.SearchStrategy[Decimal]:
    """Decimals between two whole numbers, of up to `places` digits after the point."""
    return st.integers(0, places).flatmap(
        lambda scale: st.integers(least * 10**scale, most * 10**scale).map(lambda units: Decimal(units).scaleb(-scale))
    )


PRICES = decimals(-10, 5_000, 9)
AMOUNTS = decimals(-100, 10_000, 4)
POSITIVE = decimals(0, 10_000, 3).filter(bool)


@st.composite
def tier_tables(draw: st.DrawFn, *, capped: bool) -> TierTable:
    """Tables of one to five tiers, the last bounded or not."""
    ends = sorted(draw(st.sets(POSITIVE, min_size=1, max_size=5)))
    bounds: tuple[Decimal | None, ...] = (*ends, None) if draw(st.booleans()) else tuple(ends)
    caps = st.none() | decimals(0, 5_000, 3) if capped else st.none()
    tiers = tuple(Tier(bound, draw(PRICES), draw(AMOUNTS | st.just(Decimal(0))), draw(caps)) for bound in bounds)
    return TierTable(tiers, draw(st.booleans()), draw(AMOUNTS | st.just(Decimal(0))))


def models() -> st.SearchStrategy[PriceModel]:
    """Every price model."""
    return st.one_of(
        st.builds(Flat, AMOUNTS),
        st.builds(PerUnit, PRICES),
        st.builds(Graduated, tier_tables(capped=True)),
        st.builds(Volume, tier_tables(capped=False)),
        st.builds(Package, POSITIVE, AMOUNTS, decimals(0, 500, 2), st.integers(0, 3), drop_started=st.booleans()),
        st.builds(
            Commitment,
            decimals(0, 100_000, 4),
            st.just(("usage",)),
            st.builds(Fraction, st.integers(0, 31), st.integers(28, 31)),
        ),
    )


@st.composite
def charges(draw: st.DrawFn) -> Charge:
    """Valid charges of every model, baseline, bound and rounding."""
    model = draw(models())
    if isinstance(model, Flat | Commitment):
        bound = Bound() if isinstance(model, Commitment) else draw(bounds())
        return Charge("charge", "Charge", Price(model), bound=bound, rounding=draw(ROUNDINGS))
    sides = [PriceOn.ALL, PriceOn.ABOVE, *([PriceOn.DIFFERENCE] if isinstance(model, PerUnit) else [])]
    on = draw(st.sampled_from(sides))
    if isinstance(model, PerUnit) and on is PriceOn.DIFFERENCE:
        model = PerUnit(model.unit_amount, draw(st.none() | PRICES))
    baseline = None if on is PriceOn.ALL else Baseline(draw(decimals(0, 2_000, 3)))
    return Charge("charge", "Charge", Price(model, on), METER, baseline=baseline, bound=draw(bounds()),
                  rounding=draw(ROUNDINGS))  # fmt: skip


def bounds() -> st.SearchStrategy[Bound]:
    """No minimum, or one."""
    return st.builds(Bound, st.none() | decimals(0, 1_000, 3))


QUANTITIES = decimals(-3_000, 30_000, 6) | decimals(-(10**14), 10**14, 4)


@st.composite
def readings(draw: st.DrawFn, charge: Charge) -> Reading:
    """Readings of a charge: plain, continued or prorated where that has a meaning."""
    quantity = draw(QUANTITIES)
    model = charge.price.model
    if isinstance(model, Commitment):
        return Reading(covered={"usage": quantity}, already_billed=draw(decimals(0, 500, 2)))
    if isinstance(model, Volume) and charge.price.on is PriceOn.ALL and draw(st.booleans()):
        return Reading(quantity, priced_quantity=draw(QUANTITIES))
    continues = charge.price.on is not PriceOn.DIFFERENCE and charge.bound.minimum is None
    if continues and draw(st.booleans()):
        return Reading(quantity, prior_quantity=draw(decimals(0, 30_000, 4)))
    return Reading(quantity)
