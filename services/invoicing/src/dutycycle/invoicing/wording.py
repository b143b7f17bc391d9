"""How values read in print: quantities, signs, days, links."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from urllib.parse import unquote

from dutycycle.kit.period import BillingPeriod
from dutycycle.kit.quantity import EXACT, divide_rounded, grouped, plain, round_to_scale

NOTHING = "—"
LETTER_REGIONS = ("US", "CA", "MX")


def places(values: Iterable[Decimal | None]) -> int:
    """Return the most digits after the point that any of the values has."""
    return max((len(format(value, "f").partition(".")[2]) for value in values if value is not None), default=0)


def padded(value: Decimal, digits: int) -> Decimal:
    """Return the value with at least so many places: what is measured to 0.1 reads 369.0."""
    return value if places([value]) >= digits else round_to_scale(value, digits)


def quantity(value: Decimal | None, digits: int = 0) -> str:
    """Write a quantity with at least `digits` places: "1,734.2"; a dash if there is none."""
    if value is None:
        return NOTHING
    text = grouped(abs(value), digits)
    return f"−{text}" if value < 0 else text


def signed(value: Decimal | None, digits: int = 0) -> str:
    """Write a difference with its sign: "+10.3", "−26", "0"."""
    if value is None:
        return NOTHING
    return f"+{grouped(value, digits)}" if value > 0 else quantity(value, digits)


def cost_centre(name: str) -> str:
    """Write a cost centre; some assets may have none."""
    return name or "No cost centre"


def percent(part: Decimal, whole: Decimal) -> str:
    """Write a share in whole percent, half away from zero: "61 %"; a dash if there is no whole."""
    if whole == 0:
        return NOTHING
    numerator, denominator = EXACT.divide(EXACT.multiply(part, Decimal(100)), whole).as_integer_ratio()
    return f"{divide_rounded(numerator, denominator)} %"


def day(value: date | None) -> str:
    """Write a day so that no reader takes month for day: "30 January 2014"; a dash if there is none."""
    return NOTHING if value is None else f"{value.day} {value:%B %Y}"


def days(period: BillingPeriod) -> str:
    """Write the first and the last day of a period: "1–31 December 2013"."""
    last = period.end - timedelta(days=1)
    if (period.start.year, period.start.month) == (last.year, last.month):
        return f"{period.start.day}–{day(last)}"
    return f"{day(period.start)} – {day(last)}"


def mailbox(mailto: str) -> str:
    """Return the mailbox of a mailto link, for readers on paper."""
    return unquote(mailto.removeprefix("mailto:").partition("?")[0])


def host(url: str) -> str:
    """Return the host of an address, for readers on paper."""
    return url.partition("://")[2].partition("/")[0]


def count(number: int, singular: str, plural: str | None = None) -> str:
    """Write a count with its noun: "1 record", "31 records"."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def headed(text: str) -> str:
    """Write a noun as a heading: the first letter large, the others as they are."""
    return text[:1].upper() + text[1:]


def reason(code: str) -> str:
    """Write a reason code in words: NO_ASSET_IDENTITY becomes "no asset identity"."""
    return code.replace("_", " ").lower()


def paper(language: str) -> str:
    """Return the paper that printers hold where a BCP 47 language tag points: "Letter" or "A4"."""
    return "Letter" if language.rpartition("-")[2].upper() in LETTER_REGIONS else "A4"


def code(value: Decimal) -> str:
    """Write a number for SVG attributes: at most two places, no exponent."""
    return plain(value.quantize(Decimal("0.01"), context=EXACT))
