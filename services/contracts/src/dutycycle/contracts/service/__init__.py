"""Use cases of contracts; each is one transaction."""
