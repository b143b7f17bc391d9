"""What changed, in two sentences."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from dutycycle.invoicing import change
from dutycycle.invoicing.invoice import Invoice, Line, LineKind, MonthUse
from dutycycle.kit.money import Money
from dutycycle.kit.period import BillingPeriod

DECEMBER = BillingPeriod.month(2013, 12)


def month(used: str, baseline: str, active: str, agreed: str) -> MonthUse:
    return MonthUse(
        DECEMBER, Decimal(baseline), Decimal(used), Decimal(agreed), Decimal(active), Money(Decimal(0), "USD")
    )


def priced(lines: tuple[Line, ...], amounts: dict[LineKind, str]) -> list[Line]:
    one_each = {line.kind: line for line in lines}
    return [replace(one_each[kind], amount=Money(Decimal(amount), "USD")) for kind, amount in amounts.items()]


def test_usage_and_assets_against_what_was_agreed() -> None:
    assert change.usage_sentence(month("369.0", "606.0", "74", "100"), "flight hours", "aircraft") == (
        "You used 369.0 flight hours with 74 aircraft: 237.0 flight hours (39 %) below the baseline of 606.0 and "
        "26 aircraft (26 %) below the agreed 100."
    )
    assert change.usage_sentence(month("2671.3", "1734.2", "52", "52"), "flight hours", "aircraft") == (
        "You used 2,671.3 flight hours with 52 aircraft: 937.1 flight hours (54 %) above the baseline of 1,734.2 and "
        "exactly the agreed 52 aircraft."
    )


def test_what_is_not_measured_is_not_mentioned() -> None:
    assert change.usage_sentence(month("10", "0", "0", "0"), "pages", "copiers") == "You used 10 pages."
    assert change.usage_sentence(month("0", "0", "7", "8"), "", "copiers") == (
        "You used 7 copiers: 1 copiers (13 %) below the agreed 8."
    )


def sentence(now: list[Line], before: list[Line] | None, *, last_period: bool = False) -> str:
    return change.bill_sentence(now, before, DECEMBER, asset_noun="aircraft", last_period=last_period)


def test_the_bill_against_the_one_before_with_its_causes_largest_first(airtran_december: Invoice) -> None:
    lines = (*airtran_december.lines, replace(airtran_december.lines[0], kind=LineKind.BASE))
    before = priced(lines, {LineKind.BASE: "214300", LineKind.USAGE: "1240", LineKind.TOP_UP: "0"})
    now = priced(lines, {LineKind.USAGE: "0", LineKind.TOP_UP: "48250"})
    assert sentence(now, before, last_period=True) == (
        "The bill is $167,290.00 lower than November’s $215,540.00: base charges −$214,300.00, top-ups to minimums "
        "+$48,250.00, flight hours −$1,240.00; no further base charge, since the term ends on 1 January 2014."
    )
    assert sentence(now, now) == "The bill is the same as November’s $48,250.00."


def test_the_first_bill_names_what_it_consists_of(airtran_december: Invoice) -> None:
    now = priced(airtran_december.lines, {LineKind.TOP_UP: "48250", LineKind.USAGE: "0", LineKind.ASSETS: "60000"})
    assert sentence(now, None) == (
        "This is the first bill under the agreement: aircraft $60,000.00, top-ups to minimums $48,250.00."
    )


def test_the_named_causes_add_up_to_the_difference(many_lines: Invoice) -> None:
    lines = list(many_lines.lines)
    extra = [replace(lines[0], kind=LineKind.USAGE, units=unit) for unit in ("cycles", "miles", "pages", "scans")]
    before = [replace(line, amount=Money(line.amount.amount - 10, "USD")) for line in lines + extra]
    text = sentence(lines + extra, before)
    assert text.startswith("The bill is $280.00 higher than November’s")
    assert text.count("+$") == change.DRIVERS + 1
    assert "other charges" in text
