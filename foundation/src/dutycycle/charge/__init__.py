"""The language of charges: what a charge is, when it is valid, how it reads, what its price costs. No I/O.

Contracts refuses an invalid charge when it is saved and rating rates a valid one; both read it here.
"""
