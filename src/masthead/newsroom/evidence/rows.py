"""What a row of evidence is, as bytes: so that an entry can vouch for it."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any
from uuid import UUID

import rfc8785
from django.apps import apps

from masthead.newsroom.evidence.vouched import Vouched

CHUNK = 500  # Below SQLite's old limit of 999 parameters.


def row_digest(salt: bytes, row: dict[str, Any]) -> bytes:
    """The digest of a row given as {column: value, as the database holds it}."""
    columns = {column: _stable(value) for column, value in row.items() if value is not None}
    return sha256(salt + rfc8785.dumps(columns)).digest()


def stored_rows(model: type[Vouched], ids: Iterable[UUID]) -> Iterator[tuple[UUID, dict[str, Any]]]:
    """The rows with these ids as the database holds them now: read again, not as they were handed in."""
    columns = [(field.attname, str(field.column)) for field in model._meta.concrete_fields]
    wanted = list(ids)
    for start in range(0, len(wanted), CHUNK):
        found = model._base_manager.filter(pk__in=wanted[start : start + CHUNK])
        for values in found.values_list(*(attname for attname, _ in columns)).iterator(CHUNK):
            row = {column: value for (_, column), value in zip(columns, values, strict=True)}
            yield row["id"], row


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
