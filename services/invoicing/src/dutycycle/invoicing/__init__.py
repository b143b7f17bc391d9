"""Invoicing: billing runs, invoices and their documents."""
