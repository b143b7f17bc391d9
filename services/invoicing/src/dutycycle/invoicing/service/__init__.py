"""Use cases of invoicing."""
