"""What stands where a moment or a day should, and is none: told in words wherever it is read.

SQLite lets anything stand there, and Django would read it as nothing, as where nothing is due. PostgreSQL has
moments that Python has none for: `trouble` knows those by what the driver says.
"""

import sqlite3
from collections.abc import Callable
from datetime import date

from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.dateparse import parse_date, parse_datetime

from masthead.errors import Damaged
from masthead.language import Message


class NoMoment(Damaged, ValueError):
    """Where a moment or a day should stand on record, something else does."""

    def __init__(self) -> None:
        super().__init__(
            Message("A time on record cannot be read."),
            Message("Keep the database as it is, and see `masthead log verify`: it names what was changed."),
        )


def install(connection: BaseDatabaseWrapper, **_: object) -> None:
    """Have SQLite's driver say so instead of nothing; a receiver of Django's `connection_created`."""
    if connection.vendor == "sqlite":
        # Django's own were put there when its backend was loaded, which is before any connection.
        for kind, parse in _PARSED.items():
            sqlite3.register_converter(kind, _of_bytes(parse))
        # What is computed of a column has no kind for the driver; then it is Django that reads it.
        for name in _READ:
            setattr(
                connection.ops, name, _or_told(getattr(type(connection.ops), name).__get__(connection.ops))
            )


type Parse = Callable[[str], date | None]

_PARSED: dict[str, Parse] = {"datetime": parse_datetime, "timestamp": parse_datetime, "date": parse_date}
_READ = ("convert_datetimefield_value", "convert_datefield_value")


def _of_bytes(parse: Parse) -> Callable[[bytes], date]:
    def parsed(kept: bytes) -> date:
        try:
            found = parse(kept.decode())
        except ValueError:
            found = None
        if found is None:
            raise NoMoment
        return found

    return parsed


def _or_told(read: Callable[..., date | None]) -> Callable[..., date | None]:
    def told(value: object, *how: object) -> date | None:
        try:
            found = read(value, *how)
        except (ValueError, TypeError, AttributeError):
            found = None
        if found is None and value is not None:
            raise NoMoment
        return found

    return told
