"""A clock that was set forward erases nothing: what is gone is gone, and a clock is put right in a minute.

The last round is kept in a file. Where the clock stands more than a week past it, or past the newest entry
where there was no round yet, nothing goes by the schedule until a person says that the clock is right.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings

from masthead.newsroom import lasting
from masthead.newsroom.evidence.models import Entry

FILE = "last-round"
"""When the last round by the schedule was gone."""
MOST = timedelta(days=7)
WRITTEN_EVERY = timedelta(hours=1)


def ahead_of(now: datetime) -> datetime | None:
    """The moment that the clock is more than a week past; None where it is not."""
    before = _last() or Entry.objects.order_by("-place").values_list("recorded_at", flat=True).first()
    return before if before is not None and now - before > MOST else None


def gone(now: datetime) -> None:
    """Keep that a round is gone: what a person says who sees the clock and finds it right."""
    before = _last()
    if before is not None and before <= now < before + WRITTEN_EVERY:
        return
    said = now.astimezone(UTC).isoformat(timespec="seconds")
    lasting.replace(_path(), f"{said}\n".encode())


def _path() -> Path:
    return Path(settings.MASTHEAD_HOME) / FILE


def _last() -> datetime | None:
    try:
        return datetime.fromisoformat(_path().read_text(encoding="utf-8").strip()).astimezone(UTC)
    except (OSError, ValueError):
        return None
