"""What is done regularly: the log is read on, for the corrective actions that come of it."""

from masthead.newsroom.assurance import following
from masthead.newsroom.jobs import regularly


@regularly(seconds=60)
def look_at_what_went_out() -> None:
    """Every minute: corrective actions of what was published, mended or answered since."""
    following.follow()
