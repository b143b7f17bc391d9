"""The demo: a year of real aircraft usage becomes invoices with offers in the customers' mailboxes."""
