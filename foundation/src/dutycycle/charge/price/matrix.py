"""Matrix: a price that depends on attributes of the usage, or on the band of time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from enum import Enum
from fractions import Fraction
from typing import ClassVar, Protocol

from dutycycle.charge.curve import ZERO, Evaluation, level, line
from dutycycle.charge.portion import Entry, Portion
from dutycycle.charge.price.graduated import Graduated
from dutycycle.charge.price.model import PriceModel, Reprice
from dutycycle.charge.step import Step
from dutycycle.charge.violation import number_violations
from dutycycle.charge.wording import Wording
from dutycycle.kit.errors import FieldViolation, InvalidInputError
from dutycycle.kit.fraction import to_decimal
from dutycycle.kit.quantity import grouped


class MatrixTiers(Enum):
    """How tiers count in a matrix."""

    EACH_CELL = "each_cell"
    POOLED = "pooled"
    EACH_ENTRY = "each_entry"
    IN_ORDER = "in_order"
    """Every entry fills the tiers from where the one before it has left them."""


SHARED = (MatrixTiers.POOLED, MatrixTiers.IN_ORDER)
"""One set of tiers for all cells."""


@dataclass(frozen=True, slots=True)
class CellMatch:
    """A condition on an attribute: one of some values, a range of numbers, or any value at all."""

    attribute: str
    values: tuple[str, ...] = ()
    from_: Decimal | None = None
    to: Decimal | None = None
    """Exclusive; smaller than `from_`: over the top, as hours over midnight."""

    def holds(self, attributes: Mapping[str, str]) -> bool:
        value = attributes.get(self.attribute)
        if value is None:
            return False
        if self.from_ is None and self.to is None:
            return not self.values or value in self.values
        return self._in_range(value)

    def _in_range(self, text: str) -> bool:
        try:
            value = Decimal(text)
        except InvalidOperation:
            return False
        above = self.from_ is None or value >= self.from_
        below = self.to is None or value < self.to
        if self.from_ is not None and self.to is not None and self.to <= self.from_:
            return above or below
        return above and below

    def text(self) -> str:
        if self.from_ is not None or self.to is not None:
            first = f" from {grouped(self.from_)}" if self.from_ is not None else ""
            end = f" below {grouped(self.to)}" if self.to is not None else ""
            return f"{self.attribute.replace('_', ' ')}{first}{end}"
        return " or ".join(self.values) or f"any {self.attribute}"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: all conditions hold, and what usage costs then."""

    match: tuple[CellMatch, ...]
    price: PriceModel

    def holds(self, attributes: Mapping[str, str]) -> bool:
        return all(condition.holds(attributes) for condition in self.match)

    @property
    def label(self) -> str:
        return ", ".join(condition.text() for condition in self.match)


@dataclass(frozen=True, slots=True)
class Matrix:
    """Usage at the price of the cell with the most conditions that hold; of two with as many, the first."""

    cells: tuple[Cell, ...]
    otherwise: PriceModel | None = None
    tiers: MatrixTiers = MatrixTiers.EACH_CELL
    base_amount: Decimal = Decimal(0)
    """Added once."""
    name: ClassVar[str] = "matrix"

    def violations(self, field: str) -> Iterator[FieldViolation]:
        yield from number_violations(f"{field}.base_amount", self.base_amount)
        if not self.cells and self.otherwise is None:
            yield FieldViolation(f"{field}.cells", "is empty; give at least one cell")
        for index, cell in enumerate(self.cells):
            at = f"{field}.cells[{index}]"
            yield from _nested_violations(cell.price, f"{at}.price")
            for place, condition in enumerate(cell.match):
                yield from number_violations(f"{at}.match[{place}].from", condition.from_)
                yield from number_violations(f"{at}.match[{place}].to", condition.to)
                if not condition.attribute:
                    yield FieldViolation(f"{at}.match[{place}].attribute", "is empty; name what it is a condition on")
        if self.otherwise is not None:
            yield from _nested_violations(self.otherwise, f"{field}.otherwise")
        if self.tiers in SHARED and any(not isinstance(m, Graduated) for m in self._models()):
            yield FieldViolation(f"{field}.tiers", f"is {self.tiers.name}; every cell must have a graduated price")

    def _models(self) -> Iterator[PriceModel]:
        yield from (cell.price for cell in self.cells)
        if self.otherwise is not None:
            yield self.otherwise

    def evaluations(self, portion: Portion) -> Iterator[Evaluation]:
        for model, part, pool in self._cut(portion):
            if pool is None or not isinstance(model, Graduated):
                yield from model.evaluations(part)
            else:
                for _, tier_price, units, flat in pool.shares(model, part.quantity):
                    yield Evaluation(line(tier_price), units)
                    yield Evaluation(level(flat), ZERO)
        if self.base_amount != 0:
            yield Evaluation(level(Fraction(self.base_amount)), ZERO)

    def steps(self, portion: Portion, words: Wording) -> Iterator[Step]:
        for model, part, pool in self._cut(portion):
            key = part.entries[0].key
            if pool is None or not isinstance(model, Graduated):
                for step in model.steps(part, words):
                    yield replace(step, text=f"{key}: {step.text}", key=key)
                continue
            for number, tier_price, units, flat in pool.shares(model, part.quantity):
                text = f"{key}: {words.count(to_decimal(units))} in tier {number} at {words.money(tier_price)}"
                amount = units * tier_price + flat
                yield Step("tier", text, to_decimal(units), to_decimal(tier_price), amount, number, key)
        if self.base_amount != 0:
            yield Step("base", "Base amount", amount=Fraction(self.base_amount))

    def _cut(self, portion: Portion) -> Iterator[tuple[PriceModel, Portion, _Pool | None]]:
        """Yield a portion for each cell, or each entry, and where it stands in the tiers if these are shared."""
        if self.tiers in (MatrixTiers.EACH_ENTRY, MatrixTiers.IN_ORDER):
            before = ZERO
            for entry in portion.entries:
                queue = _Queue(before) if self.tiers is MatrixTiers.IN_ORDER else None
                yield self._find(entry)[1], _part(portion, [entry], entry.key), queue
                before += entry.quantity
            return
        whole = sum((entry.quantity for entry in portion.entries), ZERO)
        pool = _Mix(whole) if self.tiers is MatrixTiers.POOLED else None
        found: dict[int, list[Entry]] = {}
        for entry in portion.entries:
            found.setdefault(self._find(entry)[0], []).append(entry)
        for index, entries in sorted(found.items()):
            inside = index < len(self.cells)
            names = dict.fromkeys(entry.key for entry in entries)
            key = next(iter(names)) if len(names) == 1 or not inside else self.cells[index].label
            yield self.cells[index].price if inside else self._rest(), _part(portion, entries, key), pool

    def _find(self, entry: Entry) -> tuple[int, PriceModel]:
        """Return place and model of the cell of an entry. Raises InvalidInputError where none matches."""
        matching = [index for index, cell in enumerate(self.cells) if cell.holds(entry.attributes)]
        if matching:
            best = max(matching, key=lambda index: (len(self.cells[index].match), -index))
            return best, self.cells[best].price
        if self.otherwise is None:
            description = f"no cell of the price matches {dict(entry.attributes)}; add a cell, or a price otherwise"
            raise InvalidInputError(
                "PRICE_CELL_MISSING", description, {"entry": entry.key}, (FieldViolation("usage", description),)
            )
        return len(self.cells), self.otherwise

    def _rest(self) -> PriceModel:
        if self.otherwise is None:
            raise AssertionError("an entry was placed where there is no price")
        return self.otherwise

    def repriced(self, change: Reprice) -> Matrix:
        cells = tuple(replace(cell, price=cell.price.repriced(change)) for cell in self.cells)
        rest = None if self.otherwise is None else self.otherwise.repriced(change)
        return replace(self, cells=cells, otherwise=rest, base_amount=change(self.base_amount))

    def rate_text(self, words: Wording) -> str:
        return self.sentence(words)

    def sentence(self, words: Wording) -> str:
        texts = [f"{cell.label} {cell.price.rate_text(words)}" for cell in self.cells]
        if self.otherwise is not None:
            texts.append(f"otherwise {self.otherwise.rate_text(words)}")
        return "; ".join(texts) + _SHARED_TEXTS.get(self.tiers, "")


_SHARED_TEXTS = {
    MatrixTiers.POOLED: "; tiers fill with all of it together",
    MatrixTiers.IN_ORDER: "; tiers fill with all of it in order",
}


def _part(portion: Portion, entries: list[Entry], key: str) -> Portion:
    quantity = sum((entry.quantity for entry in entries), ZERO)
    named = (replace(entries[0], key=key), *entries[1:])
    return replace(portion, quantity=quantity, picked=None, entries=named)


def _nested_violations(model: PriceModel, field: str) -> Iterator[FieldViolation]:
    if model.name in ("matrix", "commitment", "flat"):
        yield FieldViolation(field, f"is {model.name}; a cell has a price for its own quantity")
    yield from model.violations(f"{field}.{model.name}")


_Share = tuple[int, Fraction, Fraction, Fraction]
"""Number, price, units and flat amount of one tier."""


class _Pool(Protocol):
    """Tiers that several cells fill together."""

    def shares(self, model: Graduated, own: Fraction) -> Iterator[_Share]:
        """Yield what a cell, or an entry, has of each tier."""


@dataclass(frozen=True, slots=True)
class _Mix:
    """Everything at once: each cell has the same share of every tier."""

    whole: Fraction

    def shares(self, model: Graduated, own: Fraction) -> Iterator[_Share]:
        if self.whole == 0:
            return
        for number, tier, lower, upper in model.table.spans():
            inside = _inside(self.whole, lower, upper)
            if inside > 0:
                share = own / self.whole
                yield number, Fraction(tier.unit_amount), inside * share, Fraction(tier.flat_amount) * share


@dataclass(frozen=True, slots=True)
class _Queue:
    """One after another: what is filled before is not filled again, and who opens a tier pays its flat amount."""

    before: Fraction

    def shares(self, model: Graduated, own: Fraction) -> Iterator[_Share]:
        after = self.before + own
        for number, tier, lower, upper in model.table.spans():
            units = _inside(after, lower, upper) - _inside(self.before, lower, upper)
            opened = (after > lower) - (self.before > lower)
            if units != 0:
                yield number, Fraction(tier.unit_amount), units, Fraction(tier.flat_amount) * opened


def _inside(quantity: Fraction, lower: Fraction, upper: Fraction | None) -> Fraction:
    """Return the units of a quantity that lie in a tier."""
    return max(ZERO, (quantity if upper is None else min(quantity, upper)) - lower)
