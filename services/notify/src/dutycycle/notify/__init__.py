"""Notify: delivery of documents as a tracked process."""
