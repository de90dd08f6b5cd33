"""Try to store what must not be, with the guard lifted."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction

from masthead.newsroom.evidence.guard import lifted


def refused(constraint: str, store: Callable[[], object]) -> None:
    """The database refuses what `store` does, and says `constraint`, a regular expression, of it."""

    def try_to() -> None:
        with lifted(), transaction.atomic():
            store()
            raise AssertionError(f"{constraint} let an illegal row through")

    with pytest.raises(IntegrityError, match=constraint):
        try_to()


def doubled(columns: str) -> str:
    """What the database says of a second row with the same in `columns`: SQLite and PostgreSQL name them."""
    first, *others = columns.split()
    return rf"(?is)unique.*[.(]{first}\b" + "".join(rf".*\b{each}\b" for each in others)
