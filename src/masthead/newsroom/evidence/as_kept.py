"""The hash of a row that no entry vouches for, put beside it when it is kept.

It says nothing against whoever writes the database. But a bit that turned by itself is noticed also in what
nobody has signed: when a checkpoint was published, which authority was asked.
"""

from functools import cached_property

from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from masthead.newsroom.evidence import rows
from masthead.newsroom.evidence.models import Checkpoint, Cosignature, Stamp

type Kept = Checkpoint | Cosignature | Stamp


def digest_of(row: Kept) -> bytes:
    """SHA-256 of the columns of `row` but this one, as `rows.row_digest` writes them, without a salt."""
    columns = {
        str(field.column): getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.attname != "as_kept"
    }
    return rows.row_digest(b"", columns)


class Held:
    """Whether rows are as they were kept. One for each look at many: what is due to all is asked once.

    A row without a hash is not, but in tables that are yet to be brought up to date, which gives it one.
    """

    def __call__(self, row: Kept) -> bool:
        """Whether `row` is."""
        if row.as_kept is None:
            return not self._each_has_one
        return bytes(row.as_kept) == digest_of(row)

    @cached_property
    def _each_has_one(self) -> bool:
        recorder = MigrationRecorder(connection)
        ran = recorder.migration_qs.filter(app="evidence", name="0011_each_as_kept")
        return not recorder.has_table() or ran.exists()
