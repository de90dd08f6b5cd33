"""The hash of a row that no entry vouches for, put beside it when it is kept.

It says nothing against whoever writes the database. But a bit that turned by itself is noticed also in what
nobody has signed: when a checkpoint was published, which authority was asked.
"""

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


def holds(row: Kept) -> bool:
    """Whether `row` is as it was kept. Of one from before this was put beside it, nothing is known: True."""
    return row.as_kept is None or bytes(row.as_kept) == digest_of(row)
