"""Pages of a list by keyset: what is added or goes meanwhile neither repeats nor hides a line."""

import base64
import binascii
from uuid import UUID

from django.db.models import Model, QuerySet

from masthead.errors import CannotRead
from masthead.language import Message


def page_of[M: Model](rows: QuerySet[M], cursor: str | None, limit: int) -> tuple[list[M], str | None]:
    """`limit` rows after `cursor`, the newest first, and the cursor of those after them.

    The rows have a UUIDv7 for their key, which is ordered by time. `CannotRead` for a cursor of others.
    """
    ordered = rows.order_by("-pk")
    if cursor:
        ordered = ordered.filter(pk__lt=_read(cursor))
    found = list(ordered[: limit + 1])
    more = len(found) > limit
    return found[:limit], _written(found[limit - 1].pk) if more else None


def _written(last: UUID) -> str:
    return base64.urlsafe_b64encode(last.bytes).decode().rstrip("=")


def _read(cursor: str) -> UUID:
    try:
        return UUID(bytes=base64.b64decode(f"{cursor}==", altchars=b"-_", validate=True))
    except (binascii.Error, ValueError) as error:
        raise CannotRead(
            Message("That is no cursor of ours."), Message("Use the `next` of a page, or begin without.")
        ) from error
