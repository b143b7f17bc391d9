"""The documents of an invoice. Each is a pure function of the invoice: the same invoice gives the same bytes."""
