"""What offers is told, from API messages: terms, the catalogue, rated months; and terms back, to be rated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from google.protobuf.message import Message
from google.type.decimal_pb2 import Decimal as DecimalProto

from dutycycle.api.contracts.v1 import charge_pb2, contracts_pb2
from dutycycle.api.rating.v1 import rating_pb2
from dutycycle.kit.money import Money
from dutycycle.kit.quantity import EXACT, round_to_scale
from dutycycle.offers.asset_group import NO_ASSETS, Fleet, GroupKey, GroupMonth, GroupMonths, measuring_charge
from dutycycle.offers.asset_risk import Asset, AssetMonths
from dutycycle.offers.campaign import Campaign
from dutycycle.offers.communication import Contact, Customer
from dutycycle.offers.history import Month, Use, UseKind
from dutycycle.offers.product import Creative, Product, Trigger, Validity
from dutycycle.offers.program import DEFAULT_VALID_DAYS, Fit, Kind, Program
from dutycycle.offers.source import Catalogue
from dutycycle.offers.terms import Alternative, ChargeChange, ChargeKind, ChargeTerms, Terms
from dutycycle.runtime.wire import (
    date_from_proto,
    date_to_proto,
    decimal_from_proto,
    decimal_to_proto,
    money_from_proto,
    period_from_proto,
)

_PRICE_SCALE = 4
"""Digits of a price that a program has changed."""

_FITS = {
    contracts_pb2.PROGRAM_FIT_BELOW_BASELINE: Fit.BELOW_BASELINE,
    contracts_pb2.PROGRAM_FIT_ABOVE_BASELINE: Fit.ABOVE_BASELINE,
    contracts_pb2.PROGRAM_FIT_ANY: Fit.ANY,
}
_KINDS = {
    contracts_pb2.PROGRAM_KIND_UNSPECIFIED: Kind.RIGHT_SIZE,
    contracts_pb2.PROGRAM_KIND_RIGHT_SIZE: Kind.RIGHT_SIZE,
    contracts_pb2.PROGRAM_KIND_HIGHER_TIER: Kind.HIGHER_TIER,
    contracts_pb2.PROGRAM_KIND_CARRY: Kind.CARRY,
    contracts_pb2.PROGRAM_KIND_SEASONAL: Kind.SEASONAL,
    contracts_pb2.PROGRAM_KIND_POOL: Kind.POOL,
    contracts_pb2.PROGRAM_KIND_LONGER_TERM: Kind.LONGER_TERM,
    contracts_pb2.PROGRAM_KIND_RENEWAL: Kind.RENEWAL,
}
_TRIGGERS = {
    contracts_pb2.PRODUCT_TRIGGER_UNUSABLE_RECORDS: Trigger.UNUSABLE_RECORDS,
    contracts_pb2.PRODUCT_TRIGGER_IDLE_ASSETS: Trigger.IDLE_ASSETS,
    contracts_pb2.PRODUCT_TRIGGER_OVERAGE: Trigger.OVERAGE,
    contracts_pb2.PRODUCT_TRIGGER_ESTIMATED_RECORDS: Trigger.ESTIMATED_RECORDS,
}
_USE_KINDS = {rating_pb2.LINE_KIND_ASSETS: UseKind.ASSETS, rating_pb2.LINE_KIND_USAGE: UseKind.USAGE}


def terms_from_proto(message: contracts_pb2.Agreement) -> Terms:
    return Terms(
        agreement=message.name,
        customer=message.customer,
        currency=message.currency,
        start_date=date_from_proto(message.start_date),
        end_date=date_from_proto(message.end_date),
        asset_noun=message.asset_noun or "assets",
        usage_noun=message.usage_noun or "usage",
        charges=tuple(_charges_from_proto(message)),
        body=message.SerializeToString(deterministic=True),
        effective_date=date_from_proto(message.effective_date),
        etag=message.etag,
        program=message.program,
    )


def _charges_from_proto(message: contracts_pb2.Agreement) -> Iterator[ChargeTerms]:
    for schedule in message.schedules:
        for charge in schedule.charges:
            price, quantify = charge.price, charge.quantify
            yield ChargeTerms(
                schedule=schedule.id,
                charge=charge.id,
                kind=_charge_kind(charge),
                units=quantify.units,
                baseline=_decimal(charge.baseline.quantity) if charge.HasField("baseline") else None,
                step=_decimal(quantify.increment) if quantify.HasField("increment") else Decimal(1),
                priced_above=price.on in (charge_pb2.PRICE_ON_ABOVE, charge_pb2.PRICE_ON_DIFFERENCE),
                flat=_decimal(price.flat.amount) if price.HasField("flat") else None,
                minimum=_decimal(charge.bound.minimum) if charge.bound.HasField("minimum") else None,
                commitment=_decimal(price.commitment.amount) if price.HasField("commitment") else None,
                price=price.SerializeToString(deterministic=True).hex(),
                window_periods=charge.baseline.window_periods,
                fixed=_is_fixed(charge),
                meter=charge.measure.meter,
                pool=_pool(charge),
            )


def _pool(charge: charge_pb2.Charge) -> tuple[str, ...] | None:
    reaches_further = charge.select.scope in (charge_pb2.SCOPE_AGREEMENT, charge_pb2.SCOPE_CUSTOMER)
    return tuple(charge.select.schedules) if reaches_further else None


def _is_fixed(charge: charge_pb2.Charge) -> bool:
    baseline = charge.baseline
    return baseline.HasField("carry") or baseline.window_periods > 1 or charge.HasField("select")


def _charge_kind(charge: charge_pb2.Charge) -> ChargeKind:
    if charge.price.HasField("commitment"):
        return ChargeKind.COMMITMENT
    if not charge.HasField("measure"):
        return ChargeKind.FLAT
    counts_assets = charge.measure.aggregation == charge_pb2.AGGREGATION_ASSETS_ACTIVE
    return ChargeKind.ASSETS if counts_assets else ChargeKind.USAGE


def alternative_to_proto(other: Alternative) -> contracts_pb2.Agreement:
    """Write the whole agreement with what the program changes in it."""
    message = contracts_pb2.Agreement.FromString(other.terms.body)
    message.end_date.CopyFrom(date_to_proto(other.terms.end_date))
    changes: Mapping[tuple[str, str], ChargeChange] = {(c.schedule, c.charge): c for c in other.changes}
    for schedule in message.schedules:
        kept = []
        for charge in schedule.charges:
            change = changes[schedule.id, charge.id]
            if not change.is_pooled:
                _change_charge(charge, change, other.basis)
                kept.append(charge)
        if len(kept) < len(schedule.charges):
            del schedule.charges[:]
            schedule.charges.extend(kept)
    return message


def _change_charge(charge: charge_pb2.Charge, change: ChargeChange, basis: str) -> None:
    if change.baseline is not None:
        charge.baseline.quantity.CopyFrom(decimal_to_proto(change.baseline))
        if basis:
            charge.baseline.basis = basis
    if change.carry_periods:
        charge.baseline.carry.periods = change.carry_periods
    if change.window_periods:
        charge.baseline.window_periods = change.window_periods
    if change.pool:
        charge.select.scope = charge_pb2.SCOPE_AGREEMENT
        charge.select.schedules[:] = change.pool
    if change.flat is not None:
        charge.price.flat.amount.CopyFrom(decimal_to_proto(change.flat))
    if change.minimum is not None:
        charge.bound.minimum.CopyFrom(decimal_to_proto(change.minimum))
    if change.commitment is not None:
        charge.price.commitment.amount.CopyFrom(decimal_to_proto(change.commitment))
    if change.price_percent != 100:
        for amount in _prices(charge.price):
            scaled = EXACT.multiply(_decimal(amount), change.price_percent) / 100
            amount.CopyFrom(decimal_to_proto(round_to_scale(scaled, _PRICE_SCALE)))


def _prices(price: charge_pb2.Price) -> Iterator[DecimalProto]:
    """Yield every amount of a usage price."""
    if price.HasField("per_unit"):
        yield price.per_unit.unit_amount
        if price.per_unit.HasField("credit_unit_amount"):
            yield price.per_unit.credit_unit_amount
    elif price.HasField("package"):
        yield price.package.amount
    else:
        tiered = price.graduated if price.HasField("graduated") else price.volume
        if tiered.HasField("base_amount"):
            yield tiered.base_amount
        for tier in tiered.tiers:
            for name in ("unit_amount", "flat_amount", "cap_amount"):
                if tier.HasField(name):
                    yield getattr(tier, name)


def catalogue_from_proto(message: contracts_pb2.Catalogue) -> Catalogue:
    return Catalogue(
        programs=tuple(_program_from_proto(program) for program in message.programs),
        products=tuple(
            Product(
                id=product.id,
                display_name=product.display_name,
                trigger=_TRIGGERS[product.trigger],
                threshold_percent=_decimal(product.threshold_percent),
                benefit=product.benefit,
                eligibility=product.eligibility,
                validity=_validity(product),
                priority=product.priority,
                creatives=_creatives(product),
            )
            for product in message.products
        ),
        campaigns=tuple(
            Campaign(
                id=campaign.id,
                subjects=frozenset(campaign.subjects),
                hold_out_percent=_given(campaign, "hold_out_percent", "0"),
                seed=campaign.seed or campaign.id,
            )
            for campaign in message.campaigns
        ),
        control_percent=_given(message, "control_percent", "0"),
        treatments_at_most=message.treatments_at_most or 1,
    )


def _validity(message: contracts_pb2.Program | contracts_pb2.Product) -> Validity:
    start = date_from_proto(message.valid_from_date) if message.HasField("valid_from_date") else date.min
    end = date_from_proto(message.valid_until_date) if message.HasField("valid_until_date") else date.max
    return Validity(start, end)


def _creatives(message: contracts_pb2.Program | contracts_pb2.Product) -> tuple[Creative, ...]:
    return tuple(Creative(each.language, each.display_name, each.text) for each in message.creatives)


def customer_from_proto(message: contracts_pb2.Customer) -> Customer:
    return Customer(
        name=message.name,
        display_name=message.display_name,
        language=message.language,
        contacts=tuple(Contact(each.email, each.role, each.receives_invoices) for each in message.contacts),
    )


def _program_from_proto(message: contracts_pb2.Program) -> Program:
    return Program(
        id=message.id,
        display_name=message.display_name,
        fit=_FITS[message.fit],
        baseline_percent_of_usage=_given(message, "baseline_percent_of_usage"),
        usage_months=message.usage_months,
        base_rate_percent=_given(message, "base_rate_percent"),
        overage_rate_percent=_given(message, "overage_rate_percent"),
        minimum_percent=_given(message, "minimum_percent"),
        term_extension_months=message.term_extension_months,
        margin_percent=_given(message, "margin_percent", "0"),
        margin_floor=_given(message, "margin_floor", "0"),
        minimum_saving_percent=_given(message, "minimum_saving_percent", "0"),
        legal_text=message.legal_text,
        legal_version=message.legal_version,
        kind=_KINDS[message.kind],
        carry_periods=message.carry_periods,
        switch_cost=_given(message, "switch_cost", "0"),
        eligibility=message.eligibility,
        validity=_validity(message),
        offer_valid_days=message.offer_valid_days or DEFAULT_VALID_DAYS,
        priority=message.priority,
        is_automatic=message.approval == contracts_pb2.AMENDMENT_APPROVAL_AUTOMATIC,
        creatives=_creatives(message),
    )


def _given(message: Message, field: str, absent: str = "100") -> Decimal:
    """Read a figure of the catalogue; one that is absent changes nothing."""
    return _decimal(getattr(message, field)) if message.HasField(field) else Decimal(absent)


def month_from_proto(message: rating_pb2.Statement) -> Month:
    return Month(
        period=period_from_proto(message.period),
        cost=money_from_proto(message.period_cost),
        uses=tuple(_use_from_proto(use) for use in message.measured if use.kind in _USE_KINDS),
        overage=_overage(message),
    )


def fleet_from_proto(statements: Sequence[rating_pb2.Statement], terms: Terms) -> Fleet:
    """Read consecutive months with their assets, oldest first."""
    return Fleet(
        [month_from_proto(statement) for statement in statements],
        assets_from_proto(statements),
        groups_from_proto(statements, terms),
    )


def groups_from_proto(statements: Sequence[rating_pb2.Statement], terms: Terms) -> list[GroupMonths]:
    """Gather the assets of each schedule by their model; an asset without usage counts where it is placed.

    An asset counts once a month, also if a second placement on the schedule followed the first.
    """
    found: dict[GroupKey, list[GroupMonth]] = {}
    for place, statement in enumerate(statements):
        for key, usages in _by_group(statement).items():
            charge = measuring_charge(terms, key.schedule)
            assets = {usage.asset for usage in usages}
            active = {usage.asset for usage in usages if usage.records}
            measured = sum((_measured(usage, charge.meter if charge else "") for usage in usages), Decimal(0))
            months = found.setdefault(key, [NO_ASSETS] * len(statements))
            months[place] = GroupMonth(len(assets), len(assets - active), measured)
    return [GroupMonths(key, months) for key, months in found.items()]


def _by_group(statement: rating_pb2.Statement) -> dict[GroupKey, list[rating_pb2.AssetUsage]]:
    groups: dict[GroupKey, list[rating_pb2.AssetUsage]] = {}
    for usage in statement.assets:
        groups.setdefault(GroupKey(usage.schedule, usage.manufacturer, usage.model), []).append(usage)
    return groups


def _measured(usage: rating_pb2.AssetUsage, meter: str) -> Decimal:
    return Decimal(usage.quantities.get(meter, "0")) if meter else Decimal(usage.records)


def assets_from_proto(statements: Sequence[rating_pb2.Statement]) -> list[Asset]:
    """Read the assets of consecutive months, oldest first; an asset is known from the first month with usage on."""
    counts: dict[str, list[int]] = {}
    newest: dict[str, rating_pb2.AssetUsage] = {}
    for place, statement in enumerate(statements):
        for usage in statement.assets:
            if usage.records:
                counts.setdefault(usage.asset, [0] * len(statements))[place] += usage.records
                newest[usage.asset] = usage
    end = period_from_proto(statements[-1].period).end
    found = []
    for name, usage in newest.items():
        months = counts[name]
        first = next(place for place, count in enumerate(months) if count)
        last = date_from_proto(usage.last_active_date)
        known = AssetMonths(months[first:], (end - last).days - 1)
        found.append(Asset(name, usage.display_name, usage.schedule, last, known))
    return found


def _overage(message: rating_pb2.Statement) -> Money:
    """Add up the lines that have a baseline and were priced for what lies above it."""
    above = Money(Decimal(0), message.period_cost.currency_code)
    for line in message.lines:
        is_above = line.HasField("adjustment_quantity") and _decimal(line.adjustment_quantity) > 0
        if line.kind in _USE_KINDS and is_above and line.service_period == message.period:
            above += money_from_proto(line.amount)
    return above


def _use_from_proto(message: rating_pb2.MeasuredUse) -> Use:
    return Use(
        schedule=message.schedule,
        charge=message.charge,
        kind=_USE_KINDS[message.kind],
        units=message.units,
        baseline=_decimal(message.baseline_quantity) if message.HasField("baseline_quantity") else None,
        used=_decimal(message.used_quantity),
    )


def cost_from_proto(message: rating_pb2.Statement) -> Money:
    return money_from_proto(message.period_cost)


def _decimal(message: DecimalProto) -> Decimal:
    return decimal_from_proto(message)
