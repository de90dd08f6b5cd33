"""The guard: no write to a table of evidence outside a command.

An execute wrapper on every connection of Django's. A plain SELECT passes after one comparison; anything else
is searched for writes to guarded tables, wherever in the statement they stand. It stops mistakes (a shell,
an admin page, a library), not an adversary with the file: what goes around Django is found by verification.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache
from typing import Any

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model

from masthead.errors import Refused
from masthead.language import Message
from masthead.newsroom.evidence.vouched import Vouched

LOG_APP = "evidence"


class NotRecorded(Refused):
    """A change to evidence without its entry, or an entry without a change."""


type Ticket = tuple[str, frozenset[str]]

# What this thread may write just now: a verb and its tables. None is nothing, ANYTHING is a migration.
_ticket: ContextVar[Ticket | None] = ContextVar("masthead_evidence_ticket", default=None)
ANYTHING: Ticket = ("ANYTHING", frozenset())

_NAME = r"""(?:"[^"]+"|`[^`]+`|\[[^\]]+\]|\w+)"""
_TARGET = rf"(?:{_NAME}\s*\.\s*)?({_NAME})"
_WRITE = re.compile(
    rf"\b(INSERT|REPLACE|MERGE)\s+(?:OR\s+\w+\s+)?INTO\s+{_TARGET}"
    rf"|\b(UPDATE)\s+(?:OR\s+\w+\s+)?(?:ONLY\s+)?{_TARGET}"
    rf"|\b(DELETE)\s+FROM\s+(?:ONLY\s+)?{_TARGET}",
    re.IGNORECASE,
)
_WHOLE_TABLE = re.compile(r"\b(TRUNCATE|DROP|ALTER|COPY)\b", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_LONG, _TOO_LONG = 2_000, 50_000
_COMMENT = re.compile(r"--[^\n]*|/\*.*?\*/", re.DOTALL)


@contextmanager
def permit(verb: str, *tables: str) -> Iterator[None]:
    """Let this thread do `verb` (INSERT or UPDATE) to these tables inside the block. For `record()` alone."""
    token = _ticket.set((verb, frozenset(tables)))
    try:
        yield
    finally:
        _ticket.reset(token)


@contextmanager
def lifted() -> Iterator[None]:
    """No guard inside the block: for migrations, and for the tests' own clearing up."""
    token = _ticket.set(ANYTHING)
    try:
        yield
    finally:
        _ticket.reset(token)


@cache
def guarded_tables() -> frozenset[str]:
    """The log's own tables, those of evidence, and their many-to-many tables, which nothing may write."""
    return frozenset(
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label == LOG_APP or issubclass(_owner(model), Vouched)
    )


def _owner(model: type[Model]) -> type[Model]:
    """The model itself, or the one whose many-to-many table it stands for."""
    # A model or False; Django's stubs know of the False alone.
    owner: type[Model] | bool = getattr(model._meta, "auto_created", False)
    return owner if isinstance(owner, type) else model


def writes(sql: str) -> tuple[tuple[str, str], ...]:
    """Each (verb, guarded table) that `sql` writes to."""
    # Django says the same few hundred statements over and over; of long ones (many rows) a few are kept.
    return _seen(sql) if len(sql) <= _LONG else _seen_long(sql) if len(sql) <= _TOO_LONG else _writes(sql)


def _writes(sql: str) -> tuple[tuple[str, str], ...]:
    if "--" in sql or "/*" in sql:
        sql = _COMMENT.sub(" ", sql)
    guarded = guarded_tables()
    found = []
    for match in _WRITE.finditer(sql):
        verb, table = (part for part in match.groups() if part)
        name = table.strip('"`[]').lower()
        if name in guarded:
            found.append((verb.upper(), name))
    whole = _WHOLE_TABLE.search(sql)
    if whole:
        found += [(whole[1].upper(), word) for word in _WORD.findall(sql.lower()) if word in guarded]
    return tuple(found)


_seen, _seen_long = lru_cache(maxsize=1024)(_writes), lru_cache(maxsize=16)(_writes)


def watch(
    execute: Callable[[Any, Any, bool, dict[str, Any]], Any],
    sql: Any,
    params: Any,
    many: bool,
    context: dict[str, Any],
) -> Any:
    """The execute wrapper: refuses with `NotRecorded`, else runs the statement."""
    text = sql if isinstance(sql, str) else _text(sql, context)
    if not (text.startswith("SELECT ") and ";" not in text):
        ticket = _ticket.get()
        if ticket is not ANYTHING:
            _refuse_unticketed(text, ticket)
    return execute(sql, params, many, context)


def _refuse_unticketed(text: str, ticket: Ticket | None) -> None:
    for verb, table in writes(text):
        if ticket is None or verb != ticket[0] or table not in ticket[1]:
            raise NotRecorded(
                Message(
                    "%(table)s holds evidence: it changes only together with an entry of the log.",
                    {"table": table},
                ),
                Message("Use the command for what you want to do; evidence is never deleted."),
            )


def _text(sql: Any, context: dict[str, Any]) -> str:
    """The statement of a composed query (psycopg's `sql` module)."""
    as_string = getattr(sql, "as_string", None)
    return as_string(context["connection"].connection) if as_string else str(sql)


def install(connection: BaseDatabaseWrapper, **_: object) -> None:
    """Put the guard on a connection; a receiver of Django's `connection_created`.

    First in the list, so that a wrapper that someone adds around a block and takes off again (Django takes
    off the last) never takes the guard off instead.
    """
    if watch not in connection.execute_wrappers:
        connection.execute_wrappers.insert(0, watch)
