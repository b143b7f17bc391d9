"""Ingest: every source becomes canonical usage records, or named rejections."""
