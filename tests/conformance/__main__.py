"""Run published cases: `python -m tests.conformance DIRECTORY`. Prints a line per model, fails if any case fails."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from dutycycle.rating import core
from tests.conformance.case import Case, NotSupportedError, differences, read_cases
from tests.conformance.translation import rate

OWN_VECTORS = Path(__file__).parent / "vectors"
CORES = ("cython", "python") if core.COMPILED else ("python",)
OUTCOMES = ("passed", "failed", "not supported yet")


def main(arguments: list[str]) -> int:
    """Run every case through every core; return the exit code."""
    cases = list(read_cases(Path(arguments[0]) if arguments else OWN_VECTORS))
    if not cases:
        sys.stderr.write("no cases found\n")
        return 2
    counts: dict[str, Counter[str]] = {}
    for case in cases:
        outcome, reasons = judge(case)
        counts.setdefault(case.model, Counter())[outcome] += 1
        for reason in reasons:
            sys.stderr.write(f"  {case.id}: {reason}\n")
    for model, count in counts.items():
        sys.stdout.write(f"{model}: {_tally(count)}\n")
    total = sum(counts.values(), Counter())
    sys.stdout.write(f"all models: {_tally(total)}; rated by {' and '.join(CORES)}\n")
    return 1 if total["failed"] else 0


def _tally(count: Counter[str]) -> str:
    return ", ".join(f"{count[outcome]} {outcome}" for outcome in OUTCOMES)


def judge(case: Case) -> tuple[str, list[str]]:
    """Return the outcome of a case and why it failed."""
    reasons = []
    for name in CORES:
        try:
            reasons += [f"{name}: {reason}" for reason in differences(case, rate(case, name))]
        except NotSupportedError as missing:
            return "not supported yet", [] if str(missing) == case.model else [f"no {missing}"]
        except (ArithmeticError, LookupError, TypeError, ValueError) as error:
            reasons.append(f"{name}: {type(error).__name__}: {error}")
    return ("failed" if reasons else "passed"), reasons


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
