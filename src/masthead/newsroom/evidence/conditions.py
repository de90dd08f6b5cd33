"""Whether two conditions of a table say the same, whatever blanks and brackets they are written with.

The words that a migration wrote need not be those that are written today: so a database is asked what it
makes of both. PostgreSQL writes each out in its own words; SQLite is asked only where words differ, and shows
the steps that it would take.
"""

# ruff: noqa: S608 - what is asked about stands in the code, or came from the database itself

import re
from collections.abc import Sequence

from django.db import DatabaseError, connection

_TOKEN = re.compile(
    r"--[^\n]*|/\*.*?\*/|'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|`[^`]*`|\[[^\]]*\]|\w+|[^\w\s]", re.DOTALL
)


def checks_in(text: str) -> list[str]:
    """The conditions of the CHECKs in the words by which SQLite keeps a table."""
    tokens = _tokens(text)
    return [_bracketed(tokens[at + 1 :]) for at, token in enumerate(tokens) if token.upper() == "CHECK"]


def condition_in(text: str) -> str:
    """The condition in the words by which SQLite keeps an index of some rows."""
    tokens = _tokens(text)
    where = [at for at, token in enumerate(tokens) if token.upper() == "WHERE"]
    return " ".join(tokens[where[0] + 1 :]) if where else ""


def lacking(table: str, made: Sequence[str], kept: Sequence[str]) -> set[str]:
    """Those of the conditions `made`, as we write them, that none of `kept` in the database says."""
    if not made:
        return set()
    if connection.vendor != "sqlite":
        said = _written_out(table, [*made, *kept])
        return {one for one, words in zip(made, said, strict=False) if words not in said[len(made) :]}
    words = {" ".join(_tokens(one)) for one in kept}
    other = {one for one in made if " ".join(_tokens(one)) not in words}
    steps = [_steps(table, one) for one in kept] if other else []
    return {one for one in other if _steps(table, one) not in steps}


def _tokens(text: str) -> list[str]:
    return [each for each in _TOKEN.findall(text) if not each.startswith(("--", "/*"))]


def _bracketed(tokens: list[str]) -> str:
    """What stands between the first bracket and the one that closes it."""
    depth = 0
    for at, each in enumerate(tokens):
        depth += {"(": 1, ")": -1}.get(each, 0)
        if depth == 0:
            return " ".join(tokens[1:at])
    return ""


def _written_out(table: str, conditions: Sequence[str]) -> list[str]:
    """In PostgreSQL's own words, which it finds without reading a row."""
    listed = ", ".join(f"({each})" for each in conditions)
    with connection.cursor() as cursor:
        cursor.execute(
            f"EXPLAIN (VERBOSE, FORMAT JSON) SELECT {listed} FROM {connection.ops.quote_name(table)}"
        )
        ((plan,),) = cursor.fetchall()
    found: list[str] = plan[0]["Plan"]["Output"]
    return found


def _steps(table: str, condition: str) -> list[tuple[object, ...]] | None:
    """What SQLite would do to find out, which it shows without doing it; None for what it cannot read."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN SELECT ({condition}) FROM {connection.ops.quote_name(table)}")
            return [tuple(row) for row in cursor.fetchall()]
    except DatabaseError:
        return None
