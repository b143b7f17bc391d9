"""Pure values of the domain: money, quantity, period, ids, clock, errors. Standard library only."""
