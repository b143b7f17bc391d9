"""The figures of docs/churn.md are those that the benchmark gives."""

from __future__ import annotations

from bench import churn
from tests.docs.page import ROOT


def test_the_figures_are_those_of_the_benchmark() -> None:
    text = (ROOT / "docs" / "churn.md").read_text()
    counts, assets = churn.judge_assets()
    for line in churn.tables(counts, assets, churn.judge_planted()):
        assert line.strip("| ").replace(" |", " |") in text, line
