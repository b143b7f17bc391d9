"""The pages: what customers and the lessor see of what they lease."""
