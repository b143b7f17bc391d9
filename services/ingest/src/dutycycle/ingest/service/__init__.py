"""Use cases of ingest, a file each."""
