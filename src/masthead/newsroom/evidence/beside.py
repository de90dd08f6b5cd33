"""Have PostgreSQL work while we do: a statement is sent, and its answer is waited for later.

Below psycopg's cursors, which wait at once. Not in its pipeline: in one and after it the server does not take
a session for idle, so a host that hangs there would hold the lock on the head for ever (`gone`). And not by a
thread that waits: while this one computes, Python lets another in only every five thousandths of a second.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from django.db import connection


def send(sql: str) -> None:
    """Have PostgreSQL begin what `sql` says, statements without parameters; to be used within `answered`."""
    driver: Any = connection.connection
    driver.pgconn.send_query(sql.encode())
    driver.pgconn.flush()


@contextmanager
def answered(begin: Callable[[], object]) -> Iterator[None]:
    """While the body works, PostgreSQL does what `begin` has sent.

    The body asks no database. What goes wrong with it is raised at its end, as Django has it.
    """
    from psycopg import Error, generators
    from psycopg.errors import error_from_result
    from psycopg.pq import ExecStatus

    driver: Any = connection.connection
    with connection.wrap_database_errors:
        try:
            begin()
            yield
        except BaseException:
            # The answers first, or nothing else can be asked: not even to roll back.
            with suppress(Error):
                driver.wait(generators.execute(driver.pgconn))
            raise
        for result in driver.wait(generators.execute(driver.pgconn)):
            if result.status == ExecStatus.FATAL_ERROR:
                raise error_from_result(result, driver.info.encoding)
