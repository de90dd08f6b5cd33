"""What a table of evidence is: every row of it is vouched for by an entry of the log.

Rows are written only through `Recording.add` and `Recording.change`; the guard refuses the rest. A column
added to such a table later is nullable: null columns are left out of a row's digest, so that what old
entries vouch for stays true.
"""

from hashlib import sha256
from uuid import UUID

import uuid_utils.compat
from django.db import models


def new_id() -> UUID:
    """A fresh internal id: UUIDv7, ordered by time, never shown to the public."""
    return uuid_utils.compat.uuid7()


def id_of(*said: str) -> UUID:
    """The id that the same record always gets (UUIDv8, of a hash): whoever brings it twice is noticed."""
    parts = [b"%d:%s," % (len(each), each) for each in map(str.encode, said)]
    digest = bytearray(sha256(b"".join(parts)).digest()[:16])
    digest[6], digest[8] = digest[6] & 0x0F | 0x80, digest[8] & 0x3F | 0x80
    return UUID(bytes=bytes(digest))


class Vouched(models.Model):
    """A row that an entry vouches for. `entry` is the latest entry that wrote it, one that erased aside."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    entry = models.ForeignKey("evidence.Entry", on_delete=models.PROTECT, related_name="+", editable=False)

    class Meta:
        abstract = True


class AppendOnly(Vouched):
    """A row that, once written, stays as it is, but for what is erased of it."""

    class Meta:
        abstract = True


class Mutable(Vouched):
    """A row that commands change. `revision` counts the changes, from 0."""

    revision = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        abstract = True
