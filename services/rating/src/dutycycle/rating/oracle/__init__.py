"""The plain-Python twin of rating, written from the definitions of docs/rating.md and not from the code it checks.

It computes with fractions, follows each definition word by word, and knows nothing of curves, evaluations, stages or
steps. Tests hold the compiled core and the pipeline against it; a process without the compiled core holds every line.
"""

from __future__ import annotations

from dutycycle.rating.oracle.columns import rate
from dutycycle.rating.oracle.line import amount, rounded

__all__ = ["amount", "rate", "rounded"]
