"""Usage and contract become rated lines that carry their arithmetic."""
