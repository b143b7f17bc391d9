"""Price models, one file each. A model checks itself, compiles to a curve, explains itself and puts itself in words."""

from __future__ import annotations

from dutycycle.rating.price.commitment import Commitment
from dutycycle.rating.price.flat import Flat
from dutycycle.rating.price.graduated import Graduated
from dutycycle.rating.price.package import Package
from dutycycle.rating.price.per_unit import PerUnit
from dutycycle.rating.price.tier import Tier, TierTable
from dutycycle.rating.price.volume import Volume

PriceModel = Flat | PerUnit | Graduated | Volume | Package | Commitment
"""Every price model offers `violations`, `curve`, `steps`, `rate_text`, `sentence` and `name`."""

__all__ = ["Commitment", "Flat", "Graduated", "Package", "PerUnit", "PriceModel", "Tier", "TierTable", "Volume"]
