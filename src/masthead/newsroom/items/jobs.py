"""What is done regularly: files that no record names are taken away."""

from datetime import UTC, datetime

from masthead.newsroom.items.leftovers import take_away_due
from masthead.newsroom.jobs import regularly


@regularly(seconds=3600)
def take_away() -> int:
    """Go through what is due of the blob store, each part once a day; how many files went."""
    return take_away_due(datetime.now(UTC))
