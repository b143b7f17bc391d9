"""Benchmarks: against what a user would pick instead, in the same run, with results checked equal."""
