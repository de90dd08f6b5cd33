"""What stands on record."""

from masthead.newsroom.accounts.models import Person
from masthead.newsroom.evidence.models import Checkpoint, Entry, LogHead, RowDigest
from masthead.newsroom.items.models import Version
from masthead.newsroom.review.models import Finding


def rows():
    """What stands in the tables that matter, as both databases give it."""
    return {
        model.__name__: list(model._base_manager.order_by("pk").values_list())
        for model in (LogHead, Entry, RowDigest, Checkpoint, Person, Version, Finding)
    }
