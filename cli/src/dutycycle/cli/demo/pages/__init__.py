"""Pages that end the demo: mail, invoice, one line's arithmetic down to its flights, the offer re-rated."""

from dutycycle.cli.demo.pages.site import write_pages

__all__ = ["write_pages"]
