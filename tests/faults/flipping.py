"""One bit of one stored value, turned over and put back, past everything that would keep it from that."""

import json
import random
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, models
from tests.faults.hurting import keys_unheeded, run

from masthead.newsroom.evidence.guard import lifted


@dataclass(frozen=True)
class Cell:
    """A value where it is stored. `where` is the row's number in SQLite, its place in PostgreSQL.

    `row` is what the row's columns say, as far as they say which row it is.
    """

    model: type[models.Model]
    field: Any
    where: Any
    value: Any
    row: "dict[str, Any]"

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    @property
    def name(self) -> str:
        return f"{self.table}.{self.field.column}"


SAYING_WHICH = ("id", "place", "size", "level", "index", "checkpoint_id", "name", "authority", "row")


def columns(of: "Iterable[type[models.Model]]") -> "set[str]":
    """The name of every column of these tables."""
    return {f"{model._meta.db_table}.{field.column}" for model in of for field in _fields(model)}


def cells(of: "Iterable[type[models.Model]]") -> "dict[str, list[Cell]]":
    """Every value that is stored, by its column; a null is none, for there is nothing to turn over."""
    number = "rowid" if connection.vendor == "sqlite" else "ctid"
    found: dict[str, list[Cell]] = {}
    for model in of:
        fields = _fields(model)
        with connection.cursor() as cursor:
            asked = ", ".join(map(_asked, fields))
            cursor.execute(f'SELECT {number}, {asked} FROM "{model._meta.db_table}"')
            rows = cursor.fetchall()
        for where, *values in rows:
            said = {
                field.column: value
                for field, value in zip(fields, values, strict=True)
                if field.column in SAYING_WHICH
            }
            for field, value in zip(fields, values, strict=True):
                # Nothing can be turned over in an empty text.
                if value is not None and value not in ("", b""):
                    cell = Cell(model, field, where, value, said)
                    found.setdefault(cell.name, []).append(cell)
    return found


def _fields(model: "type[models.Model]") -> "list[Any]":
    return list(model._meta.local_concrete_fields)


def _asked(field: Any) -> str:
    if connection.vendor == "sqlite":
        # What is stored, and not what the driver makes of a time or a truth.
        return f'+"{field.column}"'
    return f'"{field.column}"::text' if _is_json(field) else f'"{field.column}"'


def _is_json(field: Any) -> bool:
    return connection.vendor == "postgresql" and isinstance(field, models.JSONField)


@contextmanager
def flipped(cell: Cell, chance: random.Random) -> Iterator[Any]:
    """The value with one bit turned over, stored inside the block; None where that cannot be stored."""
    changed = _turned(cell, chance)
    if not _put(cell, changed):
        yield None
        return
    try:
        yield changed
    finally:
        assert _put(cell, cell.value)


_moved: dict[tuple[str, Any], Any] = {}
# PostgreSQL writes a row anew elsewhere: where it stands now, by where it stood first.


def _put(cell: Cell, value: Any) -> bool:
    table, column = cell.model._meta.db_table, cell.field.column
    try:
        if connection.vendor == "sqlite":
            given = "CAST(%s AS TEXT)" if isinstance(cell.value, str) else "%s"
            stored = value.encode("utf-8", "surrogateescape") if isinstance(value, str) else value
            run("PRAGMA ignore_check_constraints = ON")
            try:
                run(f'UPDATE "{table}" SET "{column}" = {given} WHERE rowid = %s', stored, cell.where)
            finally:
                run("PRAGMA ignore_check_constraints = OFF")
            return True
        with lifted(), connection.cursor() as cursor, keys_unheeded(cursor):
            row = _moved.get((table, cell.where), cell.where)
            given = "%s::jsonb" if _is_json(cell.field) else "%s"
            cursor.execute(
                f'UPDATE "{table}" SET "{column}" = {given} WHERE ctid = %s::tid RETURNING ctid', [value, row]
            )
            _moved[table, cell.where] = cursor.fetchone()[0]
    except Exception:  # noqa: BLE001 - a value that the database itself refuses cannot stand there
        return False
    return True


def forget() -> None:
    """Of another database nothing is known."""
    _moved.clear()


def _turned(cell: Cell, chance: random.Random) -> Any:
    value = cell.value
    if isinstance(value, memoryview | bytes):
        return _bit(bytes(value), chance)
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        # As many bits as the number needs to be stored, and one more.
        return value ^ (1 << chance.randrange(min(value.bit_length() + 1, 63)))
    if isinstance(value, datetime):
        return value + timedelta(microseconds=1 << chance.randrange(40))
    if isinstance(value, date):
        return value + timedelta(days=1 << chance.randrange(10))
    if isinstance(value, uuid.UUID):
        return uuid.UUID(int=value.int ^ (1 << chance.randrange(128)))
    return _bit(value.encode(), chance).decode("utf-8", "surrogateescape")


def _bit(content: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(content))
    return content[:at] + bytes([content[at] ^ (1 << chance.randrange(8))]) + content[at + 1 :]


def says_the_same(cell: Cell, changed: Any) -> bool:
    """Whether both are the same value: an escape in JSON."""
    if not isinstance(changed, str) or not isinstance(cell.field, models.JSONField):
        return False
    try:
        return bool(json.loads(cell.value) == json.loads(changed))
    except ValueError:
        return False
