"""What was found damaged, kept where every process and every host sees it.

Several hosts may share one PostgreSQL, each with a home folder of its own. What one of them finds is a file
of evidence in its own folder (`damage`) and, with the same bytes, a row: every command asks for it under the
lock on the head, on whichever host. The others lay it in their folders too (`fetch`), so that it stands where
the row is taken away with the database, by a restore or by a stranger: the files are the stronger half.

On SQLite the row is written only where the disk does not take the file: the database is in the same folder,
and what is damaged stays as it is. Where neither takes it, this process remembers it, and records nothing.

`masthead log acknowledge` takes the rows away in the transaction of its entry. That entry names each file by
its SHA-256; a host whose files are all named there moves them to `damage/` by itself.
"""

import logging
from collections.abc import Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from django.db import DatabaseError, connection, transaction

from masthead.errors import MastheadError, NotReady
from masthead.newsroom.evidence import damage
from masthead.newsroom.evidence.damage import Damage, Found
from masthead.newsroom.evidence.fields import values_of
from masthead.newsroom.evidence.guard import permit
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.models import Entry, KeptDamage, LogHead
from masthead.newsroom.evidence.trouble import told_plainly

log = logging.getLogger(__name__)

_TABLE = KeptDamage._meta.db_table
THERE = f'EXISTS (SELECT 1 FROM "{_TABLE}")'  # noqa: S608 - own name
"""Whether the database keeps something, in SQL, to be asked along with other things."""


def keep(home: Path, found: Found) -> bool:
    """Keep what was found in a file, in the database, or both; False where only this process knows of it."""
    try:
        damage.note(home, found)
    except OSError as error:
        log.error("what was found damaged could not be kept in the home folder: %s", type(error).__name__)
        content = found.content()
        if not found.here and _write(damage.of(home / damage.FILE, content)):
            return True
        remember(home, content)
        return False
    if connection.vendor == "postgresql":
        share(home)
    return True


def remember(home: Path, content: bytes) -> None:
    """Have this process record nothing for what could not be kept; `follow` tries to keep it again.

    Once, however often it is found: each would be a file.
    """
    one = damage.of(home / damage.FILE, content)
    mine = damage.unkept.setdefault(str(home), {})
    there = (damage.of(home / damage.FILE, each) for each in mine.values())
    if all((each.why, each.place) != (one.why, one.place) for each in there):
        mine[one.sha256] = content


def refuse(home: Path, rows: bool | None = None) -> None:
    """Raise `ReadOnly` where something was found damaged, here or by another host.

    `rows` is what the database said to `THERE` where it was asked already.
    """
    if damage.is_there(home) or (KeptDamage.objects.exists() if rows is None else rows):
        raise damage.read_only(known(home))


def is_there(home: Path) -> bool:
    """Whether something was found damaged, here or by another host, and no person has put it right."""
    return damage.is_there(home) or KeptDamage.objects.exists()


def known(home: Path) -> list[Damage]:
    """What was found and waits for a person: here, then what is in the database alone."""
    here = damage.known(home)
    digests = set(damage.digests(here))
    return here + [each for each in _rows(home) if each.sha256 not in digests]


def follow(home: Path) -> None:
    """Have files and rows say the same, whichever of them was written where. For the clock."""
    collect(home)
    fetch(home)
    if connection.vendor == "postgresql":
        share(home)


def fetch(home: Path) -> None:
    """Lay in this folder what others found, and move away what a person has acknowledged for all hosts.

    OSError where the disk does not take it: the rows stand all the same, and each command asks for them.
    """
    if damage.half_restored(home):
        return
    collect(home)
    if not (here := damage.filed(home)):
        return
    with suppress(NotReady), told_plainly():
        named = acknowledged()
        if done := [each for each in here if each.sha256 in named]:
            # Its row too: a host that wrote it while another acknowledged may have been a moment late.
            clear(done)
            damage.put_away(home, done)


def collect(home: Path) -> None:
    """Have a file here of all that is known: what the disk did not take at first, and what others found."""
    for digest, content in list(damage.unkept.get(str(home), {}).items()):
        damage.lay(home, content)
        del damage.unkept[str(home)][digest]
    with suppress(NotReady), told_plainly():  # before tables are made, or brought up to date, there are none
        mine = set(damage.digests(damage.filed(home)))
        for each in _rows(home):
            if each.sha256 not in mine:
                damage.lay(home, each.content)


def share(home: Path) -> None:
    """Write rows of what is in files here, but for what says nothing of the database."""
    if damage.half_restored(home):
        return
    files = [each for each in damage.filed(home) if each.content and not each.here]
    if not files:
        return
    try:
        there = set(damage.digests(_rows(home))) | acknowledged()
    except (MastheadError, DatabaseError):
        return  # it is away, or is itself what was found damaged: the clock tries again
    for each in files:
        if each.sha256 not in there:
            _write(each)


def write_rows(home: Path) -> None:
    """Write rows of all that is in files here, whatever was acknowledged: where a copy was put back."""
    for each in damage.filed(home):
        _insert(each)


def clear(found: Sequence[Damage]) -> None:
    """Take the rows of what was `found` away: inside the command that says it was put right."""
    digests = set(damage.digests(found))
    gone = [row.pk for row in KeptDamage.objects.all() if sha256(row.content.encode()).hexdigest() in digests]
    if gone:
        with permit("DELETE", _TABLE):
            KeptDamage.objects.filter(pk__in=gone).delete()


def acknowledged() -> set[str]:
    """The SHA-256 of each file of evidence that a person has put right, as entries of the log say."""
    size = LogHead.objects.values_list("size", flat=True).first() or 0
    said = [
        values_of(entry, {"damage_sha256"}).get("damage_sha256", [])
        for entry in Entry.objects.filter(kind=Kind.RESTORED, place__lt=size)
    ]
    return {str(digest) for each in said for digest in each}


def _rows(home: Path) -> list[Damage]:
    with told_plainly():
        rows = KeptDamage.objects.order_by("pk").values_list("content", flat=True)
        return [damage.of(home / damage.FILE, content.encode()) for content in rows]


def _write(one: Damage) -> bool:
    """Write the row; False where the database does not take it."""
    try:
        with told_plainly(), transaction.atomic():
            _insert(one)
    except (MastheadError, DatabaseError, ValueError) as error:
        log.error("what was found damaged could not be kept in the database: %s", type(error).__name__)
        return False
    return True


def _insert(one: Damage) -> None:
    with permit("INSERT", _TABLE):
        KeptDamage.objects.get_or_create(pk=one.sha256, defaults={"content": one.content.decode()})
