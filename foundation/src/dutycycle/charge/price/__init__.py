"""Price models, one file each. `model.py` says what each offers."""

from __future__ import annotations

from dutycycle.charge.price.blocks import BlockRule, Blocks, BlockTier
from dutycycle.charge.price.capacity import Capacity, CapacityLimit, CapacityTier
from dutycycle.charge.price.commitment import Commitment
from dutycycle.charge.price.committed import Committed
from dutycycle.charge.price.flat import Flat, FlatStep, SeasonalAmount
from dutycycle.charge.price.graduated import Graduated
from dutycycle.charge.price.matrix import Cell, CellMatch, Matrix, MatrixTiers
from dutycycle.charge.price.model import CurvePrice, PriceModel
from dutycycle.charge.price.package import Package
from dutycycle.charge.price.pass_through import PassThrough
from dutycycle.charge.price.per_unit import PerUnit
from dutycycle.charge.price.percentage import Percentage
from dutycycle.charge.price.prepaid import Prepaid
from dutycycle.charge.price.tier import Tier, TierBounds, TierTable
from dutycycle.charge.price.volume import Volume

MODELS: dict[str, type] = {
    model.name: model
    for model in (
        Flat, PerUnit, Graduated, Volume, Package, Commitment,
        Blocks, Percentage, Matrix, Capacity, Prepaid, Committed, PassThrough,
    )
}  # fmt: skip
"""Every model by its field in the API."""

__all__ = [
    "MODELS", "BlockRule", "BlockTier", "Blocks", "Capacity", "CapacityLimit", "CapacityTier", "Cell", "CellMatch",
    "Commitment", "Committed", "CurvePrice", "Flat", "FlatStep", "Graduated", "Matrix", "MatrixTiers", "Package",
    "PassThrough", "PerUnit", "Percentage", "Prepaid", "PriceModel", "SeasonalAmount", "Tier", "TierBounds",
    "TierTable", "Volume",
]  # fmt: skip
