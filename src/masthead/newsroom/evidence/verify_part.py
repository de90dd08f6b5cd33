"""A process that looks at stretches of a long log: see `verify_apart`, which starts it."""

import json
import os
import signal
import sys
from typing import IO, Any


def main() -> None:
    """Look at one stretch after the other, as they are given, and say of each what it came to."""
    # From the terminal it reaches this process too; it ends with the one that asked.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    out = _alone()
    told = json.loads(sys.stdin.buffer.readline())
    _begin(told["database"])
    from masthead.newsroom.evidence.raw import Alike
    from masthead.newsroom.evidence.verify_apart import BEGUN, VOUCHED
    from masthead.newsroom.evidence.verify_quick import agreed

    alike = Alike()
    out.write(VOUCHED if told["rows"] and _all_vouched() else BEGUN)
    out.flush()
    for line in sys.stdin.buffer:
        start, end = map(int, line.split())
        found = agreed(start, end, alike)
        said: dict[str, Any] = {"start": start, "agreed": found is not None}
        leaves = b""
        if found is not None:
            said |= {"digests": found.digests, "other_rows": found.other_rows, "erased": found.erased}
            leaves = b"".join(found.leaves)
        out.write(json.dumps(said).encode() + b"\n" + leaves)
        out.flush()


def _all_vouched() -> bool:
    """Whether every row is vouched for. Where that cannot be said, whoever asked looks at them."""
    from django.db import DatabaseError

    from masthead.newsroom.evidence.verify_unvouched import unvouched_rows

    try:
        return next(unvouched_rows(), None) is None
    except (DatabaseError, UnicodeDecodeError):
        return False


def _alone() -> IO[bytes]:
    """The pipe to whoever asked, for us alone: what else is printed here goes where errors go."""
    pipe = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return pipe


def _begin(database: dict[str, Any]) -> None:
    """Load Django with that database, to read it and no more."""
    import django
    from django.conf import settings

    settings.DATABASES = {"default": database}
    django.setup()
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA query_only = ON")
        else:
            cursor.execute("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY")


if __name__ == "__main__":
    try:
        main()
    except BrokenPipeError:
        # Whoever asked is gone, or knows enough. What is left in the buffer has nowhere to go.
        os._exit(1)
