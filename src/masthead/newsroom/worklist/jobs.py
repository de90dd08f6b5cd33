"""What is done regularly: the database looks at how full its tables are, as the lists rest on its indexes."""

from masthead.newsroom import statistics
from masthead.newsroom.jobs import regularly


@regularly(seconds=24 * 3600)
def look_at_the_tables() -> None:
    """Once a day, and when a worker begins."""
    statistics.look()
