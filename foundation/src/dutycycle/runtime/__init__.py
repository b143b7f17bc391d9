"""Plumbing that every service shares: settings, logs, RPC, database, outbox, bus, process. No business rule."""
