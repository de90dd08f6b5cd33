"""What a database takes and does not keep: a trigger, a rule or a key of another's making drops it unsaid."""

from collections.abc import Collection

from masthead.errors import Damaged
from masthead.language import Message

ALTERED = Message(
    "Nothing was recorded. Somebody has altered the database: keep it as it is, and see"
    " `masthead log verify`."
)
"""What to do about a database that is not as it was written."""


def refuse_unless_kept(table: str, kept: int, written: int) -> None:
    """`Damaged` where a table keeps more or fewer rows than were written. To be asked before COMMIT."""
    if kept == written:
        return
    raise Damaged(
        Message("The database did not keep what was written to %(table)s.", {"table": table}), ALTERED
    )


def refuse_unless_each_kept[Id](table: str, kept: Collection[Id], written: Collection[Id]) -> None:
    """The same of rows known by their ids, each of which is to be there once."""
    wanted = set(written)
    refuse_unless_kept(table, len(kept) if wanted == set(kept) else -1, len(wanted))
