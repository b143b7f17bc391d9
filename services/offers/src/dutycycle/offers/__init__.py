"""Offers: assess how customers use what they lease, and decide what to tell them beside the bill."""
