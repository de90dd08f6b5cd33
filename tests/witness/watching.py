"""Look at a log that we witness, at a moment of one's own choice."""

from datetime import UTC, datetime, timedelta

from masthead.newsroom.witness.looking import look
from masthead.newsroom.witness.models import WitnessedLog

NOW = datetime.now(UTC) - timedelta(days=9)
LATER = NOW + timedelta(hours=1)
AFTER = NOW + timedelta(hours=2)


def looked(now: datetime = NOW) -> str:
    """Look at the log that was added first; gives what was in the way, empty where nothing was."""
    went = look(WitnessedLog.objects.earliest("added_at"), now=now)
    return str(went.trouble or "")
