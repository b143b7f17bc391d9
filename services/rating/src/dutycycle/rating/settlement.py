"""Charges that are settled over several lines or periods: each is rated from what the whole comes to.

A line that continues others costs what everything so far comes to, less what everything before came to; so the lines
add up to the whole, to the last minor unit. A reconciliation bills what the periods together come to, less what they
were billed one by one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from dutycycle.charge.adjust import Reconcile, ReconcileSides, RoundingAt, Settle
from dutycycle.charge.baseline import Baseline, BaselinePer
from dutycycle.charge.charge import Charge
from dutycycle.charge.portion import Change, Entry
from dutycycle.charge.price import Graduated, Package, Volume
from dutycycle.charge.step import Step
from dutycycle.kit.fraction import to_decimal
from dutycycle.rating.draft import Draft
from dutycycle.rating.history import agreed_quantity
from dutycycle.rating.quantity import priced_one_by_one
from dutycycle.rating.reading import LinePosition, Reading

Rate = Callable[[Charge, Reading], Draft]
"""Rates a line that stands for itself."""
ZERO = Fraction(0)


def settled(charge: Charge, reading: Reading, rate: Rate) -> Draft:
    """Rate a line as the charge is settled."""
    agreed, reconcile, rounding = charge.baseline, charge.settle.reconcile, charge.rounding
    if agreed is not None and agreed.window > 1:
        return _in_window(charge, reading, agreed, rate)
    if reading.prior_quantity is not None and rounding is not None and rounding.at is RoundingAt.CUMULATIVE:
        return _continued(charge, reading, rate)
    if reconcile is not None:
        return _reconciled(charge, reading, reconcile, rate)
    return rate(charge, reading)


def _in_window(charge: Charge, reading: Reading, agreed: Baseline, rate: Rate) -> Draft:
    """Rate a period on a baseline that is for several: the window so far, less the window before."""
    single = replace(charge, baseline=replace(agreed, window_periods=0))
    earlier = reading.last((reading.number - 1) % agreed.window)
    before = rate(single, together(earlier, prorated=agreed.prorated)) if earlier else None
    whole = rate(single, together([*earlier, reading], prorated=agreed.prorated))
    return _less(whole, ZERO if before is None else before.billed, f"Billed before in these {agreed.window} months")


def _continued(charge: Charge, reading: Reading, rate: Rate) -> Draft:
    """Rate a line that continues earlier ones, each rounded on what all so far come to."""
    prior = reading.prior_quantity or Decimal(0)
    so_far = replace(reading, quantity=Fraction(reading.quantity) + Fraction(prior), prior_quantity=None)
    # Nothing has been billed before the first line, not even what a quantity of zero costs.
    earlier = replace(reading, quantity=prior, prior_quantity=None, position=LinePosition.MID)
    before = rate(charge, earlier) if prior > 0 else None
    return _less(rate(charge, so_far), ZERO if before is None else before.billed, "Billed before")


def _reconciled(charge: Charge, reading: Reading, reconcile: Reconcile, rate: Rate) -> Draft:
    """Rate a period, and in the last of several put right what they were billed."""
    single, every = _alone(charge), reconcile.every_periods
    own, last = rate(single, reading), reading.number % every == 0
    if not last:
        return _held(own) if reconcile.bill_only_then else own
    earlier = reading.last(every - 1)
    billed = [] if reconcile.bill_only_then else [rate(_alone(each.charge or charge), each).billed for each in earlier]
    readings = [*earlier, reading]
    agreed = sum((agreed_quantity(single, each) for each in readings), ZERO)
    prorated = charge.baseline is not None and charge.baseline.prorated
    whole = rate(_over(single, readings), replace(together(readings, prorated=prorated), agreed=agreed))
    before = sum(billed, ZERO) + (ZERO if reconcile.bill_only_then else own.billed)
    difference = whole.billed - before
    if reconcile.sides is ReconcileSides.DEBIT:
        difference = max(ZERO, difference)
    elif reconcile.sides is ReconcileSides.CREDIT:
        difference = min(ZERO, difference)
    words = own.words
    text = f"{every} months together come to {words.money(whole.amount)}, {words.money(before)} was billed for them"
    draft = _held(own) if reconcile.bill_only_then else _stated(own)
    draft.steps.append(Step("reconcile", text, amount=difference))
    draft.amount = _decimal(draft)
    return draft


def _alone(charge: Charge) -> Charge:
    """Return the charge that settles each period by itself."""
    return replace(charge, settle=Settle())


def _over(charge: Charge, readings: Sequence[Reading]) -> Charge:
    """Return the charge of several periods together: tiers, bounds and what each asset has, so many times."""
    periods, times = len(readings), Decimal(len(readings))
    agreed, model, bound = charge.baseline, charge.price.model, charge.bound
    if agreed is not None and not priced_one_by_one(charge):
        agreed = replace(agreed, per=BaselinePer.POOL, assets=())  # the reading says what is agreed for all
    elif agreed is not None and agreed.quantity is not None:
        own = tuple(replace(each, quantity=each.quantity * times) for each in agreed.assets)
        agreed = replace(agreed, quantity=agreed.quantity * times, assets=own)
    if isinstance(model, Graduated | Volume):
        model = replace(model, table=model.table.stretched(Fraction(periods)))
    elif isinstance(model, Package):
        model = replace(model, free_units=model.free_units * times, minimum_packages=model.minimum_packages * periods)
    bound = replace(
        bound,
        minimum=None if bound.minimum is None else bound.minimum * times,
        maximum=None if bound.maximum is None else bound.maximum * times,
    )
    return replace(charge, baseline=agreed, price=replace(charge.price, model=model), bound=bound)


def together(readings: Sequence[Reading], *, prorated: bool = False) -> Reading:
    """Return the reading of several periods as one.

    Args:
        prorated: whether assets count for their share of all periods; otherwise those of the last one count.
    """
    last = readings[-1]
    changes: list[Change] = [change for each in readings for change in each.changes or ()]
    return replace(
        last,
        quantity=sum((Fraction(each.quantity) for each in readings), ZERO),
        entries=_added(readings),
        in_service=_mean_shares(readings) if prorated else last.in_service,
        covered={name: sum((each.covered[name] for each in readings), Decimal(0)) for name in last.covered},
        already_billed=sum((each.already_billed for each in readings), Decimal(0)),
        changes=tuple(changes) if last.changes is not None else None,
        stretches=(),
        history=(),
    )


def _mean_shares(readings: Sequence[Reading]) -> dict[str, Fraction]:
    """Return the share of all periods in which each asset was in service, each period counting the same."""
    shares: dict[str, Fraction] = defaultdict(Fraction)
    for reading in readings:
        for asset, share in reading.in_service.items():
            shares[asset] += share / len(readings)
    return dict(shares)


def _added(readings: Sequence[Reading]) -> tuple[Entry, ...]:
    """Add entries of the same key and attributes up."""
    found: dict[tuple[str, tuple[tuple[str, str], ...]], Entry] = {}
    for reading in readings:
        for entry in reading.entries:
            key = (entry.key, tuple(sorted(entry.attributes.items())))
            known = found.get(key)
            if known is None:
                found[key] = entry
                continue
            agreed = None if entry.baseline is None else (known.baseline or ZERO) + entry.baseline
            found[key] = replace(known, quantity=known.quantity + entry.quantity, baseline=agreed)
    return tuple(found.values())


def _less(whole: Draft, before: Fraction, text: str) -> Draft:
    """Return the draft with what was billed before taken off, after rounding."""
    draft = _stated(whole)
    draft.add("prior", f"{text}: {whole.words.money(before)}", -before)
    draft.amount = _decimal(draft)
    return draft


def _stated(draft: Draft) -> Draft:
    """Make the rounding one of the amounts that add up."""
    difference = draft.billed - draft.exact
    if difference != 0:
        if draft.steps[-1].stage == "round" and draft.steps[-1].amount is None:
            draft.steps[-1] = replace(draft.steps[-1], amount=difference)
        else:
            draft.add("round", "Rounded", difference)
    return draft


def _held(draft: Draft) -> Draft:
    """Return the draft of a period that bills nothing yet."""
    draft.steps = [step for step in draft.steps if step.stage != "round" or step.amount is not None]
    draft.add("reconcile", "Billed when the periods are put right", -draft.exact)
    draft.amount = Decimal(0)
    return draft


def _decimal(draft: Draft) -> Decimal:
    return to_decimal(draft.exact)
