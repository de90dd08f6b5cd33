"""What is done regularly: kept answers are let go, so that titles in them do not outlive their use."""

from datetime import UTC, datetime

from masthead.newsroom.connections.models import Done
from masthead.newsroom.connections.once import KEPT_FOR
from masthead.newsroom.jobs import regularly


@regularly(seconds=3600)
def let_go() -> int:
    """Forget requests that were answered long enough ago; how many."""
    gone, _ = Done.objects.filter(begun_at__lt=datetime.now(UTC) - KEPT_FOR).delete()
    return gone
