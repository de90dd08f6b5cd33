"""What is done regularly: files that no record names are taken away, and what there is a record of noted."""

from datetime import UTC, datetime

from masthead.newsroom.items.leftovers import remember, take_away_due
from masthead.newsroom.jobs import regularly


@regularly(seconds=3600)
def take_away() -> int:
    """Go through what is due of the blob store, each part once a day; how many files went."""
    return take_away_due(datetime.now(UTC))


@regularly(seconds=300)
def remember_how_far_the_log_goes() -> None:
    """Every five minutes: of what an older database lost, at most so much goes unnoticed."""
    remember()
