"""What an erasure leaves to do outside its transaction: files, pages, and the space of what is gone.

Each is a row in `Remains`, written with the erasure and deleted when it is done. Pages are left by whatever
changes what readers see of an item that is out, in the same way. Whoever records it does it at once; after a
crash, or where something was in the way, the clock does it: the same function.

**Files** go only after the commit: a file without its row is a leftover, a row without its file would be
damage. **Pages** that were written as files are written again from the record.

**Space.** SQLite overwrites what is deleted (`secure_delete`), but not the copies that stay in the gaps of a
page when it was split or merged: of 300 erased values one was found again in the file. So the file is written
anew (`VACUUM`), and the log of writes ahead is cut to nothing, as it holds the pages as they were.
PostgreSQL keeps what an update replaced until the table is vacuumed, and even then in the gaps: the tables
are written anew (`VACUUM FULL`), with what it knows of their columns by `ANALYZE`. Its own log of writes
ahead, its archive, and copies elsewhere are outside of our reach: docs/how-to/erase-a-person.md.
"""

import logging
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import OperationalError, connection
from django.db.models import QuerySet

from masthead.newsroom.evidence import kept
from masthead.newsroom.evidence.models import Checkpoint
from masthead.newsroom.evidence.trouble import told_plainly
from masthead.newsroom.items import blobs
from masthead.newsroom.items.leftovers import named
from masthead.newsroom.items.models import Item
from masthead.newsroom.public.commands import go_out
from masthead.newsroom.public.folders import away, last
from masthead.newsroom.public.projection import write
from masthead.newsroom.public.serving.kept import store
from masthead.newsroom.retention.models import Remains, Todo
from masthead.newsroom.review.standing import publications, withdrawal
from masthead.newsroom.worklist import catch_up

logger = logging.getLogger(__name__)

LARGE = 1_000_000_000
"""Bytes of a table of PostgreSQL that is not written anew by itself: everybody would wait for that."""
PATIENCE = "5s"
"""How long PostgreSQL waits for a table that others use before this is left to the next time."""

_waiting: dict[str, tuple[datetime, frozenset[Path]]] = {}
"""By item, of a note whose pages this process wrote but those that are away: when it was made, and which."""


def finish(*, large: bool = False) -> int:
    """Do what is left to do; gives how much still is. Safe to call at any time, by several at once.

    `large` tables of PostgreSQL too are written anew, which holds up everybody for as long as it takes.
    """
    with told_plainly():
        # Evidence of what is damaged is not written anew, nor is a file taken away that it may need.
        if kept.is_there(settings.MASTHEAD_HOME):
            return Remains.objects.count()
        if not Remains.objects.exists():
            return 0
        store.clear()
        catch_up()
        _do(Remains.objects.exclude(what=Todo.SPACE))
        _let_go(large=large)
        return Remains.objects.count()


def finish_pages() -> int:
    """Write the pages that are left alone, as `finish` does; gives how many still are.

    Also those of what was recorded a moment ago and whose command was killed before it wrote them: until
    then readers of a folder are shown what was withdrawn or corrected.
    """
    with told_plainly():
        left = Remains.objects.filter(what=Todo.PAGES)
        if kept.is_there(settings.MASTHEAD_HOME) or not left.exists():
            return left.count()
        _do(left)
        return left.count()


def _do(left: QuerySet[Remains]) -> None:
    for each in left.order_by("pk"):
        try:
            if _DO[Todo(each.what)](each):
                # Noted anew meanwhile it stays: for what was recorded after this one was looked at.
                Remains.objects.filter(pk=each.pk, before=each.before).delete()
        except Exception as error:  # noqa: BLE001 - what was altered past us may raise anything
            # What is in the way of one is not in the way of the others; it is tried again.
            logger.warning("not done yet: %s, for %s", each.what, type(error).__name__)


def _let_go(*, large: bool) -> None:
    """Let go of the space of tables; of this very table last, as its rows name files that went.

    While a file or a page waits the others are done once, not at every round: it may wait for days.
    """
    tables = Remains.objects.filter(what=Todo.SPACE)
    if Remains.objects.exclude(what=Todo.SPACE).exists():
        tables = tables.exclude(name=Remains._meta.db_table)
    done = _space(list(tables.values_list("name", flat=True)), large=large)
    tables.filter(name__in=done).delete()


def _file(each: Remains) -> bool:
    """Delete a file nobody names any more. Whether it is done."""
    if named([each.name]):
        return True  # the same bytes are another item's too, and are that one's
    path = blobs.path_of(each.name)
    # The time of a file is when somebody handed it in last; what named it was recorded after that. One that
    # was handed in since and is nobody's yet waits: it becomes somebody's, or goes with the leftovers.
    before = (each.before + timedelta(seconds=1)).timestamp()
    with suppress(FileNotFoundError):
        try:
            return blobs.take_away(path, before=before) or not path.exists()
        except BlockingIOError:
            return False
    return True


def _pages(each: Remains) -> bool:
    """Write the folders of an item anew; whether none is left, as on a disk that is not mounted."""
    item = Item.objects.filter(public_id=each.name).first()
    if item is None:
        return True
    gone = frozenset(away(item))
    made, waiting = _waiting.get(each.name, (None, frozenset[Path]()))
    if gone and made == each.before and waiting <= gone:
        return False  # all others are written since, and none came back: that can take for ever
    _write_again(item)
    gone |= frozenset(away(item))  # one that came back meanwhile was perhaps not reached
    if gone:
        _waiting[each.name] = each.before, gone
    else:
        _waiting.pop(each.name, None)
    return not gone


def _write_again(item: Item) -> None:
    folder = last(item)
    if folder is not None and publications(item):
        if _is_signed(item):
            write(item, folder)
        else:
            go_out(item, folder)


def _is_signed(item: Item) -> bool:
    """Whether a signed head covers what went out of an item last; else its command was cut off before."""
    gone = withdrawal(item)
    place = (gone or publications(item)[-1]).entry.place
    return Checkpoint.objects.filter(size__gt=place).exists()


_DO = {Todo.FILE: _file, Todo.PAGES: _pages}


def _space(tables: list[str], *, large: bool) -> list[str]:
    """Have the database let go of what is gone from these tables; gives those of which it has."""
    if not tables:
        return []
    if connection.vendor == "sqlite":
        return tables if _space_of_sqlite() else []
    return _space_of_postgresql(tables, large=large)


def _space_of_sqlite() -> bool:
    """Write the file anew. Whether it could be: not while somebody reads on, nor on a disk that is full."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return not cursor.fetchone()[0]
    except OperationalError:
        return False


def _space_of_postgresql(tables: list[str], *, large: bool) -> list[str]:
    """Write tables anew; one that is large or in use is vacuumed as far as that goes, and left for later."""
    done = []
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, false)", [PATIENCE])
        try:
            for table in tables:
                cursor.execute("SELECT pg_total_relation_size(%s::regclass)", [table])
                whole = large or cursor.fetchone()[0] <= LARGE
                with suppress(OperationalError):
                    cursor.execute(f'VACUUM ({"FULL, " if whole else ""}ANALYZE) "{table}"')
                    done += [table] if whole else []
            with suppress(OperationalError):
                # ANALYZE wrote there what is common in a column, in place of what was.
                cursor.execute("VACUUM FULL pg_catalog.pg_statistic")
        finally:
            cursor.execute("SELECT set_config('lock_timeout', '0', false)")
    return done
