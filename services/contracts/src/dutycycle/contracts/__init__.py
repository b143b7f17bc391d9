"""Contracts: customers, agreements, schedules, assets, placements, catalogue. Effective-dated, never overwritten."""
