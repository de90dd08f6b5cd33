"""`migrate`, which alone may rewrite tables of evidence."""

from typing import Any

from django.core.management.commands import migrate

from masthead.newsroom.evidence import guard


class Command(migrate.Command):
    """Django's own, with the guard lifted while it runs."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the migrations."""
        with guard.lifted():
            super().handle(*args, **options)
