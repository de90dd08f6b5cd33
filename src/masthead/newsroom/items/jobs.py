"""What is done regularly: files that no record names are taken away."""

from datetime import UTC, datetime

from masthead.newsroom.items.leftovers import part_due, take_away_leftovers
from masthead.newsroom.jobs import regularly


@regularly(seconds=3600)
def take_away() -> int:
    """Go through one part of the blob store, so that each is gone through once a day; how many went."""
    now = datetime.now(UTC)
    return take_away_leftovers(part_due(now), now=now)
