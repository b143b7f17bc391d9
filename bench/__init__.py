"""Benchmarks: against what a user would pick instead, in the same run, with results checked equal."""

import os

os.environ["POLARS_MAX_THREADS"] = "1"  # read once, when Polars is imported; everyone has one core
