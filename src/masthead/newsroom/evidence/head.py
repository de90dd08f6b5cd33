"""The head of the log under its lock, and what the database says there of damage and publication.

In SQL that is not made anew for each command: making the words takes longer than what they ask for.
"""

from collections.abc import Sequence
from itertools import chain
from typing import Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.transaction import TransactionManagementError

from masthead.errors import NotReady
from masthead.language import Message
from masthead.newsroom.evidence import durable, kept, marks
from masthead.newsroom.evidence.guard import permit
from masthead.newsroom.evidence.head_said import published_of
from masthead.newsroom.evidence.models import LogHead
from masthead.newsroom.evidence.unkept import refuse_unless_kept
from masthead.tlog.frontier import Frontier

LOCK_SECONDS = 30
"""How long a command waits for others before it gives up."""

_FIELDS = [field.attname for field in LogHead._meta.concrete_fields]
_TABLE = f'"{LogHead._meta.db_table}"'
_HEAD = f"SELECT {', '.join(_FIELDS)} FROM {_TABLE} ORDER BY id LIMIT 1"  # noqa: S608 - own names
_MOVED_ON = f"UPDATE {_TABLE} SET size = %s, peaks = %s WHERE id = %s"  # noqa: S608 - own names
_WAITING = "SELECT set_config('lock_timeout', %s, true)"
# Asked along with it each time: a server is reloaded, a connection may come from a pool.
_READY = f"{_WAITING}, {durable.COMMIT}, {durable.SYNCS}"
_STANDING = f"SELECT {kept.THERE}, {marks.NEWEST}"


type Question = tuple[str, Sequence[Any]]
"""A statement and its parameters."""


class Standing(NamedTuple):
    """What the database says under the lock."""

    head: LogHead
    damaged: bool
    """Whether it keeps something that was found damaged."""
    published: marks.Published | None


def locked() -> Standing:
    """Take the lock until the transaction ends, and say what is looked at under it.

    `Damaged` where what is on record as published is nothing that was written.
    """
    head, ((damaged, size, root),) = _ready((_STANDING, []))
    return Standing(head, bool(damaged), published_of(size, root))


def locked_head() -> LogHead:
    """The head of the log, locked until the transaction ends. The first statement of every command."""
    return _ready()[0]


def held_off() -> None:
    """Hold commands off until the transaction ends, to read: what is read needs no disk that waits."""
    _locked((_WAITING, [f"{LOCK_SECONDS}s"]))


def move_on(head: LogHead, frontier: Frontier) -> None:
    """Have the head be where the log ends. `Damaged` where it does not move."""
    with permit("UPDATE", LogHead._meta.db_table), connection.cursor() as cursor:
        cursor.execute(_MOVED_ON, [frontier.size, frontier.to_bytes(), head.pk])
        refuse_unless_kept(LogHead._meta.db_table, cursor.rowcount, 1)


def _ready(*more: Question) -> tuple[LogHead, Sequence[Any]]:
    said, head, rest = _locked((_READY, [f"{LOCK_SECONDS}s", True]), *more)
    if said is not None:
        durable.refuse_for(durable.of_server(said[2:]))
    return head, rest


def _locked(first: Question, *more: Question) -> tuple[Any, LogHead, Sequence[Any]]:
    """Ask PostgreSQL the `first`, lock the head, and ask `more`.

    SQLite took its one write lock with BEGIN IMMEDIATE. PostgreSQL locks the row; at READ COMMITTED, whatever
    is asked after that is as the last command left it. Asked in the statement that waits for the lock, it
    would be as it was before.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError("the lock is held until a transaction ends, and there is none")
    if connection.vendor == "postgresql":
        said, head, *rest = _together(first, (f"{_HEAD} FOR UPDATE", []), *more)
    else:
        said, (head, *rest) = None, [_first_row(*each) for each in ((_HEAD, []), *more)]
    if head is None:
        raise NotReady(
            Message("There is no evidence log here yet."),
            Message("Run `masthead init` in this folder first."),
        )
    return said, LogHead.from_db(DEFAULT_DB_ALIAS, _FIELDS, head), rest


def _together(*questions: Question) -> list[Any]:
    """The first row of what PostgreSQL answers to each, asked in one message, in this order.

    Not psycopg's pipeline: after one, the server does not take a session that hangs for idle (`gone`).
    """
    statements, parameters = zip(*questions, strict=True)
    with connection.cursor() as cursor:
        cursor.execute("; ".join(statements), list(chain.from_iterable(parameters)))
        answers = [cursor.fetchone()]
        while cursor.nextset():
            answers.append(cursor.fetchone())
    return answers


def _first_row(statement: str, parameters: Sequence[Any]) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchone()
