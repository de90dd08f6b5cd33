"""What a row of evidence is, as bytes: so that an entry can vouch for it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from hashlib import sha256
from itertools import batched, repeat
from json.encoder import encode_basestring
from operator import is_
from typing import Any
from uuid import UUID

import rfc8785
from django.apps import apps
from django.db import connection, models
from django.db.models.expressions import Col

from masthead.newsroom.evidence.vouched import Vouched

CHUNK = 500  # Below SQLite's old limit of 999 parameters.


def row_digest(salt: bytes, row: dict[str, Any]) -> bytes:
    """The digest of a row given as {column: value, as the database holds it}."""
    columns = {column: _stable(value) for column, value in row.items() if value is not None}
    return sha256(salt + rfc8785.dumps(columns)).digest()


def stored_rows(model: type[Vouched], ids: Iterable[UUID]) -> Iterator[tuple[UUID, dict[str, Any]]]:
    """The rows with these ids, each under the names of its columns, as the database holds them now."""
    shape = shape_of(model)
    for values in read_again(model, ids):
        yield values[shape.at_id], dict(zip(shape.columns, values, strict=True))


def read_again(model: type[Vouched], ids: Iterable[UUID]) -> Iterator[Sequence[Any]]:
    """The rows with these ids as the database holds them now, in the order of `Shape.columns`.

    As Django reads them, in SQL that is not made anew for each command.
    """
    asked, _, key = reading(model)
    for some in batched(ids, CHUNK):
        with connection.cursor() as cursor:
            wanted = [key.get_db_prep_value(each, connection) for each in some]
            cursor.execute(f"{asked} IN ({', '.join(['%s'] * len(wanted))})", wanted)
            found = cursor.fetchall()
        yield from as_django_reads(model, map(list, found))


def as_django_reads(model: type[models.Model], found: Iterable[list[Any]]) -> Iterator[list[Any]]:
    """Rows as the database gave them, with Django's values for its own. What follows the columns stays."""
    columns = reading(model)[1]
    made = [(at, convert, of) for at, of in enumerate(columns) for convert in _converters(of)]
    for values in found:
        for at, convert, of in made:
            values[at] = convert(values[at], of, connection)
        yield values


@cache
def reading(model: type[models.Model]) -> tuple[str, Sequence[Col], "models.Field[Any, Any]"]:
    """How rows of a table are asked for by their ids, what its columns are to Django, and the id's."""
    fields, table = model._meta.concrete_fields, model._meta.db_table
    named = ", ".join(f'"{field.column}"' for field in fields)
    asked = f'SELECT {named} FROM "{table}" WHERE "id"'  # noqa: S608 - own names
    return asked, [field.get_col(table) for field in fields], fields[shape_of(model).at_id]


def _converters(column: Col) -> Sequence[Callable[[Any, Col, Any], Any]]:
    """What makes Python's value of the database's: this connection's, which is this thread's alone."""
    return [*connection.ops.get_db_converters(column), *column.get_db_converters(connection)]


class Shape:
    """How rows as Django gives them become bytes, settled once for their table: `row_digest`, but quicker."""

    def __init__(self, model: type[models.Model]) -> None:
        fields = model._meta.concrete_fields
        self.attributes = tuple(field.attname for field in fields)
        self.columns = tuple(str(field.column) for field in fields)
        self.at_entry = next((at for at, name in enumerate(self.attributes) if name == "entry_id"), 0)
        self.given = tuple(name for name in self.attributes if name != "entry_id")
        """What a row says but for its entry, whose column is the one at `at_entry`."""
        self.at_id = self.attributes.index("id") if "id" in self.attributes else 0
        # What a row refers to is the same over and over, but for its entry.
        same = lru_cache(maxsize=64)(_id)
        referred = {
            field.attname: same
            for field in fields
            if isinstance(field, models.ForeignKey)
            and field.name != "entry"
            and kind_of(field) == "UUIDField"
        }
        parts = [
            (at, f'"{field.column}":', referred.get(field.attname) or _WORDS.get(kind_of(field), _any_text))
            for at, field in enumerate(fields)
        ]
        self._parts = sorted(parts, key=lambda part: part[1])

    def text(self, row: Sequence[Any]) -> str:
        """RFC 8785 of a row, its values in the order of `columns`; null ones left out."""
        return f"{{{','.join([n + words(v) for at, n, words in self._parts if (v := row[at]) is not None])}}}"

    def texts(self, rows: Sequence[Sequence[Any]]) -> list[str]:
        """The same of many rows, a column at a time."""
        if not rows:
            return []
        columns = list(zip(*rows, strict=True))
        words = [_texts(f",{name}", words, columns[at]) for at, name, words in self._parts]
        return [f"{{{''.join(row)[1:]}}}" for row in zip(*words, strict=True)]

    def digest(self, salt: bytes, row: Sequence[Any]) -> bytes:
        """`row_digest` of a row with its values in the order of `columns`."""
        return sha256(salt + self.text(row).encode()).digest()


def _texts(name: str, words: Callable[[Any], str], column: tuple[Any, ...]) -> list[str]:
    first = column[0]
    if all(map(is_, column, repeat(first))):
        return ["" if first is None else name + words(first)] * len(column)
    return ["" if value is None else name + words(value) for value in column]


@cache
def shape_of(model: type[models.Model]) -> Shape:
    """The shape of a table, looked at once."""
    return Shape(model)


def kind_of(field: "models.Field[Any, Any]") -> str:
    """What sort of column a field has; a reference that of what it refers to."""
    target = field.target_field if isinstance(field, models.ForeignKey) else field
    return target.get_internal_type()


def _any_text(value: object) -> str:
    return rfc8785.dumps(_stable(value)).decode()


def number_text(value: object) -> str:
    """RFC 8785 of a whole number, one that is too large for it as text."""
    return int.__repr__(value) if type(value) is int and -(2**53) < value < 2**53 else _any_text(value)


def _id(value: object) -> str:
    return f'"{value}"' if isinstance(value, UUID) else _any_text(value)


INTEGERS = [f"{sign}{size}IntegerField" for sign in ("", "Positive") for size in ("", "Small", "Big")]
_WORDS: dict[str, Callable[[Any], str]] = {
    "CharField": encode_basestring,
    "TextField": encode_basestring,
    "UUIDField": _id,
    **dict.fromkeys(INTEGERS, number_text),
}


def _stable(value: Any) -> Any:
    """`value` as JSON that both databases give alike."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date | UUID):
        return str(value)
    if isinstance(value, Decimal):
        return str(value.normalize())
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 2**53:
        return str(value)
    if isinstance(value, dict):
        return {name: _stable(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_stable(inner) for inner in value]
    return value


def vouched_tables() -> dict[str, type[Vouched]]:
    """Each table of evidence with its model."""
    return {
        model._meta.db_table: model
        for model in apps.get_models()
        if issubclass(model, Vouched) and not model._meta.proxy
    }
